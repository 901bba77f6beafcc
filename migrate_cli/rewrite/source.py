"""A file's text as bytes, its lines, and patches to it. All offsets are UTF-8 bytes."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from migrate_cli.files.text import line_starts
from migrate_cli.model import Span
from migrate_cli.rewrite.errors import Conflict

_NEWLINE = re.compile(rb"\r\n|\r|\n")
_INDENT = re.compile(rb"[ \t\f]*")


@dataclass(frozen=True, slots=True)
class Patch:
    """Replace the bytes `[start, end)` by `text`; insertions at one place go by `rank`, then as given."""

    start: int
    end: int
    text: bytes
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text with the start of each line."""

    data: bytes
    starts: tuple[int, ...]
    newline: bytes

    @classmethod
    def of(cls, text: str) -> Source:
        """Index `text`; new lines will end as its first line does."""
        data = text.encode("utf-8")
        first = _NEWLINE.search(data)
        return cls(data, line_starts(data), first[0] if first else b"\n")

    def span(self, node: ast.expr | ast.stmt) -> Span:
        """Where `node` stands. Raises nothing: every parsed node has a full position."""
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        return Span(self.at(node.lineno, node.col_offset), self.at(end_line, end_column))

    def at(self, line: int, column: int) -> int:
        """Offset of a 1-based line and a 0-based column in bytes, as `ast` counts."""
        return self.starts[line - 1] + column

    def place(self, offset: int) -> tuple[int, int]:
        """1-based line and 0-based column in bytes of `offset`."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1]

    def line_start(self, offset: int) -> int:
        """Where the line that holds `offset` starts."""
        return self.starts[bisect_right(self.starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """Where the line that holds `offset` ends, its newline included."""
        line = bisect_right(self.starts, offset)
        return self.starts[line] if line < len(self.starts) else len(self.data)

    def line(self, number: int) -> bytes:
        """The 1-based line `number` with its newline."""
        start = self.starts[number - 1]
        return self.data[start : self.line_end(start)]

    def indent(self, offset: int) -> bytes:
        """The whitespace that opens the line of `offset`; a form feed in it does not count as indentation."""
        match = _INDENT.match(self.data, self.line_start(offset))
        return (match[0] if match else b"").rpartition(b"\f")[2]

    def text(self, span: Span) -> str:
        """The source text of `span`; a span that cuts a character yields a replacement character there."""
        return self.data[span.start : span.end].decode("utf-8", "replace")


def splice(data: bytes, patches: Iterable[Patch], base: int = 0) -> bytes:
    """`data` with the patches made; their offsets count from `base`. Raises Conflict where two overlap."""
    done, parts = 0, []
    for patch in sorted(patches, key=lambda p: (p.start, p.end, p.rank)):
        start, end = patch.start - base, patch.end - base
        if start < done:
            raise Conflict("two edits overlap")
        parts += [data[done:start], patch.text]
        done = end
    return b"".join([*parts, data[done:]])
