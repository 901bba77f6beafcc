"""Spans and nodes to locations that people read; a notebook's lines count inside their cell."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from migrate_cli.files.text import location
from migrate_cli.index.module import Module
from migrate_cli.model import Location, Span, Step

CellOf = Callable[[str, int], tuple[int, int] | None]


class Places:
    """Turns positions of indexed modules into locations. `cell_of(path, line)` gives (cell, line in cell) or None."""

    def __init__(self, cell_of: CellOf) -> None:
        self._cell_of = cell_of

    def span(self, module: Module, span: Span) -> Location:
        """Location of a byte span."""
        return self.settle(location(module.path, module.data, module.starts, span))

    def node(self, module: Module, node: ast.AST) -> Location:
        """Location of a node."""
        return self.span(module, module.span(node))

    def settle(self, place: Location) -> Location:
        """A location in a notebook's virtual text, counted in its cell."""
        first = self._cell_of(place.path, place.line) if place.cell is None else None
        if first is None:
            return place
        cell, line = first
        last = self._cell_of(place.path, place.end_line)
        return replace(place, cell=cell, line=line, end_line=last[1] if last else line)

    def chain(self, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        """An evidence chain with settled locations and without repeated steps."""
        settled = (replace(s, location=self.settle(s.location)) for s in steps)
        return tuple(dict.fromkeys(settled))
