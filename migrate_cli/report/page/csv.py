"""The page as one tidy CSV: a line per figure, with its unit, its source and that source's date."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from migrate_cli.report.page.clean import cleaned
from migrate_cli.report.page.model import (
    Bars,
    Block,
    Bullets,
    Cell,
    Figure,
    Line,
    Page,
    Paragraph,
    Section,
    Source,
    Sources,
    Table,
    Verdict,
)

HEADER = ("section", "row", "column", "value", "unit", "source", "as_of")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # a spreadsheet would compute what starts so
_Values = tuple[str, str, str, str, str, str, str]


def page_csv(page: Page) -> str:
    """The page's tables and sentences; a range is two lines, `(from)` and `(to)`.

    Numbers are plain, with a point and without separators or signs of currency. Charts are left out: they draw what
    the tables hold.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    page = cleaned(page)
    for line in (Line(page.subtitle), page.dated):
        if line.text:
            writer.writerow(_said(page.title, "", line))
    for section in page.sections:
        writer.writerows(_section(section, ()))
    return out.getvalue()


def _section(section: Section, above: tuple[str, ...]) -> Iterator[_Values]:
    path = (*above, section.heading)
    for block in section.blocks:
        yield from _block(block, path)
    for part in section.parts:
        yield from _section(part, path)


def _block(block: Block, path: Sequence[str]) -> Iterator[_Values]:
    name = " / ".join(path)
    match block:
        case Table():
            where = " / ".join([*path, block.title] if block.title else path)
            for row in block.rows:
                for column, cell in zip(block.columns[1:], row.cells[1:], strict=True):
                    yield from _cell(where, row.cells[0].text, column.title, cell)
        case Verdict():
            yield from (_said(name, "", line) for line in block.lines)
        case Bullets():
            yield from (_said(name, block.title, line) for line in block.lines)
        case Paragraph():
            yield _said(name, "", block.line)
        case Bars() | Sources():
            return


def _cell(section: str, row: str, column: str, cell: Cell) -> Iterator[_Values]:
    who, when = _origin(cell.sources)
    start = _plain(section), _plain(row)
    for figure in cell.figures:
        for end, value in _ends(figure):
            yield *start, _plain(column + end), value, figure.unit, who, when
    words = cell.note if cell.figures else "; ".join(filter(None, (cell.text, cell.second, cell.note)))
    if words:
        label = f"{column} (note)" if cell.figures else column
        yield *start, _plain(label), _plain(words), "", who, when


def _ends(figure: Figure) -> Iterator[tuple[str, str]]:
    """The ends of a figure, each with what it adds to the name of the column."""
    least = " (at least)" if figure.at_least else ""
    if figure.low == figure.high:
        yield least, format(figure.low, "f")
    else:
        yield f"{least} (from)", format(figure.low, "f")
        yield f"{least} (to)", format(figure.high, "f")


def _said(section: str, row: str, line: Line) -> _Values:
    who, when = _origin(line.sources)
    return _plain(section), _plain(row), "text", _plain(line.text), "", who, when


def _origin(sources: Sequence[Source]) -> tuple[str, str]:
    """Who says so and when; several are parallel lists."""
    return _plain("; ".join(s.who for s in sources)), _plain("; ".join(s.when or "undated" for s in sources))


def _plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
