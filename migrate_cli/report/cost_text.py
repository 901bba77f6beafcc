"""The cost report for people: totals, each model side by side, offers, gaps, assumptions, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from migrate_cli.costs.lines import CostReport, Costs, OpenAILine, ProviderReport, TargetLine
from migrate_cli.report.cost_layout import add_row, bullets, open_table
from migrate_cli.report.cost_words import (
    MIDDLE,
    NOT_QUALITY,
    NOTHING_FOUND,
    bill_text,
    difference_text,
    price_lines,
    shared_text,
    stacked,
    total_text,
    who,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_AGAINST = "mid against OpenAI today / replacement"


def render_costs(report: CostReport, console: Console) -> None:
    """Print the report on `console`; made for 100 columns."""
    console.print(
        f"Costs per month at list prices, as of {report.as_of.isoformat()}", style="bold", highlight=False
    )
    console.print(f"{NOT_QUALITY} In brackets: the other currency.\n", highlight=False)
    if not report.openai:
        console.print(f"{NOTHING_FOUND}\n", highlight=False)
    else:
        console.print(_summary(report))
        for index in range(len(report.openai)):
            _model(report, index, console)
    _offers(report, console)
    _list("Not priced", [f"{u.where}: {u.model}: {u.reason}" for u in report.unpriced], console)
    _list("Assumptions", report.assumptions, console)
    _list("Sources", [_source(fact.source, fact.as_of) for fact in report.sources], console)


def _summary(report: CostReport) -> Table:
    names = [(name, 10) for name in report.profiles]
    table = open_table("All models together", [("", 11), *names, (_AGAINST, 12)])
    yuan, count = report.exchange.cny_per_usd, len(report.openai)
    add_row(table, "OpenAI, list price", *(stacked(total_text(total, yuan)) for total in report.today), "")
    add_row(
        table,
        "OpenAI's own replacements",
        *(stacked(total_text(total, yuan)) for total in report.staying),
        "",
    )
    for provider in report.providers:
        cells = [stacked(total_text(total, yuan)) for total in provider.totals]
        today = shared_text(provider.vs_today, provider.shared_today, count)
        staying = shared_text(provider.vs_staying, provider.shared_staying, count)
        add_row(table, who(provider), *cells, f"{today} /\n{staying}")
    return table


def _model(report: CostReport, index: int, console: Console) -> None:
    line = report.openai[index]
    sites = "1 call site" if line.call_sites == 1 else f"{line.call_sites} call sites"
    columns = [("", 11), ("1M tokens: in / cached / out", 12)]
    columns += [(name, 10) for name in report.profiles]
    table = open_table(f"{line.model}: {sites}; {line.status}", [*columns, (_AGAINST, 10)])
    yuan = report.exchange.cny_per_usd
    price = "\n".join(price_lines(line.price, stale=line.stale))
    today = "OpenAI, last list price" if line.state == "gone" else "OpenAI today"
    add_row(table, today, price, *_bills(line.costs, yuan), "")
    add_row(table, *_staying(line, yuan), "")
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
    name = f"{who(provider)}: {line.model or 'no target'}{chosen}"
    if line.unpriced:
        add_row(table, name, line.unpriced, *_bills(line.costs, yuan), "–")
        return
    price = "\n".join(price_lines(line.price, stale=line.stale))
    against = f"{difference_text(line.vs_today[MIDDLE])} /\n{difference_text(line.vs_staying[MIDDLE])}"
    add_row(table, name, price, *_bills(line.costs, yuan), against)


def _bills(costs: Costs, yuan: Decimal) -> list[str]:
    return [stacked(bill_text(bill, yuan)) for bill in costs]


def _offers(report: CostReport, console: Console) -> None:
    if not report.offers:
        _list("Offers", ["none known for these providers"], console)
        return
    table = open_table("Offers (listed, not deducted)", [("", 2), ("offer", 6), ("state", 5), ("source", 5)])
    for line in report.offers:
        offer = line.offer
        parts = [offer.title, offer.amount, offer.eligibility and f"for: {offer.eligibility}", offer.note]
        state = f"{line.words}{'' if line.counts else '; not counted as money'}"
        text = "\n".join(part for part in parts if part)
        add_row(table, offer.provider or "", text, state, _source(offer.fact.source, offer.fact.as_of))
    console.print(table)


def _list(title: str, lines: Iterable[str], console: Console) -> None:
    shown = list(lines)
    if not shown:
        return
    if title:
        console.print(title, style="bold")
    bullets(shown, console)
    console.print()


def _source(source: str | None, as_of: str | None) -> str:
    return f"{source or 'unknown'} ({as_of})" if as_of else source or "unknown"
