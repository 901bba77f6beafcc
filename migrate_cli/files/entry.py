"""One value of a configuration file and where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from migrate_cli.model import Span

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_NUMBER = re.compile(r"[+-]?\.?\d")


@dataclass(frozen=True, slots=True)
class Entry:
    """A scalar and the keys that lead to it; a place in a list counts as the key `"0"`, `"1"`, ….

    `key` is the span of the innermost key (None for a list item), `span` that of the value as it is written, quotes
    and all. Both are byte offsets; `migrate_cli.files.text.location` makes lines and columns of them.
    """

    keys: tuple[str, ...]
    value: Scalar
    key: Span | None
    span: Span
    quoted: bool


def byte_offsets(text: str) -> Callable[[int], int]:
    """A function from character offsets of `text` to UTF-8 byte offsets."""
    if text.isascii():
        return int
    return list(accumulate((len(character.encode()) for character in text), initial=0)).__getitem__


def plain_scalar(written: str) -> Scalar:
    """The value of a scalar written without quotes, as JSON, TOML and YAML agree on it; else the text itself."""
    if written in _WORDS:
        return _WORDS[written]
    if not _NUMBER.match(written):
        return written
    for kind in (int, float):
        try:
            return kind(written)
        except ValueError:
            continue
    return written
