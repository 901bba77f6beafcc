"""How wide a table's columns are on a terminal, and which of them it holds: numbers are never wrapped or cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.report.page.model import Cell, Table

GAP = 2
_UNBROKEN, _WORD = 16, 26  # columns that a text, and a single word, is given before it is broken
_WIDEST = 48  # columns of text are not set wider, so that a row stays together


def fitted(table: Table, room: int) -> tuple[Table, list[int] | None]:
    """The table with as many columns as `room` holds, and the widths of these; None when no width is enough.

    The columns of the highest rank go first; those of rank 0 stay, and short texts in them are broken at last.
    """
    fewer = table
    while (widths := _widths(fewer, room, whole=True)) is None:
        highest = max(column.rank for column in fewer.columns)
        if highest == 0:
            widths = _widths(fewer, room, whole=False)
            return (table, None) if widths is None else (fewer, widths)
        fewer = _without(fewer, highest)
    return fewer, widths


def texts(cell: Cell) -> Iterator[str]:
    """The lines of a cell; its note stands below the table."""
    yield cell.text
    if cell.second:
        yield cell.second


def columns_of(text: str) -> int:
    """The width of `text` on a terminal: two for a Chinese character."""
    from rich.cells import cell_len

    return cell_len(text)


def _without(table: Table, rank: int) -> Table:
    kept = [index for index, column in enumerate(table.columns) if column.rank < rank]
    rows = (replace(row, cells=tuple(row.cells[index] for index in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[index] for index in kept), rows=tuple(rows))


def _widths(table: Table, room: int, *, whole: bool) -> list[int] | None:
    """A width for each column, the widest text giving way first; None when that is not enough."""
    spans = [_span(table, index, whole) for index in range(len(table.columns))]
    widths = [wanted for _, wanted in spans]
    excess = sum(widths) + GAP * (len(widths) - 1) - room
    while excess > 0:
        soft = [index for index, (least, _) in enumerate(spans) if widths[index] > least]
        if not soft:
            return None
        widths[max(soft, key=widths.__getitem__)] -= 1
        excess -= 1
    return widths


def _span(table: Table, index: int, whole: bool) -> tuple[int, int]:
    """The least and the wanted width of one column; `whole` keeps short texts on one line, else only words are kept."""
    column = table.columns[index]
    lines = [text for row in table.rows for text in texts(row.cells[index])]
    heading = max(map(columns_of, column.title.split()), default=1)
    if column.kind.is_number:
        needed = max([heading, *map(columns_of, lines)])
        return needed, needed
    names = [row.cells[index].text for row in table.rows]
    word = max((columns_of(word) for name in names for word in name.split()), default=1)
    name = max(map(columns_of, names), default=1)
    least = max(min(name, _UNBROKEN), min(word, _WORD)) if whole else min(word, _UNBROKEN)
    wanted = min(max(map(columns_of, [column.title, *lines])), _WIDEST)
    return min(wanted, max(heading, least)), wanted
