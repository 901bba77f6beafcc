"""The notes of a table's cells, where they stand below it: in narrow columns they would only be wrapped."""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.report.page.model import Table


def number_notes(table: Table) -> Iterator[str]:
    """`mid, off-peak to peak: deepseek`: each note once, with its column and the rows that it is true of."""
    told: dict[tuple[str, str], list[str]] = {}
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            if cell.note and column.kind.is_number:
                told.setdefault((column.title, cell.note), []).append(row.cells[0].text)
    yield from (f"{title}, {note}: {', '.join(rows)}" for (title, note), rows in told.items())


def text_notes(table: Table) -> Iterator[str]:
    """`glm-5.3, kimi-k3: always thinks`: each note of a text once, with the texts that it is true of."""
    told: dict[str, dict[str, None]] = {}
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            if cell.note and not column.kind.is_number:
                told.setdefault(cell.note, {})[cell.text] = None
    yield from (f"{', '.join(texts)}: {note}" for note, texts in told.items())
