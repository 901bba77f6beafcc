"""The steps into an answer, rewritten: `resp["choices"][0]` to attributes, or `resp.choices[0]` to keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from migrate_cli.model import Hop, HopKind, Operation, ReplaceTail, Span, Use, WrapExpression
from migrate_cli.rules.legacy.answers import ALWAYS, EITHER, STREAM, UNKNOWN, answer, at, step

_GET = re.compile(r"""\s*\.\s*get\(\s*(["'])\w+\1\s*(?:,(?P<default>.*))?\)\s*""", re.DOTALL)
_EMPTY = ("{}", "dict()", "[]", "[{}]")


@dataclass(frozen=True, slots=True)
class Written:
    """An expression in its new form: `texts`, one per hop, take the place of all that follows byte `start`.

    `default` is for `or`.
    """

    start: int
    texts: tuple[str, ...]
    default: str | None = None

    @property
    def tail(self) -> str:
        """All that follows byte `start`."""
        return "".join(self.texts)

    def edits(self, use: Use) -> list[Operation]:
        """The edits that write it, none where it stands so already."""
        old = use.code.encode("utf-8")[self.start - use.span.start :].decode("utf-8")
        made: list[Operation] = []
        if self.tail != old:
            made.append(ReplaceTail(use.path, use.span, self.start, self.tail))
        if self.default is not None:
            made.append(WrapExpression(use.path, use.span, "", f" or {self.default}"))
        return made

    def use(self, use: Use) -> Use:
        """The use as it reads then, at its old place; its steps end where they end in the new text."""
        head, ends = use.code.encode("utf-8")[: self.start - use.span.start], []
        place = self.start
        for text in self.texts:
            place += len(text.encode("utf-8"))
            ends.append(place)
        hops = tuple(
            Hop(hop.key, _kind(hop, text), end)
            for hop, text, end in zip(use.hops, self.texts, ends, strict=True)
        )
        return replace(use, code=head.decode("utf-8") + self.tail, hops=hops)


@dataclass(frozen=True, slots=True)
class Part:
    """One hop with its source text."""

    hop: Hop
    text: str

    @property
    def is_slice(self) -> bool:
        """Whether it gives a part of a list, and so is no step of a route."""
        return self.hop.kind is HopKind.INDEX and self.hop.key is None and ":" in self.text


def _kind(hop: Hop, text: str) -> HopKind:
    """How a step is written now."""
    if hop.kind not in (HopKind.ATTRIBUTE, HopKind.ITEM, HopKind.GET) or not isinstance(hop.key, str):
        return hop.kind
    if text.lstrip().startswith("["):
        return HopKind.ITEM
    return HopKind.GET if _GET.fullmatch(text) else HopKind.ATTRIBUTE


def base_of(use: Use) -> Span | None:
    """Where the base of an expression stands, which may be in parentheses."""
    lead, found, _ = use.code.partition(use.base)
    if not found or lead.strip("( \t\r\n"):
        return None
    start = use.span.start + len(lead.encode("utf-8"))
    return Span(start, start + len(use.base.encode("utf-8")))


def parts_of(use: Use) -> tuple[int, list[Part]] | None:
    """Where the hops of an expression begin, and each with its text; None where they do not follow its base."""
    if "…" in use.code:
        return None
    base = base_of(use)
    if base is None:
        return None
    data, place = use.code.encode("utf-8"), base.end - use.span.start
    while data[: base.start - use.span.start].count(b"(") > data[base.end - use.span.start : place].count(
        b")"
    ):
        place = data.find(b")", place) + 1
        if not place:
            return None
    start, parts = use.span.start + place, []
    for hop in use.hops:
        end = hop.end - use.span.start
        parts.append(Part(hop, data[place:end].decode("utf-8", "replace")))
        place = end
    return (start, parts) if place == len(data) else None


def attributes(use: Use, root: object, endpoint: str | None) -> Written | None:
    """The expression read through attributes, None where that cannot be said."""
    found = parts_of(use)
    if found is None:
        return None
    start, parts = found
    node = _beginning(use, parts, root, endpoint)
    texts: list[str] = []
    default: str | None = None
    for part in parts:
        key, kind = part.hop.key, part.hop.kind
        if kind is HopKind.LOOP or default is not None:
            return None
        if node == EITHER and isinstance(key, str):
            node = answer(endpoint, False)
        if node == STREAM and kind is not HopKind.INDEX:
            return None
        if kind is HopKind.INDEX or not isinstance(node, Mapping):
            if isinstance(node, Mapping) or (node == UNKNOWN and kind is not HopKind.ATTRIBUTE):
                return None
            texts.append(part.text)
        else:
            if not isinstance(key, str) or key not in node:
                return None
            given = _default(part)
            if given in _EMPTY and part is not parts[-1] and key not in ALWAYS:
                return None
            default = given if given is not None and given not in _EMPTY else None
            texts.append(part.text if kind is HopKind.ATTRIBUTE else f".{key}")
        node = node if part.is_slice else step(node, key, endpoint)
    last = parts[-1] if parts else None
    if last is not None and _default(last) in _EMPTY and last.hop.key not in ALWAYS:
        default = _default(last)
    return Written(start, tuple(texts), default)


def keys(use: Use, root: object, endpoint: str | None) -> Written | None:
    """The expression read through keys, None where that cannot be said."""
    found = parts_of(use)
    if found is None:
        return None
    start, parts = found
    node = _beginning(use, parts, root, endpoint)
    texts: list[str] = []
    for part in parts:
        if part.hop.kind is HopKind.ATTRIBUTE and (isinstance(node, Mapping) or node == UNKNOWN):
            texts.append(f'["{part.hop.key}"]')
        elif part.hop.kind is HopKind.LOOP:
            return None
        else:
            texts.append(part.text)
        node = node if part.is_slice else step(node, part.hop.key, endpoint)
    return Written(start, tuple(texts))


def _beginning(use: Use, parts: list[Part], root: object, endpoint: str | None) -> object:
    """What the base of an expression stands for."""
    steps = sum(not part.is_slice for part in parts)
    return at(root, use.route[: len(use.route) - steps], endpoint)


def _default(part: Part) -> str | None:
    """The default of `.get(key, default)`, None where there is none or it is None."""
    match = _GET.fullmatch(part.text) if part.hop.kind is HopKind.GET else None
    given = (match["default"] or "").strip().rstrip(",").strip() if match else ""
    return given if given and given != "None" else None
