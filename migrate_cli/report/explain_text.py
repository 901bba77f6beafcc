"""One line of code explained: each site with its chain of evidence, its arguments, and how it fares on a provider."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import dedent
from typing import TYPE_CHECKING

from migrate_cli.files.secrets import mask
from migrate_cli.model import (
    Argument,
    Certainty,
    Decision,
    Location,
    Origin,
    Plan,
    Site,
    SiteKind,
    Step,
    Value,
)
from migrate_cli.report import words
from migrate_cli.report.sources import value_words
from migrate_cli.sites.explain import Explanation
from migrate_cli.sites.quotes import line_of
from migrate_cli.sites.rejected import Rejected

if TYPE_CHECKING:
    from rich.console import Console

_MEANING = {
    Certainty.PROVED: "every step from here to the package can be read in the code",
    Certainty.LIKELY: "a step rests on what callers pass, on a collection, or on one of several possibilities",
    Certainty.GUESS: "the shape says so; where the receiver comes from is not known",
}
_MEANING_OF_TEXT = {
    Certainty.PROVED: "it is written here, by its own name",
    Certainty.LIKELY: "its name, or what it is given to, says so",
    Certainty.GUESS: "it looks like one",
}
_FOLLOWED = frozenset(SiteKind) - {
    *(SiteKind.URL, SiteKind.MODEL, SiteKind.KEY, SiteKind.PATCH, SiteKind.DEPENDENCY, SiteKind.ENVIRONMENT)
}
_WIDE = 12


def render_explanation(explained: Explanation, plans: Sequence[Plan], console: Console) -> None:
    """All sites on the line, what was rejected there, or what the line is when there is nothing to report."""
    if not explained.sites:
        words.line(console, (f"{explained.place}: nothing is reported here.", "bold"))
        _quote(
            explained,
            Location(explained.place.path, explained.place.line, 1, 0, 0, explained.place.cell),
            console,
        )
    for number, site in enumerate(explained.sites):
        if number:
            console.print()
        _site(explained, site, plans, console)
    for rejected in explained.rejected:
        _rejected(explained, rejected, console)
    if explained.remark is not None:
        words.line(console, explained.remark)


def _site(explained: Explanation, site: Site, plans: Sequence[Plan], console: Console) -> None:
    words.line(
        console, (f"{site.location}  ", "bold"), (f"{site.kind.value}  ", "cyan"), (site.symbol, "bold")
    )
    first, *rest = mask(site.code).splitlines() or [""]
    for line in (first, *dedent("\n".join(rest)).splitlines()):
        words.line(console, ("  | ", "dim"), line)
    facts = {
        "endpoint": site.endpoint,
        "framework": site.framework,
        "written for": "openai<1.0" if site.legacy else None,
        "variable": site.variable,
        "span": f"{_range(site.location)}, bytes {site.span.start} to {site.span.end}",
        "elsewhere": site.elsewhere and f"uses {site.elsewhere} already: nothing to do",
        "ignored": site.ignored,
        "certainty": f"{site.certainty.value}: {_meaning(site)}",
    }
    for name, text in facts.items():
        if text is not None:
            words.line(console, (f"  {name:<{_WIDE}}", "dim"), mask(text))
    label = "receiver" if site.certainty is Certainty.GUESS else "or it is"
    for other in explained.others.get(site.id, ()):
        words.line(console, (f"  {label:<{_WIDE}}", "dim"), mask(other))
    _chain(explained, site.evidence, console)
    _arguments(explained, site, console)
    _clients(explained, site, console)
    for plan in plans:
        for decision in plan.decisions:
            if decision.site.id == site.id:
                _fate(plan, decision, console)


def _meaning(site: Site) -> str:
    """Why a site has its certainty; a guess that rests on more than its shape says so in its first step."""
    if site.certainty is Certainty.GUESS and site.evidence:
        return site.evidence[0].text
    followed = site.form is None and site.kind in _FOLLOWED
    return _MEANING[site.certainty] if followed else _MEANING_OF_TEXT[site.certainty]


def _chain(explained: Explanation, steps: Sequence[Step], console: Console, indent: str = "  ") -> None:
    """The steps of a chain, numbered, each with the line it stands on."""
    if steps and indent == "  ":
        words.line(console, ("  evidence", "bold"))
    for number, step in enumerate(steps, 1):
        words.line(console, f"{indent}  {number}. {mask(step.text)}", (f"  [{step.location}]", "dim"))
        _quote(explained, step.location, console, indent + "     ")


def _arguments(explained: Explanation, site: Site, console: Console) -> None:
    if not (site.arguments or site.unfollowed or site.positional):
        return
    words.line(console, ("  arguments", "bold"))
    if site.positional:
        words.line(console, f"    {words.plural(site.positional, 'argument')} without a keyword")
    for argument in site.arguments:
        code = " ".join(argument.code.split())
        words.line(console, f"    {argument.name} = {words.cut(mask(code), 60)}", (_written(argument), "dim"))
        for value in argument.values:
            _value(explained, argument, value, console)
    for code in site.unfollowed:
        words.line(console, f"    **{words.cut(mask(code), 60)}", ("  cannot be followed", "yellow"))


def _written(argument: Argument) -> str:
    """Where a keyword stands that is not written at the call."""
    if argument.dictionary is not None:
        return f"  in a dictionary of {argument.path}"
    return f"  stored in a dictionary of {argument.path}" if argument.statement is not None else ""


def _value(explained: Explanation, argument: Argument, value: Value, console: Console) -> None:
    sure = "" if value.certainty is Certainty.PROVED else f"  ({value.certainty.value})"
    if value.origin is Origin.LITERAL and not value.via and _is_written_there(argument, value):
        return  # the line above says it already
    guarded = f"; compared with model names at {value.guarded}" if value.guarded else ""
    words.line(console, "      ", (value_words(argument.name, value), "green"), mask(guarded), (sure, "dim"))
    _chain(explained, value.via, console, "      ")


def _is_written_there(argument: Argument, value: Value) -> bool:
    inside = argument.span.start <= value.span.start and value.span.end <= argument.span.end
    return value.path == argument.path and inside


def _clients(explained: Explanation, site: Site, console: Console) -> None:
    fed = [known for known in explained.scan.sites if known.id in site.clients]
    if fed:
        words.line(console, ("  fed by", "bold"))
    for client in fed:
        away = f"  already at {client.elsewhere}" if client.elsewhere is not None else ""
        words.line(console, f"    {client.symbol}", (f"  [{client.location}]{away}", "dim"))


def _fate(plan: Plan, decision: Decision, console: Console) -> None:
    words.line(
        console,
        (f"  for {plan.provider}: ", "bold"),
        words.fate_cell(decision.fate, written=False),
        mask(decision.reason),
    )
    for finding in decision.findings:
        word = words.level_cell(finding.level, written=False)
        words.line(console, "    ", word, (f"{finding.rule.code:<7}", "cyan"), mask(finding.message))
        if finding.advice:
            words.line(console, ("      do: ", "dim"), mask(finding.advice))


def _rejected(explained: Explanation, rejected: Rejected, console: Console) -> None:
    words.line(console, (f"{rejected.location}  ", "bold"), words.cut(rejected.code, 80))
    for why in rejected.why:
        words.line(console, ("  not reported: it is ", "dim"), mask(why))
    _chain(explained, rejected.evidence, console)


def _quote(explained: Explanation, place: Location, console: Console, indent: str = "  ") -> None:
    line = explained.lines.get(line_of(place))
    if line is not None:
        words.line(console, (f"{indent}| {line.strip()}", "dim"))


def _range(place: Location) -> str:
    return f"{place.line}:{place.column} to {place.end_line}:{place.end_column}"
