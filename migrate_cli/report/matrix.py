"""The portability matrix: one row per provider, for a scan without a target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from migrate_cli.model import Fate, MatrixRow
from migrate_cli.report.words import STYLES

if TYPE_CHECKING:
    from rich.console import Console

_COLUMNS = {
    Fate.REWRITTEN: "Automatic",
    Fate.REVIEW: "Review",
    Fate.MANUAL: "By hand",
    Fate.MIGRATED: "Already there",
}


def render_matrix(rows: Sequence[MatrixRow], console: Console) -> None:
    """Sites per fate and what stands in the way; a provider that could not be planned says why."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("--to", style="bold", no_wrap=True)
    table.add_column("Provider", overflow="fold")
    for fate, title in _COLUMNS.items():
        table.add_column(title, justify="right", style=STYLES[fate])
    table.add_column("What stands in the way", overflow="fold")
    for row in rows:
        numbers = ["" if row.problem else str(row.counts.get(fate, 0)) for fate in _COLUMNS]
        table.add_row(row.provider, row.name, *numbers, row.problem or "; ".join(row.blockers))
    console.print(table)
