"""The numbers of the sources: each gets the place at which the page first names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from migrate_cli.report.page.model import (
    Bars,
    Block,
    Bullets,
    Cell,
    Line,
    Page,
    Paragraph,
    Row,
    Section,
    Source,
    Sources,
    Table,
    Verdict,
)

Numbers = Mapping[Source, int]


def numbered(page: Page) -> Numbers:
    """Each source of the page with its number from 1, in reading order."""
    within = (source for section in page.sections for source in _of_section(section))
    found = dict.fromkeys((*page.dated.sources, *within))
    return {source: number for number, source in enumerate(found, 1)}


def cited(item: Cell | Line, numbers: Numbers) -> tuple[int, ...]:
    """The numbers of one cell's or line's sources, ascending."""
    return tuple(sorted({numbers[source] for source in item.sources}))


def cited_in_row(row: Row, numbers: Numbers) -> tuple[int, ...]:
    """The numbers of all sources of a row, ascending."""
    return tuple(sorted({number for cell in row.cells for number in cited(cell, numbers)}))


def number_list(numbers: Sequence[int]) -> str:
    """Ascending numbers as people write them: `7, 9–12`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def source_text(source: Source) -> str:
    """`LiteLLM price file (2026-11-19)`."""
    return f"{source.who} ({source.when or 'undated'})"


def _of_section(section: Section) -> Iterator[Source]:
    for block in section.blocks:
        yield from _of_block(block)
    for part in section.parts:
        yield from _of_section(part)


def _of_block(block: Block) -> Iterator[Source]:
    match block:
        case Table():
            yield from (source for row in block.rows for cell in row.cells for source in cell.sources)
        case Verdict() | Bullets():
            yield from (source for line in block.lines for source in line.sources)
        case Paragraph():
            yield from block.line.sources
        case Bars() | Sources():  # a chart draws what a table holds
            return
