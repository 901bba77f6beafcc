"""The rules for people: the list, one rule with its documentation and examples, and what no rule can see."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent
from typing import TYPE_CHECKING

from migrate_cli.catalogue.pitfalls import Pitfall, pitfalls
from migrate_cli.model import Options, Rule, Safety
from migrate_cli.report.handover_text import duration
from migrate_cli.report.words import heading, line

if TYPE_CHECKING:
    from rich.console import Console

    from migrate_cli.rules.registry import RuleDoc
    from migrate_cli.rules.support import Example

_SEVERITIES = ("critical", "high", "medium", "low")
_SAFETY = {
    Safety.SAFE: "writes its edits by default",
    Safety.REVIEW: "writes its edits with --review",
    Safety.ADVICE: "says what to do, edits nothing",
}
_STYLES = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "dim"}


def severity(rule: Rule) -> str | None:
    """How bad the worst pitfall is that a rule answers; None when it answers none of the survey."""
    known = [p.severity for code in rule.pitfalls if (p := pitfalls().get(code)) is not None]
    return min(known, key=_SEVERITIES.index, default=None)


def render_rules(docs: Sequence[RuleDoc], console: Console) -> None:
    """One line per rule: code, severity, safety, name, summary; then what no source text shows."""
    widest = max((len(doc.rule.name) for doc in docs), default=0)
    for doc in docs:
        bad = severity(doc.rule) or ""
        line(
            console,
            (f"{doc.rule.code:<7}", "cyan"),
            (f"{bad:<9}", _STYLES.get(bad, "dim")),
            (f"{doc.rule.safety.value:<7}", "green" if doc.rule.safety is Safety.SAFE else ""),
            (f"{doc.rule.name:<{widest}}  ", "bold"),
            doc.rule.summary,
        )
    hidden = [p for p in pitfalls().values() if p.undetectable]
    if hidden:
        heading(console, "Not looked for, because no source text shows it")
    for pitfall in hidden:
        line(console, (f"{pitfall.code:<7}", "cyan"), pitfall.undetectable or "")


def render_rule(doc: RuleDoc, console: Console) -> None:
    """What one rule does, how far it goes, where it is known from, and each example as before and after."""
    rule = doc.rule
    line(console, (f"{rule.code} ", "cyan"), (rule.name, "bold"))
    line(console, rule.summary)
    if text := _text(doc):
        console.print()
        _lines(text, console)
    heading(console, "How far it goes")
    line(console, f"  {_SAFETY[rule.safety]}{_condition(doc)}")
    if rule.leaves:
        line(console, ("  does not handle: ", "dim"), rule.leaves)
    line(console, ("  by hand: ", "dim"), f"about {duration(rule.minutes)} a site, by our estimate")
    for example in doc.examples:
        _example(example, console)
    _origins([p for code in rule.pitfalls if (p := pitfalls().get(code)) is not None], console)


def _text(doc: RuleDoc) -> str:
    """What the module says of the rule, without what is told under "How far it goes"."""
    parts = (part.strip() for part in doc.doc.split("\n\n"))
    return "\n\n".join(p for p in parts if not (doc.rule.leaves and p.startswith("Does not handle:")))


def render_pitfall(pitfall: Pitfall, console: Console) -> None:
    """A pitfall that no rule looks for, and why."""
    line(console, (f"{pitfall.code} ", "cyan"), ("not looked for", "bold"))
    line(console, pitfall.undetectable or "")
    _origins([pitfall], console)


def _example(example: Example, console: Console) -> None:
    heading(console, f"Example, for {example.provider}{_setting(example)}")
    if example.says:
        line(console, ("told: ", "yellow"), f"… {example.says} …")
    elif example.before == example.after:
        line(console, ("left alone", "cyan"))
    else:
        line(console, ("before", "red"))
        _lines(indent(example.before.strip("\n"), "    "), console)
        line(console, ("after", "green"))
    _lines(indent(example.after.strip("\n"), "    "), console)


def _setting(example: Example) -> str:
    """The options that an example needs, and its file where that is no Python program."""
    wishes = example.options
    flags = [flag for flag, wanted in _flags(wishes).items() if wanted]
    flags += [f"--{capability}-to {provider}" for capability, provider in wishes.others.items()]
    options = f" with {' '.join(flags)}" if flags else ""
    return options if example.path.endswith(".py") else f"{options} in {example.path}"


def _condition(doc: RuleDoc) -> str:
    """The options without which the rule edits none of its examples, beside --review."""
    edited = [example.options for example in doc.examples if example.before != example.after]
    wanted = [flag for flag in _flags(Options()) if all(_flags(wishes)[flag] for wishes in edited)]
    needed = [flag for flag in wanted if edited and flag != "--review"]
    return f", given {' and '.join(needed)}" if needed else ""


def _flags(wishes: Options) -> dict[str, bool]:
    """The options that are on or off, as they are typed."""
    return {
        "--review": wishes.review,
        "--upgrade-sdk": wishes.upgrade_sdk,
        "--guard": wishes.guard,
        "--todo": wishes.todo,
    }


def _lines(text: str, console: Console) -> None:
    """Text of several lines, each printed as one."""
    for row in text.split("\n"):
        line(console, row)


def _origins(found: Sequence[Pitfall], console: Console) -> None:
    if not found:
        return
    heading(console, "Known from")
    for pitfall in found:
        line(console, (f"  {pitfall.code:<7}", "cyan"), (pitfall.severity, _STYLES[pitfall.severity]))
        for source in pitfall.sources:
            line(console, f"    {source}")
