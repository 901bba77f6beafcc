"""Text edits inside the comments of Python text, where a notebook's shell lines and magics stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from migrate_cli.model import Operation, ReplaceText, Span
from migrate_cli.rewrite.errors import RewriteError
from migrate_cli.rewrite.plain.shift import Shift
from migrate_cli.rewrite.plain.spans import ordered, rewrite_text


def rewrite_comments(
    path: str, text: str, operations: Sequence[Operation]
) -> tuple[str, tuple[Operation, ...]]:
    """The text with its comments edited, and the other operations at the places that they have then."""
    edits = ordered(path, [o for o in operations if isinstance(o, ReplaceText)])
    if not edits:
        return text, tuple(operations)
    data = text.encode()
    for edit in edits:
        line = data[data.rfind(b"\n", 0, edit.span.start) + 1 : edit.span.start]
        if b"#" not in line or "\n" in edit.code or b"\n" in data[edit.span.start : edit.span.end]:
            raise RewriteError("a text edit outside of a comment")
    shift = Shift.of(edits)
    rest = (o for o in operations if not isinstance(o, ReplaceText))
    return rewrite_text(path, text, edits), tuple(_moved(operation, shift) for operation in rest)


def _moved(operation: Any, shift: Shift) -> Operation:
    """The operation at its place after the edits."""
    span = getattr(operation, "span", None)
    if not isinstance(span, Span):
        return operation  # type: ignore[no-any-return]
    start, end = (shift.moved(Span(at, at)).start for at in (span.start, span.end))
    return replace(operation, span=Span(start, end))  # type: ignore[no-any-return]
