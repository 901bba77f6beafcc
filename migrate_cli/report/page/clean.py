"""What every renderer does first: no key, no control character and no half character reaches a report."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from migrate_cli.files.secrets import mask
from migrate_cli.report.page.model import Page


def cleaned(page: Page) -> Page:
    """The same page with every text on one line, visible, and with keys masked."""
    return _cleaned(page)  # type: ignore[no-any-return]


def visible(text: str) -> str:
    """`text` with what does not print spelled out (`\\n`, `\\u202e`, `\\udc80`), and odd spaces plain."""
    return text if text.isprintable() else "".join(map(_shown, text))


def escaped(text: str, escapes: Mapping[str, str]) -> str:
    """`text` with each character of `escapes` replaced."""
    return "".join(escapes.get(character, character) for character in text)


def _shown(character: str) -> str:
    if unicodedata.category(character) == "Zs":
        return " "
    return character if character.isprintable() else repr(character)[1:-1]


def _cleaned(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Enum):
        return mask(visible(value))
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _cleaned(getattr(value, field.name)) for field in fields(value)})
    return value
