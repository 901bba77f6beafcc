"""Where things stand in a file: spans for the tool, locations for people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """UTF-8 byte offsets `[start, end)` in a file's decoded text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place for people: 1-based line and column in characters.

    `cell` is the 1-based number of a notebook's cell; lines then count inside it.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    cell: int | None = None

    def __str__(self) -> str:
        cell = f"cell {self.cell}:" if self.cell is not None else ""
        return f"{self.path}:{cell}{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Step:
    """One link of an evidence chain: `text` says in words what was seen at `location`. Never holds a key."""

    location: Location
    text: str
