"""Plain tables at the end of a test run: numbers that people and CI logs read, and that fail nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest


def write_table(
    reporter: pytest.TerminalReporter, title: str, header: Sequence[str], rows: list[Sequence[object]]
) -> None:
    """Write `rows` under `header`: the first column to the left, the others to the right."""
    cells = [tuple(header), *(tuple(str(cell) for cell in row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    reporter.section(title)
    for row in cells:
        first, *others = (
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        reporter.write_line("  ".join([first, *others]))
