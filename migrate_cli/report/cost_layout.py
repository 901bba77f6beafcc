"""Tables and lists of the cost reports: plain text in cells, nothing taken for markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_BULLET = "  · "


def open_narrow_table(columns: Sequence[str]) -> Table:
    """An empty table without title or frame, as narrow as its text allows."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def add_row(table: Table, *cells: str) -> None:
    """Add a row of plain text: brackets in a cell are not markup."""
    from rich.text import Text

    table.add_row(*(Text(cell) for cell in cells))


def bullets(lines: Iterable[str], console: Console) -> None:
    """One point per line; what is too long goes on below its own beginning."""
    from rich.text import Text

    for line in lines:
        parts = Text(line).wrap(console, max(console.width - len(_BULLET), 1))
        for index, part in enumerate(parts):
            lead = _BULLET if index == 0 else " " * len(_BULLET)
            console.print(Text.assemble(lead, part), soft_wrap=True)
