"""Edits of lines that name variables, in files that are not Python."""

from __future__ import annotations

import re

from migrate_cli.model import Given, ReplaceText, Row, Span

_OPENAI = re.compile(r"sk-|openai", re.IGNORECASE)
# What a line gives a variable that may stand under another name too.
NO_SECRET = (Given.NOTHING, Given.EMPTY, Given.STAND_IN, Given.SAME)


def renamed(path: str, row: Row, old: str, new: str) -> tuple[ReplaceText, ...]:
    """The line with the variable `new`; what stands in for a key of OpenAI's goes."""
    names = tuple(ReplaceText(path, span, new) for span in row.names)
    if row.given is not Given.STAND_IN or row.value is None or not _OPENAI.search(row.text):
        return names
    inside = [name for name in names if row.value.start <= name.span.start < row.value.end]
    kept = tuple(name for name in names if name not in inside)
    return (*kept, ReplaceText(path, row.value, nothing(row)))


def added(path: str, row: Row, old: str, new: str, *, first: bool = False) -> tuple[ReplaceText, ...]:
    """Another line like this one for the variable `new`, without OpenAI's key; above it when `first`."""
    if row.before is None:
        return ()
    value = row.text.replace(old, new) if row.given is Given.SAME else ""
    between = row.between
    if value == "" and row.given is not Given.NOTHING and row.value is not None:
        value = nothing(row)
    if not value:
        between = between.rstrip(" \t")
    text = f"{row.before}{new}{between}{value}{row.after}"
    if first:
        return (ReplaceText(path, Span(row.span.start, row.span.start), text),)
    if not row.after.endswith("\n"):
        text = "\n" + text
    return (ReplaceText(path, Span(row.span.end, row.span.end), text),)


def nothing(row: Row) -> str:
    """An empty value as this line writes one: in quotes where a bare one would be no text."""
    quoted = row.between.rstrip(" \t")[-1:] in ("'", '"') or (row.before or "")[-1:] in ("'", '"')
    return "" if quoted or "=" in row.between else '""'


def without(path: str, row: Row) -> ReplaceText | None:
    """The file without the line; None where it is more than this setting, or all that there is."""
    if row.before is None or row.alone or row.after.rstrip("\r\n").endswith(","):
        return None
    return ReplaceText(path, row.span, "")
