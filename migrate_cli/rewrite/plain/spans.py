"""Replacing byte spans of a text; every byte outside of them stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from migrate_cli.model import Operation, ReplaceText
from migrate_cli.rewrite.errors import RewriteError


def rewrite_text(path: str, text: str, operations: Sequence[Operation]) -> str:
    """`text` with the operations carried out. Raises RewriteError for one that does not fit or meets another."""
    data = text.encode()
    parts: list[bytes] = []
    at = 0
    for edit in ordered(path, operations):
        start, end = edit.span.start, edit.span.end
        if not 0 <= start <= end <= len(data):
            raise RewriteError("an edit lies outside of the file")
        if start < at:
            raise RewriteError("two edits of the same place")
        parts += [data[at:start], edit.code.encode()]
        at = end
    try:
        return b"".join([*parts, data[at:]]).decode()
    except UnicodeDecodeError:
        raise RewriteError("an edit would cut a character in two") from None


def ordered(path: str, operations: Iterable[Operation]) -> list[ReplaceText]:
    """The edits of `path` by their place; insertions at one place keep their order."""
    edits: list[ReplaceText] = []
    for operation in operations:
        if not isinstance(operation, ReplaceText) or operation.path != path:
            raise RewriteError("an edit of Python for a file that is none")
        edits.append(operation)
    return sorted(edits, key=lambda e: (e.span.start, e.span.end))
