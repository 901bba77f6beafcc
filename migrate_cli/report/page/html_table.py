"""A table as HTML: sortable by its script, a list of cards on a narrow screen, whole rows in print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from migrate_cli.report.page.html_text import cited_link, classes, kept, tone_class
from migrate_cli.report.page.model import Cell, Column, Row, Table
from migrate_cli.report.page.notes import number_notes
from migrate_cli.report.page.sources import Numbers

_SHORT = 20  # characters of a text that is kept on one line


def table(block: Table, numbers: Numbers) -> Iterator[str]:
    """The lines of one table; pinned rows stand in a body of their own, which sorting leaves alone."""
    yield "<table>"
    if block.title:
        yield f"<caption>{escape(block.title)}</caption>"
    headings = "".join(_heading(column) for column in block.columns)
    yield f"<thead><tr>{headings}</tr></thead>"
    for pinned in (True, False):
        rows = [row for row in block.rows if row.pinned is pinned]
        if rows:
            yield f"<tbody{classes('pinned' if pinned else '')}>"
            yield from (_row(row, block.columns, numbers) for row in rows)
            yield "</tbody>"
    yield "</table>"
    notes = [f"<li>{kept(note)}</li>" for note in number_notes(block)]
    if notes:
        yield f'<ul class="notes">{"".join(notes)}</ul>'


def _heading(column: Column) -> str:
    kind = "number" if column.kind.is_number else "text"
    return f'<th scope="col" data-kind="{kind}"{_aligned(column)}>{escape(column.title)}</th>'


def _row(row: Row, columns: Sequence[Column], numbers: Numbers) -> str:
    first, *others = row.cells
    style = classes(_long(first), tone_class(first.tone))
    name = f'<th scope="row"{style}>{_inner(first, columns[0], numbers)}</th>'
    cells = (_cell(cell, column, numbers) for cell, column in zip(others, columns[1:], strict=True))
    return f"<tr>{name}{''.join(cells)}</tr>"


def _cell(cell: Cell, column: Column, numbers: Numbers) -> str:
    key = "" if cell.key is None else f' data-value="{format(cell.key, "f")}"'
    inner = _inner(cell, column, numbers)
    style = _aligned(column) or classes(_long(cell))
    return f'<td{style} data-column="{escape(column.title)}"{key}>{inner}</td>'


def _inner(cell: Cell, column: Column, numbers: Numbers) -> str:
    """The lines of a cell; short ones are not broken, so that a date or a model's name stays whole."""
    style = classes("v", tone_class(cell.tone), _whole(cell.text))
    value = f"<span{style}>{cited_link(cell, cell.text, numbers)}</span>"
    second = (
        f"<span{classes('second', _whole(cell.second))}>{kept(cell.second)}</span>" if cell.second else ""
    )
    noted = cell.note and not column.kind.is_number
    note = f'<span class="note">{kept(cell.note)}</span>' if noted else ""
    return f"{value}{second}{note}"


def _long(cell: Cell) -> str:
    """Text that may be wrapped, and gets some width for it."""
    return "long" if max(map(len, (cell.text, cell.second, cell.note))) > _SHORT else ""


def _whole(text: str) -> str:
    return "whole" if len(text) <= _SHORT else ""


def _aligned(column: Column) -> str:
    return classes("n" if column.kind.is_number else "")
