"""The literal parts of a conversation: messages, what they say, and the tools that come with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrate_cli.model import Entry, Finding, RemoveItem, Shape, ShapeKind, Site, SiteKind, Span

CHAT = "chat.completions"


def is_conversation(site: Site) -> bool:
    """Whether a site sends messages to the chat endpoint, through the SDK or by itself."""
    return site.endpoint == CHAT and site.kind in (SiteKind.CALL, SiteKind.REQUEST) and site.form is None


def lists(site: Site, name: str = "messages") -> Iterator[Shape]:
    """The lists that reach a call as one argument, as far as they are written out."""
    if is_conversation(site):
        for argument in site.named(name):
            if argument.shape is not None and argument.shape.kind is ShapeKind.LIST:
                yield argument.shape


def messages(site: Site) -> list[Shape]:
    """Every message that is written out, those that only most likely reach the call last; each once."""
    if not is_conversation(site):
        return []
    given = [item for found in lists(site) for item in found.items]
    return list(once(s for s in (*given, *site.parts) if s.get("role") is not None))


def parts(site: Site) -> list[Shape]:
    """Every part of the content of a message that is written out: `{"type": "image_url", …}`; each once."""
    if not is_conversation(site):
        return []
    contents = [content for m in messages(site) if (content := m.get("content")) is not None]
    inside = [item for content in contents if content.kind is ShapeKind.LIST for item in content.items]
    loose = [s for s in site.parts if s.get("role") is None]
    return list(once(s for s in (*inside, *loose) if s.text("type") is not None))


def once(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """Shapes without those that stand at the same place as one before."""
    seen: set[tuple[str, Span]] = set()
    for shape in shapes:
        if (shape.path, shape.span) not in seen:
            seen.add((shape.path, shape.span))
            yield shape


def role(message: Shape) -> str | None:
    """The literal role of a message."""
    return message.text("role")


def certain(found: Shape) -> list[Shape]:
    """The items of a list that are in it on every path; between them may be others."""
    return [item for item in found.items if not item.optional]


def settled(found: Shape) -> bool:
    """Whether a list is known from its first to its last item, every one a message with a literal role."""
    return found.complete and bool(found.items) and all(role(m) is not None for m in found.items)


def entry(message: Shape, key: str) -> Entry | None:
    """The `key: value` of a dictionary that stands in its own display, None for one that comes from elsewhere."""
    found = next((e for e in message.entries if e.key == key), None)
    within = found is not None and message.span.start <= found.span.start < message.span.end
    return found if within else None


def written(part: Shape) -> tuple[str, Span]:
    """The source of a part and its place, as they stand where the part is used: a name, if that is what is there."""
    if part.name is not None and part.name_span is not None:
        return part.name, part.name_span
    return part.code, part.span


def without(message: Shape, key: str) -> RemoveItem:
    """The operation that takes a key out of a display."""
    return RemoveItem(message.path, message.span, key)


def at(finding: Finding, where: Shape) -> Finding:
    """The finding, held at the place of a part."""
    return replace(finding, place=where.location)


def line(where: Shape) -> str:
    """Where a part stands, in words."""
    return f"line {where.location.line}"
