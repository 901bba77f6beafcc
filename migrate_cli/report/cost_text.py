"""The cost report for people: totals, each model side by side, offers, gaps, assumptions, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from migrate_cli.costs.lines import CostReport, Costs, Differences, OpenAILine, ProviderReport, TargetLine
from migrate_cli.report.cost_words import (
    NOT_QUALITY,
    bill_text,
    difference_text,
    price_lines,
    total_text,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_MIDDLE = 1
_AGAINST = "mid against OpenAI today / replacement"


def render_costs(report: CostReport, console: Console) -> None:
    """Print the report on `console`; made for 100 columns."""
    console.print(
        f"Costs per month at list prices, as of {report.as_of.isoformat()}", style="bold", highlight=False
    )
    console.print(f"{NOT_QUALITY} In brackets: the other currency.\n", highlight=False)
    if not report.openai:
        console.print("No OpenAI model was found, so there is nothing to price.\n", highlight=False)
    else:
        console.print(_summary(report))
        for index in range(len(report.openai)):
            _model(report, index, console)
    _offers(report, console)
    _list("Not priced", [f"{u.where}: {u.model}: {u.reason}" for u in report.unpriced], console)
    _list("Assumptions", report.assumptions, console)
    _list("Sources", [_source(fact.source, fact.as_of) for fact in report.sources], console)


def _table(title: str, columns: Sequence[tuple[str, int]]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for name, share in columns:
        table.add_column(name, ratio=share, overflow="fold")
    table.expand = True
    table.pad_edge = False
    return table


def _row(table: Table, *cells: str) -> None:
    """Add a row of plain text: brackets in a cell are not markup."""
    from rich.text import Text

    table.add_row(*(Text(cell) for cell in cells))


def _summary(report: CostReport) -> Table:
    names = [(name, 10) for name in report.profiles]
    table = _table("All models together", [("", 11), *names, (_AGAINST, 12)])
    yuan, count = report.exchange.cny_per_usd, len(report.openai)
    _row(table, "OpenAI, list price", *(_stacked(total_text(total, yuan)) for total in report.today), "")
    _row(
        table,
        "OpenAI's own replacements",
        *(_stacked(total_text(total, yuan)) for total in report.staying),
        "",
    )
    for provider in report.providers:
        cells = [_stacked(total_text(total, yuan)) for total in provider.totals]
        today = _shared(provider.vs_today, provider.shared_today, count)
        staying = _shared(provider.vs_staying, provider.shared_staying, count)
        _row(table, _who(provider), *cells, f"{today} /\n{staying}")
    return table


def _model(report: CostReport, index: int, console: Console) -> None:
    line = report.openai[index]
    sites = "1 call site" if line.call_sites == 1 else f"{line.call_sites} call sites"
    columns = [("", 11), ("1M tokens: in / cached / out", 12)]
    columns += [(name, 10) for name in report.profiles]
    table = _table(f"{line.model}: {sites}; {line.status}", [*columns, (_AGAINST, 10)])
    yuan = report.exchange.cny_per_usd
    price = "\n".join(price_lines(line.price, stale=line.stale))
    today = "OpenAI, last list price" if line.state == "gone" else "OpenAI today"
    _row(table, today, price, *_bills(line.costs, yuan), "")
    _row(table, *_staying(line, yuan), "")
    for provider in report.providers:
        _target(table, provider, provider.lines[index], yuan)
    console.print(table)
    _list("", _notes(report, index), console)


def _notes(report: CostReport, index: int) -> Iterator[str]:
    line = report.openai[index]
    if line.note:
        yield f"{line.model}: {line.note}"
    for provider in report.providers:
        target = provider.lines[index]
        priced = target.price.note if target.price is not None else None
        for note in dict.fromkeys((target.note, priced)):
            if note:
                yield f"{provider.provider}: {note}"


def _staying(line: OpenAILine, yuan: Decimal) -> list[str]:
    advice = line.advice
    if advice is None:
        needed = "not needed yet" if line.state == "active" else "none is known"
        return [f"OpenAI's replacement: {needed}", "", *_bills(line.staying, yuan)]
    note = f" ({advice.note})" if advice.note else ""
    name = f"OpenAI's replacement: {advice.model}{note}, advice of {advice.as_of or 'unknown date'}"
    return [name, "\n".join(price_lines(advice.price, stale=advice.stale)), *_bills(advice.costs, yuan)]


def _target(table: Table, provider: ProviderReport, line: TargetLine, yuan: Decimal) -> None:
    chosen = " (your choice)" if line.chosen_by == "you" else ""
    name = f"{_who(provider)}: {line.model or 'no target'}{chosen}"
    if line.unpriced:
        _row(table, name, line.unpriced, *_bills(line.costs, yuan), "–")
        return
    price = "\n".join(price_lines(line.price, stale=line.stale))
    against = f"{difference_text(line.vs_today[_MIDDLE])} /\n{difference_text(line.vs_staying[_MIDDLE])}"
    _row(table, name, price, *_bills(line.costs, yuan), against)


def _who(provider: ProviderReport) -> str:
    return f"{provider.provider} ({provider.site})" if provider.site else provider.provider


def _bills(costs: Costs, yuan: Decimal) -> list[str]:
    return [_stacked(bill_text(bill, yuan)) for bill in costs]


def _stacked(amounts: str) -> str:
    """The second currency on a line of its own."""
    return amounts.replace(" (", "\n(", 1)


def _shared(differences: Differences, shared: int, count: int) -> str:
    """The difference and, where it covers only some models, how many."""
    text = difference_text(differences[_MIDDLE])
    return text if shared in (0, count) else f"{text} ({shared} of {count} models)"


def _offers(report: CostReport, console: Console) -> None:
    if not report.offers:
        _list("Offers", ["none known for these providers"], console)
        return
    table = _table("Offers (listed, not deducted)", [("", 2), ("offer", 6), ("state", 5), ("source", 5)])
    for line in report.offers:
        offer = line.offer
        parts = [offer.title, offer.amount, offer.eligibility and f"for: {offer.eligibility}", offer.note]
        state = f"{line.words}{'' if line.counts else '; not counted as money'}"
        text = "\n".join(part for part in parts if part)
        _row(table, offer.provider or "", text, state, _source(offer.fact.source, offer.fact.as_of))
    console.print(table)


def _list(title: str, lines: Iterable[str], console: Console) -> None:
    shown = list(lines)
    if not shown:
        return
    if title:
        console.print(title, style="bold")
    for line in shown:
        console.print(f"  · {line}", markup=False, highlight=False)
    console.print()


def _source(source: str | None, as_of: str | None) -> str:
    return f"{source or 'unknown'} ({as_of})" if as_of else source or "unknown"
