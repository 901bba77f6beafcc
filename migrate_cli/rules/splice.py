"""New source text for a literal structure: a list without some items, several texts as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrate_cli.model import Shape, ShapeKind, Span
from migrate_cli.rules.conversation import written
from migrate_cli.rules.support import quoted

_HIDDEN = "…"  # in code that was masked: what is written back would lose a key


def without_items(found: Shape, items: Sequence[Shape], instead: Mapping[Span, str]) -> str | None:
    """The code of a list display without `items`, and with new code at the spans `instead`, all else as it is.

    None when a part does not stand in the display itself, or the display holds something that is not shown.
    """
    if _HIDDEN in found.code or not _inside(found, [i.span for i in items]) or any(i.added for i in items):
        return None
    if not _inside(found, list(instead)) or any(i.path != found.path for i in items):
        return None
    data = found.code.encode()
    order = [i.span for i in found.items if not i.added]
    changes = [(_with_comma(data, found.span.start, order, i.span), b"") for i in items]
    sizes = [i.span.end - i.span.start for i in items]
    if any(b"#" in data[s:e][: e - s - size] for ((s, e), _), size in zip(changes, sizes, strict=True)):
        return None  # a comment would go with the item
    changes += [
        ((s.start - found.span.start, s.end - found.span.start), code.encode()) for s, code in instead.items()
    ]
    for (start, end), code in sorted(changes, reverse=True):
        data = data[:start] + code + data[end:]
    return data.decode()


def _inside(found: Shape, spans: Sequence[Span]) -> bool:
    return all(found.span.start < s.start and s.end < found.span.end for s in spans)


def _with_comma(data: bytes, base: int, order: Sequence[Span], span: Span) -> tuple[int, int]:
    """Where an item stands in the display, from behind the one before it; a comma and a line go with it."""
    place = order.index(span)
    if place:
        return order[place - 1].end - base, span.end - base
    after = order[1].start - base if len(order) > 1 else len(data) - 1
    return span.start - base, after


def joined_texts(texts: Sequence[Shape], between: str) -> str | None:
    """One expression for several texts in a row; None where one of them may be something else than text."""
    codes = [written(t)[0] for t in texts]
    if not texts or not all(is_text(t) for t in texts) or any(_HIDDEN in code for code in codes):
        return None
    if len(texts) == 1:
        return codes[0]
    if all(isinstance(t.value, str) and t.name is None for t in texts):
        return quoted_lines(between.join(str(t.value) for t in texts))
    return (f" + {quoted_lines(between)} + " if between else " + ").join(codes)


def quoted_lines(text: str) -> str:
    """A string literal in double quotes, line ends written as escapes."""
    escapes = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return "".join(escapes.get(c, c) for c in quoted(text))


def is_text(shape: Shape) -> bool:
    """Whether an expression surely is text: a literal or an f-string."""
    if shape.kind is ShapeKind.CONSTANT:
        return isinstance(shape.value, str)
    return shape.kind is ShapeKind.OPEN and shape.code[:2].lower() in ('f"', "f'")
