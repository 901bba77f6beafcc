"""A bar chart on a terminal, drawn with block characters, or with plain ones where the screen knows no others."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from migrate_cli.report.page.fitting import columns_of
from migrate_cli.report.page.model import Bar, Bars, Tone
from migrate_cli.report.page.tones import STYLES

if TYPE_CHECKING:
    from rich.console import Console


class Signs(NamedTuple):
    """The characters of a chart: a bar, a partial one, its part up to the high end, and the baseline."""

    full: str
    partial: str
    beyond: str
    line: str


BLOCKS = Signs("█", "▒", "░", "│")
_PLAIN = Signs("#", "=", "-", "|")
_LABELS = 26  # columns for the labels at most
_WIDEST, _NARROWEST = 60, 8
_GAP = "  "


def print_bars(chart: Bars, console: Console) -> None:
    """Print `chart` within the console's width; the values are written out behind the bars."""
    from rich.text import Text

    signs = _PLAIN if console.options.ascii_only else BLOCKS
    labels = min(max((columns_of(bar.label) for bar in chart.bars), default=0), _LABELS)
    values = max((columns_of(bar.text) for bar in chart.bars), default=0)
    width = min(console.width - labels - values - 2 * len(_GAP), _WIDEST)
    console.print(Text(chart.title, "bold"), highlight=False)
    for bar in chart.bars:
        name, value = padded(bar.label, labels), Text(bar.text.rjust(values), STYLES[bar.tone])
        strip = drawn(bar, chart, width, signs) + _GAP if width >= _NARROWEST else ""
        console.print(Text.assemble(name, _GAP, strip, value), soft_wrap=True, highlight=False)
    for line in legend(chart, signs) if width >= _NARROWEST else (chart.unit,):
        console.print(Text(line, STYLES[Tone.QUIET]), highlight=False)


def drawn(bar: Bar, chart: Bars, width: int, signs: Signs) -> str:
    """The bar as `width` characters: its sure part, the part up to its high end, and the line of the baseline."""
    full = signs.partial if bar.partial else signs.full
    low, high = (_reach(end, chart.top, width) for end in (bar.low, bar.high))
    strip = list(full * low + signs.beyond * (high - low) + " " * (width - high))
    if chart.baseline is not None:
        at = max(_reach(chart.baseline.value, chart.top, width), 1) - 1
        strip[at] = signs.line if strip[at] == " " else strip[at]
    return "".join(strip)


def _reach(value: Decimal | None, top: Decimal, width: int) -> int:
    """How many of `width` characters a value fills; what is not 0 fills at least one."""
    if value is None or top == 0 or value == 0:
        return 0
    return max(int((value / top * width).quantize(Decimal(1), rounding=ROUND_HALF_UP)), 1)


def legend(chart: Bars, signs: Signs) -> Iterator[str]:
    """What the signs of the chart mean, one line each."""
    yield f"{signs.full} {chart.unit}, from 0"
    if chart.has_gaps and chart.missing:
        yield f"{signs.partial} {chart.missing}"
    if chart.has_ranges and chart.beyond:
        yield f"{signs.beyond} {chart.beyond}"
    if chart.baseline is not None:
        yield f"{signs.line} {chart.baseline.label}"


def padded(label: str, width: int) -> str:
    """`label` in exactly `width` columns, its end left out where it is longer."""
    from rich.cells import set_cell_size

    if columns_of(label) <= width:
        return set_cell_size(label, width)
    return set_cell_size(label, width - 1) + "…"
