"""The usage that was read: how much of what, over which time, and what of it could not be used."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from migrate_cli.costs.lines import CostReport
from migrate_cli.costs.pricing import Cost
from migrate_cli.costs.traffic import Period, Traffic
from migrate_cli.costs.workload import Workload
from migrate_cli.report.cost_cells import paid_text
from migrate_cli.report.page.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Kind,
    Line,
    Paragraph,
    Row,
    Section,
    Table,
    Tone,
)

_WHOLE = Decimal(1)
_COLUMNS = (
    Column("model"),
    Column("requests", Kind.NUMBER, 1),
    Column("input tokens", Kind.NUMBER),
    Column("of them cached", Kind.NUMBER, 2),
    Column("output tokens", Kind.NUMBER),
    Column("of them reasoning", Kind.NUMBER, 3),
)


def traffic_section(report: CostReport) -> tuple[Section, ...]:
    """What the usage files hold; nothing without such files."""
    if report.traffic is None:
        return ()
    traffic = report.traffic
    blocks: tuple[Block, ...] = (
        Paragraph(Line(_read(traffic))),
        *([Table(_COLUMNS, tuple(_rows(traffic)), "Text tokens per month")] if traffic.models else []),
        *_listed("Not billed by text tokens, per month, and not priced here", _beyond(traffic)),
        *_listed("As billed, per month", _bills(report, traffic)),
        *_listed("Left out", _left(traffic)),
    )
    return (Section("Usage", "usage", blocks),)


def _read(traffic: Traffic) -> str:
    counted = ", ".join(f"{count:,} of {name}" for name, count in traffic.sources) or "none"
    spans = [("Usage", traffic.period), ("Bills", traffic.bill_period)]
    told = " ".join(_span(name, period) for name, period in spans if period is not None)
    return f"Records read: {counted}. {told}".rstrip()


def _span(name: str, period: Period) -> str:
    if period.start is None or period.end is None:
        return f"{name}: {period.length}."
    return f"{name}: {period.start.date()} to {period.end.date()}, {period.length}."


def _rows(traffic: Traffic) -> Iterator[Row]:
    for name, load in traffic.models.items():
        volume = load.volume
        counts = (volume.requests, volume.input, volume.cached, volume.output, volume.reasoning)
        yield Row((Cell(name), *(_count(count, load, index) for index, count in enumerate(counts))))


def _count(count: int, load: Workload, index: int) -> Cell:
    month = load.a_month(count).quantize(_WHOLE, rounding=ROUND_HALF_UP)
    return Cell(f"{month:,}", figures=(Figure(month, month, "tokens" if index else "requests"),))


def _beyond(traffic: Traffic) -> Iterator[str]:
    for item in traffic.beyond:
        yield f"{item.model}: {item.quantity.quantize(_WHOLE, rounding=ROUND_HALF_UP):,} {item.unit}"


def _bills(report: CostReport, traffic: Traffic) -> Iterator[str]:
    for bill in traffic.bills:
        amount = paid_text(Cost(bill.amount, bill.amount, bill.currency), report.exchange.cny_per_usd)
        yield f"{bill.item}: {amount}"


def _left(traffic: Traffic) -> Iterator[str]:
    for left in traffic.left:
        tokens = f", {left.tokens:,} tokens" if left.tokens else ""
        yield f"{left.source}: {left.why} ({left.times:,} times{tokens})"


def _listed(title: str, lines: Iterator[str]) -> Iterator[Bullets]:
    shown = tuple(Line(text, Tone.PLAIN) for text in lines)
    if shown:
        yield Bullets(shown, title)
