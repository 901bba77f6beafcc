"""Values that stand in files which are not Python: where exactly an edit puts another one."""

from __future__ import annotations

from migrate_cli.model import ReplaceText, Span, Value


def inner(value: Value) -> Span | None:
    """Where the text of a value stands without its quotes; None when it is written in another way."""
    if not isinstance(value.literal, str):
        return None
    size, length = len(value.literal.encode()), value.span.end - value.span.start
    if size == length:
        return value.span
    return Span(value.span.start + 1, value.span.end - 1) if length == size + 2 else None


def rewritten(value: Value, text: str) -> ReplaceText | None:
    """The edit that writes `text` in the place of a value, None when that is not plain to see."""
    place = inner(value)
    if place is None or value.secret or value.path.endswith((".py", ".pyi", ".ipynb")):
        return None
    return ReplaceText(value.path, place, text)
