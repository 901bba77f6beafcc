"""A small page with every kind of block, and hand-made parts for pages of one's own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from migrate_cli.report.page.model import (
    Bar,
    Bars,
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Kind,
    Line,
    Mark,
    Page,
    Paragraph,
    Row,
    Section,
    Source,
    Sources,
    Table,
    Tone,
    Verdict,
)

LIST = Source("https://prices.example/list (read 2026-09)", "2026-10-27")
PRESS = Source("a newspaper")
EVIL = "<script>alert('x')</script> \"q\" & `t` | [b] @team #12 $1 *_~"
COLUMNS = (
    Column("provider"),
    Column("price", rank=2),
    Column("mid", Kind.MONEY),
    Column("against staying", Kind.PERCENT, 1),
)


def money(low: str, high: str | None = None, **changes: Any) -> Cell:
    """A bill in yuan, which sorts by itself."""
    ends = Decimal(low), Decimal(high or low)
    text = f"¥{ends[0]:,.2f}" + (f" to {ends[1]:,.2f}" if high else "")
    return Cell(text, **{"figures": (Figure(*ends, "CNY"),), **changes})


def row(name: str, *cells: Cell, pinned: bool = False) -> Row:
    """A row of the sample table."""
    return Row((Cell(name), *cells), pinned)


def table(*rows: Row, title: str = "All models") -> Table:
    """A table with the sample's columns."""
    return Table(COLUMNS, rows, title)


def page(*blocks: Block, heading: str = "Part", parts: tuple[Section, ...] = ()) -> Page:
    """A page of one section."""
    return Page("Title", "", Line(""), (Section(heading, "part", blocks, parts),))


SAMPLE = table(
    row("OpenAI today", Cell("$2.5 / 10"), money("3991.74", sources=(LIST,)), Cell("–"), pinned=True),
    row(
        "glm",
        Cell("¥0.8 / 2.8"),
        money("194", second="$29.16", sources=(LIST,)),
        Cell("13% dearer", tone=Tone.BAD),
    ),
    row(
        "deepseek",
        Cell("¥1 / 4"),
        money("260", "520", note="at peak", sources=(PRESS, LIST)),
        Cell("51% dearer"),
    ),
    row("local", Cell("none"), Cell("not priced", tone=Tone.QUIET), Cell("–")),
)
CHART = Bars(
    "A month",
    "US dollars",
    (
        Bar("OpenAI today", Decimal(600), Decimal(600), "$600.00"),
        Bar("deepseek", Decimal(60), Decimal(300), "$60.00 to 300.00"),
        Bar("local", None, None, "not priced", Tone.QUIET),
    ),
    Mark("staying", Decimal(450)),
    "up to, at peak",
)
WHOLE = Page(
    "Costs",
    "Per month.",
    Line("As of 2026-11-21."),
    (
        Section(
            "In short", "short", (Verdict((Line("It is dearer.", Tone.BAD, (PRESS,)), Line("Read on."))),)
        ),
        Section("Providers", "providers", (CHART, SAMPLE)),
        Section(
            "Models",
            "models",
            (Paragraph(Line("One is named.")),),
            (Section("gpt-4o", "model-1", (Bullets((Line("a note"),), "Notes"),)),),
        ),
        Section("Sources", "sources", (Sources(),)),
    ),
)
