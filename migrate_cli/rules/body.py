"""Fields that OpenAI's SDK does not know: `extra_body` holds them, beside what is there already."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from migrate_cli.model import AddEntry, Operation, SetItem, Shape, ShapeKind, Site, SiteKind
from migrate_cli.rules.support import put


def into_body(site: Site, fields: Mapping[str, Any]) -> list[Operation] | None:
    """Operations that add `fields` to the request; [] when all are there, None when extra_body cannot be read.

    openai<1 has no `extra_body`: it sends unknown keywords as they are.
    """
    return code_into_body(site, {name: python(value) for name, value in fields.items()})


def code_into_body(site: Site, fields: Mapping[str, str]) -> list[Operation] | None:
    """As `into_body`, with the values as source code."""
    if site.legacy:
        return [put(site, name, code) for name, code in fields.items() if site.argument(name) is None]
    if site.kind is SiteKind.REQUEST:
        return None  # there is no client between the program and its body
    body = site.argument("extra_body")
    if body is None:
        return [AddEntry(site.path, site.span, "extra_body", name, code) for name, code in fields.items()]
    shape = body.shape
    if shape is None or shape.kind is not ShapeKind.DICT:
        return None
    missing = {name: code for name, code in fields.items() if shape.get(name) is None}
    if missing and not is_display(shape):
        return None
    return [SetItem(shape.path, shape.span, name, code) for name, code in missing.items()]


def is_display(shape: Shape) -> bool:
    """Whether a dictionary is written in one place, with nothing in it that is not known."""
    written = shape.code.lstrip().startswith(("{", "dict("))
    return shape.kind is ShapeKind.DICT and shape.complete and written


def in_body(site: Site, name: str) -> Shape | None:
    """What the request holds under a field that the SDK does not know."""
    body = site.argument("extra_body")
    return body.shape.get(name) if body is not None and body.shape is not None else None


def plain(shape: Shape | None) -> Any:
    """A literal structure as a value; parts that are only known at run time are None."""
    if shape is None:
        return None
    if shape.kind is ShapeKind.DICT:
        return {entry.key: plain(entry.shape) for entry in shape.entries}
    if shape.kind is ShapeKind.LIST:
        return [plain(item) for item in shape.items]
    return shape.value


def python(value: Any) -> str:
    """A JSON-like value as Python source with double quotes."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(k)}: {python(v)}" for k, v in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
