"""A bar chart as HTML: names and values are text, only the bars between them are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from html import escape

from migrate_cli.report.page.html_text import classes, tone_class
from migrate_cli.report.page.model import Bar, Bars

_WIDTH = 1000  # of the drawing, which is stretched to the room there is
_TENTH = Decimal("0.1")
_DRAWING = 'preserveAspectRatio="none" aria-hidden="true" focusable="false"'


def bars(chart: Bars) -> Iterator[str]:
    """The lines of one chart. The drawings are hidden from readers, as each value is written out beside its bar."""
    yield f'<figure>\n<figcaption>{escape(chart.title)}</figcaption>\n<ul class="bars">'
    for bar in chart.bars:
        yield (
            f'<li><span class="label">{escape(bar.label)}</span>{_strip(bar, chart)}'
            f"<span{classes('value', tone_class(bar.tone))}>{escape(bar.text)}</span></li>"
        )
    yield f'</ul>\n<p class="legend">{"".join(_legend(chart))}</p>\n</figure>'


def _strip(bar: Bar, chart: Bars) -> str:
    shapes = []
    if bar.low is not None and bar.high is not None:
        start, end = _at(bar.low, chart.top), _at(bar.high, chart.top)
        kind = "partial" if bar.partial else "sure"
        shapes.append(f'<rect class="{kind}" y="24" width="{start}" height="52"/>')
        if end > start:
            shapes.append(f'<rect class="beyond" x="{start}" y="24" width="{end - start}" height="52"/>')
    if chart.baseline is not None:
        place = _at(chart.baseline.value, chart.top)
        shapes.append(f'<line class="base" x1="{place}" x2="{place}" y1="0" y2="100"/>')
    return f'<svg viewBox="0 0 {_WIDTH} 100" {_DRAWING}>{"".join(shapes)}</svg>'


def _at(value: Decimal, top: Decimal) -> Decimal:
    """The place of a value on the drawing; what is not 0 is never drawn as nothing."""
    if top == 0 or value == 0:
        return Decimal(0)
    return max((value / top * _WIDTH).quantize(_TENTH, rounding=ROUND_HALF_UP), Decimal(2))


def _legend(chart: Bars) -> Iterator[str]:
    yield _key('<rect class="sure" width="10" height="10"/>', f"{chart.unit}, from 0")
    if chart.has_gaps and chart.missing:
        yield _key('<rect class="partial" width="10" height="10"/>', chart.missing)
    if chart.has_ranges and chart.beyond:
        yield _key('<rect class="beyond" width="10" height="10"/>', chart.beyond)
    if chart.baseline is not None:
        yield _key('<line class="base" x1="5" x2="5" y1="0" y2="10"/>', chart.baseline.label)


def _key(shape: str, text: str) -> str:
    return f'<span><svg viewBox="0 0 10 10" {_DRAWING}>{shape}</svg>{escape(text)}</span>'
