"""What the cost report says first, in sentences: today, staying, and on which side of staying each provider is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from migrate_cli.costs.difference import Difference
from migrate_cli.costs.lines import CostReport, OpenAILine, ProviderReport, Rank
from migrate_cli.report.cost_cells import paid_text
from migrate_cli.report.cost_words import NOTHING_FOUND, difference_text, total_text, who
from migrate_cli.report.page.model import Line, Section, Tone, Verdict
from migrate_cli.report.words import plural

_NAMED = 8  # providers or models that one sentence names

# On which side of staying with OpenAI a provider's bill is, in the order in which it is told.
_SIDES: tuple[tuple[str, Tone, Callable[[Difference], bool]], ...] = (
    ("Dearer than staying with OpenAI's own replacements", Tone.BAD, lambda change: change.low > 0),
    (
        "Cheaper or dearer than staying, depending on tiers and hours",
        Tone.PLAIN,
        lambda change: change.low <= 0 < change.high,
    ),
    ("Not dearer than staying", Tone.GOOD, lambda change: change.high <= 0),
)


def verdict_section(report: CostReport) -> Section:
    """The box that is read first."""
    lines = _found(report) if report.openai else _nothing(report)
    return Section("In short", "short", (Verdict(tuple(lines)),))


def _nothing(report: CostReport) -> Iterator[Line]:
    """A bill alone says what is paid, and nothing of what it would be elsewhere."""
    if report.billed:
        yield Line(
            f"OpenAI today: {_billed(report)} a month as billed. Give the usage, too (--usage), to price it."
        )
    yield Line(NOTHING_FOUND)
    yield from _gaps(report)


def _found(report: CostReport) -> Iterator[Line]:
    yield from _today(report)
    yield from _shutdowns(report)
    yield from _first_choice(report.ranking)
    yield from _sides(report)
    yield from _each_alone(report)
    yield from _free(report)
    yield from _gaps(report)


def _gaps(report: CostReport) -> Iterator[Line]:
    if report.unpriced:
        lines = "1 line is" if len(report.unpriced) == 1 else f"{len(report.unpriced)} lines are"
        yield Line(f'{lines} not priced: sums that miss them say "at least".')


def _today(report: CostReport) -> Iterator[Line]:
    yuan, scenario = report.exchange.cny_per_usd, report.profiles[report.main]
    lists = total_text(report.today[report.main], yuan)
    month = "" if report.today[report.main].bill is None else " a month"
    if report.billed:
        yield Line(f"OpenAI today: {_billed(report)} a month as billed; {lists} at list prices, {scenario}.")
    else:
        yield Line(f"OpenAI today: {lists}{month} at list prices, {scenario}.")
    yield Line(
        f"Staying with OpenAI, on the models it names instead: {total_text(report.staying[report.main], yuan)}."
    )

    period = report.traffic.period if report.traffic else None
    if period is not None and period.short:
        yield Line(f"The usage covers {period.length} only: a month here is {period.month:,.0f} times that.")


def _billed(report: CostReport) -> str:
    return " and ".join(paid_text(bill, report.exchange.cny_per_usd) for bill in report.billed)


def _shutdowns(report: CostReport) -> Iterator[Line]:
    gone = [line for line in report.openai if line.state == "gone"]
    ending = sorted(
        (line for line in report.openai if line.state == "ending"), key=lambda line: line.shutdown or ""
    )
    if gone:
        yield Line(f"No longer answered by OpenAI: {_listed(map(_with_sites, gone))}.", Tone.BAD)
    if any(line.costs[report.main] is not None for line in gone):
        yield Line('"OpenAI today" counts what no longer answers at its last list price.')
    if ending:
        named = (f"{line.model} on {line.shutdown}" for line in ending)
        yield Line(f"OpenAI shuts down {_listed(named)}.")


def _with_sites(line: OpenAILine) -> str:
    sites = f"{line.call_sites} call {'site' if line.call_sites == 1 else 'sites'}"
    return f"{line.model} ({sites}, since {line.shutdown or 'an unknown date'})"


def _first_choice(ranking: Iterable[Rank]) -> Iterator[Line]:
    best = next((row for row in ranking if row.ranked), None)
    if best is None:
        yield Line("No provider prices all that OpenAI has a price for, so none is put first.", Tone.QUIET)
        return
    name = f"{best.name} ({best.region})" if best.region else best.name
    how = "by the share left to do by hand, then by cost" if best.effort is not None else "by cost"
    part = " Compared on the models that have a price." if best.bill.at_least else ""
    yield Line(f"First {how}: {name}.{part}")


def _sides(report: CostReport) -> Iterator[Line]:
    main = report.main
    compared = [(p, change) for p in report.providers if (change := p.vs_staying[main]) is not None]
    compared.sort(key=lambda pair: pair[1].low)
    for words, tone, belongs in _SIDES:
        named = [_against(p, change, report) for p, change in compared if belongs(change)]
        if named:
            yield Line(f"{words}: {_listed(named)}.", tone)


def _each_alone(report: CostReport) -> Iterator[Line]:
    """The models for which staying is cheaper: a sum can hide them behind one model with a dear replacement."""
    told = []
    for index, line in enumerate(report.openai if len(report.openai) > 1 else ()):
        changes = [provider.lines[index].vs_staying[report.main] for provider in report.providers]
        compared = [change for change in changes if change is not None]
        dearer = sum(change.low > 0 for change in compared)
        if dearer:
            told.append(f"{line.model} at {dearer} of {plural(len(compared), 'provider')}")
    if told:
        yield Line(f"Model by model, dearer than staying: {_listed(told)}.", Tone.BAD)


def _free(report: CostReport) -> Iterator[Line]:
    """Targets that cost nothing, with the reason: no volume is checked against what is free."""
    found: dict[str, str] = {}
    for provider in report.providers:
        for line in provider.lines:
            bill = line.costs[report.main]
            if bill is not None and bill.reason:
                found[f"{line.model} ({provider.provider})"] = bill.reason
    if found:
        named = (f"{name}, {reason}" for name, reason in found.items())
        yield Line(f"Counted as free, whether the volume fits or not: {_listed(named)}.")


def _against(provider: ProviderReport, change: Difference, report: CostReport) -> str:
    """`glm (china) 13% dearer (against today 95% cheaper)`, and which part of the models that covers."""
    shared, count = provider.shared_staying, len(report.openai)
    today = provider.vs_today[report.main] if provider.shared_today == shared else None
    before = f" (against today {difference_text(today)})" if today is not None else ""
    models = f", {shared} of {count} models" if shared != count else ""
    return f"{who(provider)} {difference_text(change)}{before}{models}"


def _listed(names: Iterable[str]) -> str:
    given = list(names)
    more = f" and {len(given) - _NAMED} more" if len(given) > _NAMED else ""
    return "; ".join(given[:_NAMED]) + more
