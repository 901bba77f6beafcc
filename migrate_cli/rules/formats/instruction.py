"""Puts a sentence into the prompt of a call, where the messages are written in the source."""

from __future__ import annotations

import re

from migrate_cli.model import Operation, Shape, ShapeKind, Site, WrapExpression

_TEXT = re.compile(r"[fFrRuUbB]{0,2}[\"']")
SYSTEM = ("system", "developer")


def instructed(site: Site, code: str) -> list[Operation]:
    """Edits that add the text `code` (Python) to the prompt: to the system text, else to the last question.

    A conversation that is only known at run time gets a system text of its own, if it is known to hold none; [] where
    that is not known.
    """
    messages = site.argument("messages")
    shape = messages.shape if messages is not None else None
    if messages is None or shape is None or shape.kind is not ShapeKind.LIST:
        return []
    system = [m for m in shape.items if m.text("role") in SYSTEM]
    asked = [m for m in shape.items if m.text("role") == "user"][-1:]
    for message in (*system[:1], *(asked if not system else ())):
        content = message.get("content")
        if content is not None and is_text(content) and content.path == site.path:
            return [WrapExpression(content.path, content.span, "", f' + "\\n\\n" + {code}')]
    local = messages.dictionary is None and messages.statement is None
    if system or not shape.complete or not local or any(m.kind is not ShapeKind.DICT for m in shape.items):
        return []
    before = f'[{{"role": "system", "content": {code}}}, *'
    return [WrapExpression(messages.path, messages.span, before, "]")]


def is_text(shape: Shape) -> bool:
    """Whether a part is one string literal or template, to which something can be added."""
    if isinstance(shape.value, str):
        return _TEXT.match(shape.code) is not None
    return shape.kind is ShapeKind.OPEN and _TEXT.match(shape.code) is not None and shape.code[-1:] in "\"'"


def words_of(site: Site) -> str | None:
    """All that the messages say, None where a part of it is only known at run time."""
    messages = site.argument("messages")
    shape = messages.shape if messages is not None else None
    if shape is None or shape.kind is not ShapeKind.LIST or not shape.complete:
        return None
    texts: list[str] = []
    for message in shape.items:
        content = message.get("content")
        if content is None or not isinstance(content.value, str):
            return None
        texts.append(content.value)
    return "\n".join(texts)
