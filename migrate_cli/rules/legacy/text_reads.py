"""What is read from a text completion, read from a chat instead."""

from __future__ import annotations

from migrate_cli.model import HopKind, Operation, ReplaceTail, Site, Use, Way, WrapExpression
from migrate_cli.rules.legacy.answers import WHOLE
from migrate_cli.rules.legacy.hops import Part, attributes, parts_of

# What both kinds of answers hold.
SHARED = {"usage", "id", "model", "created", "object", "system_fingerprint"}
_HARMLESS = (Way.ALIAS, Way.READ, Way.TEST, Way.ITERATE)


def reads_of(site: Site, *, upgraded: bool) -> list[Operation] | None:
    """The edits for every read of the answer; None when one of them cannot be followed."""
    edits: list[Operation] = []
    for use in (u for u in site.uses if not u.through):
        kind = _kind(use)
        if kind is None:
            return None
        made = _read(use, upgraded)
        if made is None:
            return None
        edits += made
    return list(dict.fromkeys(edits))


def _kind(use: Use) -> str | None:
    """What a use takes: the text, something that a chat has too, or a whole that others read further."""
    route = use.route
    if not route or route == ("choices",) or (len(route) == 2 and route[0] == "choices"):
        return "whole" if use.way in _HARMLESS or use.followed else None
    if route[0] in SHARED:
        return "shared" if len(route) > 1 or use.way is not Way.STORE else None
    if len(route) == 3 and route[0] == "choices":
        return {"text": "text", "finish_reason": "shared", "index": "shared"}.get(str(route[2]))
    return None


def _read(use: Use, upgraded: bool) -> list[Operation] | None:
    """The edits of one expression."""
    found = parts_of(use)
    if found is None:
        return None
    start, parts = found
    if upgraded:
        written = attributes(use, WHOLE["completions"], "completions")
        if written is None or written.default is not None:
            return None
        tail = written.tail
        if parts and parts[-1].hop.key == "text":
            tail = tail.removesuffix(".text") + ".message.content"
    else:
        tail = "".join(_in_kind(part) for part in parts)
    if tail == "".join(part.text for part in parts):
        return []
    made: list[Operation] = [ReplaceTail(use.path, use.span, start, tail)]
    if parts[-1].hop.key == "text" and use.detail != "format" and not use.guarded:
        made.append(
            WrapExpression(use.path, use.span, "", ' or ""')
        )  # a text was never None, a content may be
    return made


def _in_kind(part: Part) -> str:
    """A step as it is written for a chat, in the style of the program."""
    if part.hop.key != "text":
        return part.text
    by_name = part.hop.kind is HopKind.ATTRIBUTE
    return ".message.content" if by_name else '["message"]["content"]'
