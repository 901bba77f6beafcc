"""Where the places of a text are after some of it was replaced."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from migrate_cli.model import ReplaceText, Span


@dataclass(frozen=True, slots=True)
class Shift:
    """Where the places of a text are after some edits."""

    edits: tuple[tuple[Span, int], ...]  # replaced span, bytes in its place
    starts: tuple[int, ...]
    added: tuple[int, ...]  # bytes that the first n edits add in all

    @classmethod
    def of(cls, edits: Sequence[ReplaceText]) -> Shift:
        """The shift that edits in order make."""
        sizes = tuple((e.span, len(e.code.encode())) for e in edits)
        total, added = 0, [0]
        for span, size in sizes:
            total += size - (span.end - span.start)
            added.append(total)
        return cls(sizes, tuple(span.start for span, _ in sizes), tuple(added))

    def touched(self, span: Span) -> bool:
        """Whether an edit changes something in a span; an insertion at its edge does not."""
        return any(
            edit.start < span.end and span.start < edit.end
            if edit.start != edit.end
            else span.start < edit.start < span.end
            for edit, _ in self.edits
        )

    def moved(self, span: Span) -> Span:
        """The place of a span that no edit touches. An insertion right before it pushes it on."""
        before = bisect_right(self.starts, span.start)
        by = self.added[before]
        return Span(span.start + by, span.end + by)

    def new(self, span: Span) -> bool:
        """Whether a span of the result reaches into a place that was edited."""
        for (edit, size), by in zip(self.edits, self.added, strict=False):
            start = edit.start + by
            if (start < span.end and span.start < start + size) or (
                not size and span.start <= start <= span.end
            ):
                return True
        return False
