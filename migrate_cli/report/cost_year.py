"""A move over time: the work, the first month and year with the offers that count, and when it has paid for itself."""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.costs.lines import CostReport, ProviderReport
from migrate_cli.costs.money import cost_text
from migrate_cli.costs.pricing import Cost
from migrate_cli.report.cost_cells import NOTHING, bill_cell, break_even_cell
from migrate_cli.report.cost_words import UNPRICED, who
from migrate_cli.report.page.model import Cell, Column, Kind, Row, Table, Tone

_MONTHS = (
    Column("provider"),
    Column("first month", Kind.MONEY, 1),
    Column("first year", Kind.MONEY),
    Column("a month after that", Kind.MONEY, 1),
)
_WORK = (
    Column("work, once", Kind.MONEY, 2),
    Column("paid back, against today", Kind.NUMBER, 2),
    Column("paid back, against staying", Kind.NUMBER),
)


def year_table(report: CostReport, providers: list[ProviderReport]) -> Iterator[Table]:
    """One row per provider; the work only where an hour's price was given. Nothing where no offer was weighed."""
    if not any(provider.incentives for provider in providers):
        return
    columns = (*_MONTHS, *(_WORK if report.wage else ()))
    rows = tuple(Row((*_months(provider, report), *_work(provider, report))) for provider in providers)
    yield Table(
        columns,
        rows,
        f"The first year with the offers that count, {report.profiles[report.main]}{_paid(report)}",
    )


def _paid(report: CostReport) -> str:
    if report.wage is None:
        return ""
    hour = Cost(report.wage.amount, report.wage.amount, report.wage.currency)
    return f"; an hour of work at {cost_text(hour, report.exchange.cny_per_usd)}"


def _months(provider: ProviderReport, report: CostReport) -> Iterator[Cell]:
    """The bill without the work, at the low end where it is a range."""
    yield Cell(who(provider))
    found = provider.incentives
    if found is None or found.currency is None or provider.totals[report.main].bill is None:
        yield from (Cell(UNPRICED, tone=Tone.QUIET),) * 3
        return
    least = found.at_least or provider.totals[report.main].at_least
    for amount in (found.remaining.month, found.remaining.year, found.remaining.steady):
        bill = Cost(amount, amount, found.currency)
        yield bill_cell(bill, report.exchange.cny_per_usd, at_least=least)


def _work(provider: ProviderReport, report: CostReport) -> Iterator[Cell]:
    if report.wage is None:
        return
    result = provider.break_even_today or provider.break_even_staying
    if result is None:
        yield NOTHING
    else:
        yield bill_cell(Cost(result.work, result.work, result.currency), report.exchange.cny_per_usd)
    yield from map(break_even_cell, (provider.break_even_today, provider.break_even_staying))
