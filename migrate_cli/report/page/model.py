"""A report as a neutral, frozen page: what is said, in which order, and nothing about how it looks.

Strings may hold anything, names from users' code included: each renderer makes them visible and escapes them itself.
None always means unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Kind(str, Enum):
    """What a column holds. Text and dates stand left and may wrap; the others stand right and never wrap."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percent"

    @property
    def is_number(self) -> bool:
        """Whether the column is aligned right and kept whole."""
        return self in (Kind.MONEY, Kind.NUMBER, Kind.PERCENT)


class Tone(str, Enum):
    """How a figure or a sentence is meant; its words say the same, as colour may be missing."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"
    QUIET = "quiet"  # unknown, not priced, not counted


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so, and when (an ISO date or the period they name). Addresses in `who` become links."""

    who: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number for machines, from `low` to `high` (equal where it is exact), in `unit`: `CNY`, `USD`, `%`, `sites`.

    `at_least` says that something is missing from it. Sign and separators belong to the cell's text.
    """

    low: Decimal
    high: Decimal
    unit: str
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: its `text`, a `second` line such as the other currency, and a `note` in words.

    `figures` are the numbers behind the text. `sort` is the key within its column, in one unit for all of its rows;
    without it the first figure's low end serves, and without that the text. What has no number sorts last.
    """

    text: str
    second: str = ""
    note: str = ""
    tone: Tone = Tone.PLAIN
    figures: tuple[Figure, ...] = ()
    sort: Decimal | None = None
    sources: tuple[Source, ...] = ()

    @property
    def key(self) -> Decimal | None:
        """The number this cell sorts by, None where it has none."""
        if self.sort is not None or not self.figures:
            return self.sort
        return self.figures[0].low


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and what stands below it. Of the columns with a `rank` the highest is left out first on a narrow
    screen; 0 always stays."""

    title: str
    kind: Kind = Kind.TEXT
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One cell per column; the first one names the row. A `pinned` row is a baseline: first, whatever is sorted."""

    cells: tuple[Cell, ...]
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below `columns`. Raises ValueError for a row of another length."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{len(row.cells)} cells for {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or two of prose."""

    text: str
    tone: Tone = Tone.PLAIN
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The box that is read first."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of prose on its own."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points below an optional title."""

    lines: tuple[Line, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, from 0 to `low` and lighter on to `high`; both None where the value is not known.

    `text` is the value as it is to be read. A `partial` bar looks different: something is missing from it.
    """

    label: str
    low: Decimal | None
    high: Decimal | None
    text: str
    tone: Tone = Tone.PLAIN
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across all bars, with its name in the legend."""

    label: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Bars:
    """A horizontal bar chart on a linear scale from 0.

    `unit` says what is drawn, `beyond` what the lighter part is, `missing` what is left out of partial bars.
    Raises ValueError for a value below 0 or a bar that ends before it starts.
    """

    title: str
    unit: str
    bars: tuple[Bar, ...]
    baseline: Mark | None = None
    beyond: str = ""
    missing: str = ""

    def __post_init__(self) -> None:
        for bar in self.bars:
            if (bar.low is None) != (bar.high is None) or not 0 <= (bar.low or 0) <= (bar.high or 0):
                raise ValueError(f"{bar.label}: a bar from {bar.low} to {bar.high}")
        if self.baseline is not None and self.baseline.value < 0:
            raise ValueError(f"{self.baseline.label}: a line below 0")

    @property
    def top(self) -> Decimal:
        """The greatest value drawn, 0 where none is known."""
        ends = [bar.high for bar in self.bars if bar.high is not None]
        return max([*ends, *([self.baseline.value] if self.baseline else [])], default=Decimal(0))

    @property
    def has_ranges(self) -> bool:
        """Whether any bar has a lighter part."""
        return any(bar.low != bar.high for bar in self.bars)

    @property
    def has_gaps(self) -> bool:
        """Whether any bar that is drawn is a partial one."""
        return any(bar.partial and bar.high for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Sources:
    """The numbered list of everything that the page's cells and lines name as source."""


Block = Verdict | Paragraph | Bullets | Table | Bars | Sources


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks below a heading, then `parts` with headings of their own. `id` is a plain word, unique on the page."""

    heading: str
    id: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A whole report. `dated` is the line that says as of when its figures hold, empty where it needs none."""

    title: str
    subtitle: str
    dated: Line
    sections: tuple[Section, ...]
