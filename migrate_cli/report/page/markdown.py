"""The page as GitHub flavoured Markdown: a file, a step's summary, or the comment of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrate_cli.report.page.clean import cleaned, escaped
from migrate_cli.report.page.links import parts
from migrate_cli.report.page.model import (
    Bars,
    Block,
    Bullets,
    Cell,
    Column,
    Line,
    Page,
    Paragraph,
    Row,
    Section,
    Sources,
    Table,
    Verdict,
)
from migrate_cli.report.page.notes import number_notes
from migrate_cli.report.page.parcel import Parcel, packed
from migrate_cli.report.page.sources import Numbers, cited, cited_in_row, number_list, numbered, source_text
from migrate_cli.report.page.text_bars import BLOCKS, drawn, legend, padded

MARKER = "<!-- migrate-report -->"  # by which a later run finds its own comment
COMMENT_BYTES = 65_536
SUMMARY_BYTES = 1_048_576
_STRIP = 40  # characters of a bar at its longest
_LABELS = 26

# GitHub acts on names and numbers behind these two wherever they are shown; a comment in between stops it.
_ESCAPES = {mark: f"\\{mark}" for mark in "\\`*_|[]~$<>&"} | {"@": "@<!-- -->", "#": "#<!-- -->"}
_START = re.compile(r"^(\d*)([-+=.)])")  # what makes a list or a heading at the start of a line
_UNBROKEN = str.maketrans(" ", "\N{NO-BREAK SPACE}")


def markdown(page: Page) -> str:
    """The whole page."""
    return _written(page, "", None)


def step_summary(page: Page) -> str:
    """The page for the file in GITHUB_STEP_SUMMARY, of which GitHub takes 1 MiB at most."""
    return _written(page, "", SUMMARY_BYTES)


def pull_request_comment(page: Page) -> str:
    """The page as a comment of 64 KB at most, behind the hidden marker by which it is found again."""
    return _written(page, f"{MARKER}\n\n", COMMENT_BYTES)


def _written(page: Page, lead: str, limit: int | None) -> str:
    page = cleaned(page)
    numbers = numbered(page)
    lines = (_said(line, numbers) for line in (Line(page.subtitle), page.dated) if line.text)
    opening = [f"# {_text(page.title)}", *lines]
    parcels = [parcel for section in page.sections for parcel in _parcels(section, numbers)]
    return packed(lead + "\n\n".join(opening), parcels, limit)


def _parcels(section: Section, numbers: Numbers, marks: str = "##") -> Iterator[Parcel]:
    yield Parcel(section.heading, _section(section, numbers, marks), part=marks != "##")
    for part in section.parts:
        yield from _parcels(part, numbers, f"{marks}#")


def _section(section: Section, numbers: Numbers, marks: str) -> str:
    blocks = ("\n".join(_block(block, numbers)) for block in section.blocks)
    return "\n\n".join([f"{marks} {_text(section.heading)}", *blocks])


def _block(block: Block, numbers: Numbers) -> Iterator[str]:
    match block:
        case Verdict():
            yield from (f"> - {_said(line, numbers)}" for line in block.lines)
        case Paragraph():
            yield _said(block.line, numbers)
        case Bullets():
            if block.title:
                yield from (f"**{_text(block.title)}**", "")
            yield from (f"- {_said(line, numbers)}" for line in block.lines)
        case Table():
            yield from _table(block, numbers)
        case Bars():
            yield from _bars(block)
        case Sources():
            yield from (f"{number}. {_text(source_text(source))}" for source, number in numbers.items())


def _said(line: Line, numbers: Numbers) -> str:
    marks = _marks(cited(line, numbers))
    return _text(line.text) + (f" {marks}" if marks else "")


def _table(table: Table, numbers: Numbers) -> Iterator[str]:
    """The table, and the numbers of each row's sources in a last column if it has any."""
    if table.title:
        yield from (f"**{_text(table.title)}**", "")
    marks = [_marks(cited_in_row(row, numbers)) for row in table.rows]
    more = ("source",) if any(marks) else ()
    yield _row([*(_text(column.title) for column in table.columns), *more])
    yield _row(
        ["---:" if column.kind.is_number else "---" for column in table.columns] + ["---:" for _ in more]
    )
    for row, mark in zip(table.rows, marks, strict=True):
        yield _row([*_cells(row, table.columns), *(mark for _ in more)])
    notes = [f"- {_text(note)}" for note in number_notes(table)]
    yield from ("", *notes) if notes else ()


def _cells(row: Row, columns: Sequence[Column]) -> Iterator[str]:
    return (_cell(cell, column) for cell, column in zip(row.cells, columns, strict=True))


def _cell(cell: Cell, column: Column) -> str:
    lines = [_text(line) for line in (cell.text, cell.second) if line]
    if column.kind.is_number:
        return "<br>".join(lines).translate(_UNBROKEN)
    return "<br>".join([*lines, *([_text(cell.note)] if cell.note else [])])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _marks(numbers: Sequence[int]) -> str:
    return f"\\[{number_list(numbers)}\\]" if numbers else ""


def _bars(chart: Bars) -> Iterator[str]:
    """The chart in characters of one width, which GitHub keeps only within a fence."""
    labels = min(max((len(bar.label) for bar in chart.bars), default=0), _LABELS)
    yield from (f"**{_text(chart.title)}**", "", "```text")
    for bar in chart.bars:
        strip = drawn(bar, chart, _STRIP, BLOCKS)
        yield f"{padded(bar.label, labels)}  {strip}  {bar.text}".replace("`", "'")
    yield from (line.replace("`", "'") for line in legend(chart, BLOCKS))
    yield "```"


def _text(text: str) -> str:
    """Words in which nothing is read as markup; addresses are links."""
    pieces = (
        f"<{piece.replace('|', '%7C')}>" if is_address else escaped(piece, _ESCAPES)
        for piece, is_address in parts(text)
    )
    return _START.sub(r"\1\\\2", "".join(pieces))
