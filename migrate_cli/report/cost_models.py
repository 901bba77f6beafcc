"""Each OpenAI model that is used: what becomes of it, what it costs, and where else it could run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from migrate_cli.catalogue.types import Fact
from migrate_cli.costs.lines import CostReport, Costs, OpenAILine, ProviderReport, TargetLine
from migrate_cli.report.cost_cells import (
    NOTHING,
    bill_cell,
    change_cell,
    number_cell,
    price_cell,
    price_sources,
    sources_of,
)
from migrate_cli.report.cost_words import who
from migrate_cli.report.page.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Kind,
    Line,
    Paragraph,
    Row,
    Section,
    Source,
    Table,
    Tone,
)

_TONES = {"gone": Tone.BAD, "unknown": Tone.QUIET}


def models_section(report: CostReport) -> Section:
    """All models in one table, then each with every provider's target for it."""
    parts = tuple(_model(report, index) for index in range(len(report.openai)))
    return Section("Per OpenAI model", "models", (_overview(report),), parts)


def _overview(report: CostReport) -> Table:
    main = report.profiles[report.main]
    columns = (
        Column("model"),
        Column("call sites", Kind.NUMBER, 3),
        Column("state"),
        Column("1M tokens: in / cached / out", rank=2),
        Column(f"today, {main}", Kind.MONEY),
        Column("OpenAI's replacement", rank=1),
        Column(f"staying, {main}", Kind.MONEY),
    )
    return Table(columns, tuple(Row((*_summary(line, report),)) for line in report.openai))


def _summary(line: OpenAILine, report: CostReport) -> Iterator[Cell]:
    main, yuan = report.main, report.exchange.cny_per_usd
    prices = price_sources([line.price])
    yield Cell(line.model)
    yield number_cell(line.call_sites, "call sites")
    told = sources_of([Fact(None, line.shutdown_source, None)])
    yield Cell(line.status, tone=_TONES.get(line.state, Tone.PLAIN), sources=told)
    yield price_cell(line.price, stale=line.stale)
    yield bill_cell(line.paid[main], yuan, sources=prices if line.billed is None else ())
    yield _advised(line)
    advised = price_sources([line.advice.price]) if line.advice is not None else prices
    yield bill_cell(line.staying[main], yuan, sources=advised)


def _advised(line: OpenAILine) -> Cell:
    advice = line.advice
    if advice is None:
        return Cell("not needed yet" if line.state == "active" else "none is known", tone=Tone.QUIET)
    told = sources_of([Fact(advice.as_of, advice.source, None)])
    return Cell(
        advice.model, f"advice of {advice.as_of or 'an unknown date'}", advice.note or "", sources=told
    )


def _model(report: CostReport, index: int) -> Section:
    line = report.openai[index]
    sites = "1 call site" if line.call_sites == 1 else f"{line.call_sites:,} call sites"
    blocks: list[Block] = [
        Paragraph(Line(f"{sites}; {line.status}.", _TONES.get(line.state, Tone.PLAIN))),
        _targets(report, index),
    ]
    notes = tuple(Line(text) for text in _notes(report, index))
    return Section(line.model, f"model-{index + 1}", (*blocks, *([Bullets(notes)] if notes else [])))


def _targets(report: CostReport, index: int) -> Table:
    """OpenAI's two rows, then every provider that has a target; those without are named in the notes."""
    line, main = report.openai[index], report.main
    columns = [Column("provider"), Column("model"), Column("1M tokens: in / cached / out", rank=2)]
    columns += [Column(name, Kind.MONEY, int(at != main) * 3) for at, name in enumerate(report.profiles)]
    columns += [Column("against today", Kind.PERCENT, 1), Column("against staying", Kind.PERCENT)]
    rows = [*_openai(line, report)]
    rows += [_target(p, p.lines[index], report) for p in report.providers if p.lines[index].model is not None]
    return Table(tuple(columns), tuple(rows))


def _openai(line: OpenAILine, report: CostReport) -> Iterator[Row]:
    yuan = report.exchange.cny_per_usd
    name = "OpenAI, last list price" if line.state == "gone" else "OpenAI today"
    own = _bills(line.costs, yuan, price_sources([line.price]))
    yield Row(
        (Cell(name), Cell(line.model), price_cell(line.price, stale=line.stale), *own, NOTHING, NOTHING),
        pinned=True,
    )
    if line.billed is not None:
        billed = _bills(line.paid, yuan, ())
        yield Row(
            (Cell("OpenAI, as billed"), Cell(line.model), NOTHING, *billed, NOTHING, NOTHING), pinned=True
        )
    advice = line.advice
    if advice is not None:
        price = price_cell(advice.price, stale=advice.stale)
        bills = _bills(advice.costs, yuan, price_sources([advice.price]))
        yield Row(
            (Cell("OpenAI's replacement"), _advised(line), price, *bills, NOTHING, NOTHING), pinned=True
        )


def _target(provider: ProviderReport, line: TargetLine, report: CostReport) -> Row:
    choice = " (your choice)" if line.chosen_by == "you" else ""
    bills = _bills(line.costs, report.exchange.cny_per_usd, price_sources([line.price]))
    return Row(
        (
            Cell(who(provider)),
            Cell(f"{line.model}{choice}", note=line.unpriced or ""),
            price_cell(line.price, stale=line.stale),
            *bills,
            change_cell(line.vs_today[report.main]),
            change_cell(line.vs_staying[report.main]),
        )
    )


def _bills(costs: Costs, yuan: Decimal, sources: tuple[Source, ...]) -> Iterator[Cell]:
    return (bill_cell(bill, yuan, sources=sources) for bill in costs)


def _notes(report: CostReport, index: int) -> Iterator[str]:
    """The model's own note, then each different note of the providers with all whose it is."""
    line = report.openai[index]
    if line.note:
        yield f"{line.model}: {line.note}"
    told: dict[str, list[str]] = {}
    for provider in report.providers:
        for note in dict.fromkeys(_notes_of(provider.lines[index])):
            told.setdefault(note, []).append(provider.provider)
    yield from (f"{', '.join(names)}: {note}" for note, names in told.items())


def _notes_of(line: TargetLine) -> Iterable[str]:
    if line.model is None:
        yield f"no target: {line.unpriced}"
    else:
        yield from (note for note in (line.note, line.price.note if line.price else None) if note)
