"""The providers side by side: a chart, the ranking for this code, and what each volume costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrate_cli.costs.effort import Effort
from migrate_cli.costs.lines import CostReport, ProviderReport, Rank, Total
from migrate_cli.costs.money import at_least, has_rate
from migrate_cli.costs.scenario import Origin
from migrate_cli.report.cost_cells import (
    NOTHING,
    change_cell,
    dollars_text,
    in_dollars,
    number_cell,
    price_sources,
    total_cell,
)
from migrate_cli.report.cost_words import UNPRICED, who
from migrate_cli.report.cost_year import year_table
from migrate_cli.report.handover_text import duration
from migrate_cli.report.page.model import (
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Kind,
    Mark,
    Row,
    Section,
    Source,
    Table,
    Tone,
)

TODAY, STAYING = "OpenAI today", "OpenAI's replacements"
_UNRANKED = "not ranked: "


def providers_section(report: CostReport) -> Section:
    """Every provider for all models together."""
    blocks: tuple[Block, ...] = (
        _chart(report),
        *_ranking(report),
        _volumes(report),
        *year_table(report, ordered(report)),
    )
    return Section("Providers", "providers", blocks)


def _chart(report: CostReport) -> Bars:
    bars = [_bar(name, total, report) for name, total in _paid(report)]
    bars += [
        _bar(_today(report), report.today[report.main], report),
        _bar(STAYING, report.staying[report.main], report),
    ]
    bars += [_bar(who(provider), provider.totals[report.main], report) for provider in ordered(report)]
    staying = report.staying[report.main].bill
    mark = None
    if staying is not None:
        end = "" if staying.low == staying.high else ", the low end"
        mark = Mark(f"{STAYING}{end}", in_dollars(staying, report.exchange.cny_per_usd)[0])
    return Bars(
        f"All models together, {report.profiles[report.main]}",
        "US dollars a month",
        tuple(bars),
        mark,
        beyond="up to, by hours of the day and size of requests",
        missing="at least: not every model is priced",
    )


def _today(report: CostReport) -> str:
    """The name of the list price's row: where a bill was read, today is what it says."""
    return f"{TODAY}, list price" if report.billed else TODAY


def _paid(report: CostReport) -> Iterator[tuple[str, Total]]:
    """What the bills say, beside the list price of traffic that was counted: assumed volumes are another program."""
    if report.origin is Origin.MEASURED:
        yield from (
            ("OpenAI, as billed", Total(bill, False)) for bill in report.billed if has_rate(bill.currency)
        )


def ordered(report: CostReport) -> list[ProviderReport]:
    """The providers in the order of the ranking."""
    places = {row.provider: place for place, row in enumerate(report.ranking)}
    return sorted(report.providers, key=lambda provider: places.get(provider.provider, len(places)))


def _bar(label: str, total: Total, report: CostReport) -> Bar:
    if total.bill is None:
        return Bar(label, None, None, UNPRICED, Tone.QUIET)
    yuan = report.exchange.cny_per_usd
    low, high = in_dollars(total.bill, yuan)
    text = dollars_text(total.bill, yuan)
    return Bar(label, low, high, at_least(text) if total.at_least else text, partial=total.at_least)


def _ranking(report: CostReport) -> Iterator[Table]:
    """One row per provider, the best for this code first; those that cannot be compared come last and say why."""
    if not report.ranking:
        return
    worked = any(row.effort is not None for row in report.ranking)
    columns = [Column("provider"), Column(report.profiles[report.main], Kind.MONEY)]
    columns += [Column("against staying", Kind.PERCENT)]
    if worked:
        columns += [
            Column(title, Kind.NUMBER, 2) for title in ("by itself", "to review", "by hand", "not at all")
        ]
        columns += [Column("work", Kind.NUMBER, 1)]
    columns += [Column("models", rank=3), Column("not priced", rank=4)]
    rows = tuple(Row((*_rank(row, report, worked),)) for row in report.ranking)
    yield Table(
        tuple(columns),
        rows,
        "Which provider suits this code" + ("; sites by what becomes of them" if worked else ""),
    )


def _rank(row: Rank, report: CostReport, worked: bool) -> Iterator[Cell]:
    provider = next(p for p in report.providers if p.provider == row.provider)
    yield Cell(who(provider), note=f"{_UNRANKED}{row.why}" if row.why else "")
    yield total_cell(row.bill, report.exchange.cny_per_usd, sources=_prices(provider), noted=True)
    yield _compared(provider, report)
    if worked:
        yield from _work(row.effort)
    yield _listed(name.removesuffix(" (current)") for name in row.models)
    yield _listed(line.openai_model for line in provider.lines if line.unpriced)


def _listed(names: Iterable[str]) -> Cell:
    return Cell(text) if (text := ", ".join(names)) else NOTHING


def _compared(provider: ProviderReport, report: CostReport) -> Cell:
    """Against staying; where it covers only some of the models, it says how many."""
    return change_cell(provider.vs_staying[report.main], _covering(provider.shared_staying, report))


def _covering(shared: int, report: CostReport) -> str:
    count = len(report.openai)
    return f"compared on {shared} of {count} models" if 0 < shared < count else ""


def _work(effort: Effort | None) -> Iterator[Cell]:
    if effort is None:
        yield from (NOTHING,) * 5
        return
    for count in (effort.automatic, effort.review, effort.by_hand, effort.impossible):
        yield number_cell(count, "sites")
    minutes = number_cell(effort.minutes, "minutes")
    yield replace(minutes, text=duration(effort.minutes) if effort.minutes else "none")


def _volumes(report: CostReport) -> Table:
    """What each volume costs, today's two baselines first."""
    columns = [Column("provider")]
    columns += [
        Column(name, Kind.MONEY, 2 * int(index != report.main)) for index, name in enumerate(report.profiles)
    ]
    columns += [Column("against today", Kind.PERCENT, 1), Column("against staying", Kind.PERCENT)]
    advised = [line.advice.price for line in report.openai if line.advice is not None]
    today = price_sources(line.price for line in report.openai)
    rows = [_baseline(name, (total,), (), report) for name, total in _paid(report)]
    rows += [_baseline(_today(report), report.today, today, report)]
    rows += [_baseline(STAYING, report.staying, price_sources(advised) or today, report)]
    rows += [_provider(provider, report) for provider in ordered(report)]
    title = "All models together" + (", by volume" if len(report.profiles) > 1 else "")
    return Table(tuple(columns), tuple(rows), title)


def _baseline(name: str, totals: tuple[Total, ...], sources: tuple[Source, ...], report: CostReport) -> Row:
    yuan = report.exchange.cny_per_usd
    cells = (total_cell(total, yuan, sources=sources) for total in totals)
    return Row((Cell(name), *cells, NOTHING, NOTHING), pinned=True)


def _provider(provider: ProviderReport, report: CostReport) -> Row:
    yuan, main = report.exchange.cny_per_usd, report.main
    sources = _prices(provider)
    totals = (
        total_cell(total, yuan, sources=sources, noted=index == main)
        for index, total in enumerate(provider.totals)
    )
    today = change_cell(provider.vs_today[main], _covering(provider.shared_today, report))
    return Row((Cell(who(provider)), *totals, today, _compared(provider, report)))


def _prices(provider: ProviderReport) -> tuple[Source, ...]:
    return price_sources(line.price for line in provider.lines)
