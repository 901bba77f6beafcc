"""A table on a terminal; where its width holds no table, a list of the same values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from migrate_cli.report.page.fitting import GAP, columns_of, fitted, texts
from migrate_cli.report.page.model import Cell, Column, Row, Table, Tone
from migrate_cli.report.page.notes import number_notes, text_notes
from migrate_cli.report.page.sources import Numbers, cited_in_row, number_list
from migrate_cli.report.page.tones import STYLES

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

_QUIET = STYLES[Tone.QUIET]
_SOURCE = Column("source")


def print_table(table: Table, console: Console, numbers: Numbers) -> None:
    """Print `table` within the console's width, then the notes of its cells and what was left out."""
    if table.title:
        _say(console, table.title, "bold")
    shown, widths = fitted(_with_sources(table, numbers), console.width)
    if widths is None:
        _list(shown, console)
        return
    console.print(_drawn(shown, widths), highlight=False)
    for note in (*text_notes(table), *number_notes(table)):
        _say(console, note, _QUIET)
    kept = {column.title for column in shown.columns}
    left_out = [column.title for column in table.columns if column.title not in kept]
    if left_out:
        _say(console, f"Left out at {console.width} columns: {', '.join(left_out)}.", _QUIET)


def _with_sources(table: Table, numbers: Numbers) -> Table:
    """The table with the numbers of each row's sources in a last column, if there are any."""
    marks = [number_list(cited_in_row(row, numbers)) for row in table.rows]
    if not any(marks):
        return table
    rows = (
        replace(row, cells=(*row.cells, Cell(mark, tone=Tone.QUIET)))
        for row, mark in zip(table.rows, marks, strict=True)
    )
    return replace(table, columns=(*table.columns, _SOURCE), rows=tuple(rows))


def _drawn(table: Table, widths: Sequence[int]) -> RichTable:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    drawn = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
    for column, width in zip(table.columns, widths, strict=True):
        justify = "right" if column.kind.is_number else "left"
        drawn.add_column(Text(column.title), width=width, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for row, following in zip(table.rows, (*table.rows[1:], None), strict=True):
        last_pinned = row.pinned and following is not None and not following.pinned
        drawn.add_row(*map(_text, row.cells), end_section=last_pinned)
    return drawn


def _text(cell: Cell) -> Text:
    from rich.text import Text

    first, *more = texts(cell)
    return Text("\n").join([Text(first, STYLES[cell.tone]), *(Text(line, _QUIET) for line in more)])


def _list(table: Table, console: Console) -> None:
    """Each row as its name and a line for each value."""
    from rich.padding import Padding

    for row in table.rows:
        _say(console, row.cells[0].text, "bold")
        console.print(Padding(_values(table, row, console.width // 3), (0, 0, 0, GAP)), highlight=False)


def _values(table: Table, row: Row, most: int) -> RichTable:
    """The values of a row beside their headings, which take `most` columns at most."""
    from rich.table import Table as RichTable
    from rich.text import Text

    grid = RichTable.grid(padding=(0, GAP, 0, 0))
    titles = max(columns_of(column.title) for column in table.columns)
    grid.add_column(width=min(titles, most), overflow="fold")
    grid.add_column(overflow="fold")
    for cell, column in zip(row.cells[1:], table.columns[1:], strict=True):
        value = Text(cell.text, STYLES[cell.tone])
        for more in (cell.second, cell.note):
            if more:
                value.append(f"\n{more}", _QUIET)
        if value:
            grid.add_row(Text(column.title, _QUIET), value)
    return grid


def _say(console: Console, text: str, style: str) -> None:
    from rich.text import Text

    console.print(Text(text, style, overflow="fold"), highlight=False)
