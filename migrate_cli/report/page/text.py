"""The page for a terminal, on a rich console of any width from 40 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from migrate_cli.report.page.clean import cleaned
from migrate_cli.report.page.model import (
    Bars,
    Block,
    Bullets,
    Line,
    Page,
    Paragraph,
    Section,
    Sources,
    Table,
    Tone,
    Verdict,
)
from migrate_cli.report.page.sources import Numbers, cited, number_list, numbered, source_text
from migrate_cli.report.page.text_bars import print_bars
from migrate_cli.report.page.text_table import print_table
from migrate_cli.report.page.tones import STYLES

if TYPE_CHECKING:
    from rich.console import Console

_BULLET = "  · "
_MEASURE = 100  # prose is not set wider than this, however wide the screen


def render_page(page: Page, console: Console) -> None:
    """Print the page on `console`: tables lose columns, or become lists, where the width does not hold them."""
    page = cleaned(page)
    numbers = numbered(page)
    _prose(console, (page.title, "bold"))
    for line in (Line(page.subtitle), page.dated):
        if line.text:
            _prose(console, *_said(line, numbers))
    for section in page.sections:
        _section(section, console, numbers, "bold underline")


def _section(section: Section, console: Console, numbers: Numbers, style: str) -> None:
    console.print()
    _prose(console, (section.heading, style))
    for block in section.blocks:
        console.print()
        _block(block, console, numbers)
    for part in section.parts:
        _section(part, console, numbers, "bold")


def _block(block: Block, console: Console, numbers: Numbers) -> None:
    match block:
        case Verdict():
            _verdict(block, console, numbers)
        case Paragraph():
            _prose(console, *_said(block.line, numbers))
        case Bullets():
            if block.title:
                _prose(console, (block.title, "bold"))
            _points([(_BULLET, _said(line, numbers)) for line in block.lines], console)
        case Table():
            print_table(block, console, numbers)
        case Bars():
            print_bars(block, console)
        case Sources():
            width = len(f"[{len(numbers)}] ")
            listed = [
                (f"[{number}] ".rjust(width), [(source_text(source), "")])
                for source, number in numbers.items()
            ]
            _points(listed, console)


def _verdict(block: Verdict, console: Console, numbers: Numbers) -> None:
    """A bar on the left rather than a box: what wraps stays beside it, and lines can be copied."""
    _points([("▌ ", _said(line, numbers)) for line in block.lines], console, again=True)


def _said(line: Line, numbers: Numbers) -> Sequence[tuple[str, str]]:
    """A sentence with its tone, then the numbers of its sources."""
    found = cited(line, numbers)
    marks = f" [{number_list(found)}]" if found else ""
    return ((line.text, STYLES[line.tone]), (marks, STYLES[Tone.QUIET]))


def _prose(console: Console, *pieces: tuple[str, str]) -> None:
    _points([("", pieces)], console)


def _points(
    points: Iterable[tuple[str, Sequence[tuple[str, str]]]], console: Console, *, again: bool = False
) -> None:
    """Each point behind its lead; what is too long goes on below its own beginning, or behind the lead `again`."""
    from rich.text import Text

    for lead, pieces in points:
        width = min(console.width, _MEASURE) - len(lead)
        for index, part in enumerate(Text.assemble(*pieces).wrap(console, max(width, 1))):
            part.rstrip()
            start = lead if again or index == 0 else " " * len(lead)
            console.print(Text.assemble(start, part), soft_wrap=True, highlight=False)
