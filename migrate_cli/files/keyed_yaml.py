"""YAML with places. Templates, which are no YAML before they are filled in, are read line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from migrate_cli.files.entry import Entry, Scalar, byte_offsets, plain_scalar
from migrate_cli.model import Span

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node, ScalarNode

_TEMPLATE = re.compile(r"\{\{|\{%")
_PROPERTIES = re.compile(r"(?:[!&][^\s]*\s+)+")  # a tag or an anchor before the value
_LINE = re.compile(
    r"""^(?P<indent>[ ]*)(?P<items>(?:-[ ]+)*)
    (?:(?P<key>"[^"]*"|'[^']*'|[\w.$/<-][^:#'"{}\n]*?)[ ]*:(?=\s|$))?
    [ \t]*(?P<value>"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\{\{.*?\}\}(?:[^\s#]*)|[^\s#][^\n]*?)?(?:[ \t]+\#[^\n]*)?[ \t\r]*$""",
    re.VERBOSE | re.MULTILINE,
)
# More than any file that people write; a few nested aliases make billions.
_MOST = 200_000
_TRUE = ("true", "yes", "on")


def read_yaml(text: str) -> tuple[Entry, ...]:
    """The scalars of all documents of a YAML text.

    Raises ValueError for broken YAML, unless it holds template marks.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: list[Entry] = []
    try:
        for document in yaml.compose_all(text, loader):
            if document is not None:
                _Walk(text, found).node(document, (), None)
    except yaml.YAMLError as error:
        if _TEMPLATE.search(text):
            return tuple(_lines(text))
        mark = getattr(error, "problem_mark", None)
        place = f" in line {mark.line + 1}" if mark is not None else ""
        raise ValueError(f"broken YAML{place}") from None
    return tuple(found)


class _Walk:
    """Goes through the nodes of a document; `open` holds those it is inside of, since an alias may point there."""

    def __init__(self, text: str, found: list[Entry]) -> None:
        self.text = text
        self.found = found
        self.open: set[int] = set()
        self.bytes = byte_offsets(text)

    def node(self, node: Node, keys: tuple[str, ...], key: Span | None) -> None:
        from yaml.nodes import MappingNode, ScalarNode, SequenceNode

        if isinstance(node, ScalarNode):
            if len(self.found) >= _MOST:
                raise ValueError("YAML with too many values")
            self.found.append(Entry(keys, _scalar(node), key, self.span(node), node.style in ('"', "'")))
            return
        if id(node) in self.open:
            return
        self.open.add(id(node))
        if isinstance(node, MappingNode):
            for name, (at, value) in self.members(node).items():
                self.node(value, (*keys, name), at)
        elif isinstance(node, SequenceNode):
            for index, value in enumerate(node.value):
                self.node(value, (*keys, str(index)), None)
        self.open.discard(id(node))

    def members(self, node: MappingNode) -> dict[str, tuple[Span, Node]]:
        """Its own members and those it merges in with `<<`; its own win."""
        from yaml.nodes import MappingNode, ScalarNode, SequenceNode

        own: dict[str, tuple[Span, Node]] = {}
        merged: dict[str, tuple[Span, Node]] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                continue
            if key.tag != "tag:yaml.org,2002:merge":
                own[key.value] = (self.span(key), value)
                continue
            for part in value.value if isinstance(value, SequenceNode) else (value,):
                if isinstance(part, MappingNode) and id(part) not in self.open:
                    self.open.add(id(part))
                    merged = self.members(part) | merged
                    self.open.discard(id(part))
        return own | {name: pair for name, pair in merged.items() if name not in own}

    def span(self, node: ScalarNode) -> Span:
        start, end = node.start_mark.index, node.end_mark.index
        if match := _PROPERTIES.match(self.text, start, end):
            start = match.end()
        while end > start and self.text[end - 1] in "\r\n":  # a block scalar ends with its last line
            end -= 1
        return Span(self.bytes(start), self.bytes(end))


def _scalar(node: ScalarNode) -> Scalar:
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        return node.value.lower() in _TRUE
    if kind in ("int", "float"):
        return plain_scalar(node.value.replace("_", ""))
    return str(node.value)


def _lines(text: str) -> Iterator[Entry]:
    """What can be read of a template: keys by their indentation, values on the line of their key."""
    offsets = byte_offsets(text)
    above: list[tuple[int, str]] = []  # indentation and key of the lines this one stands under
    counts: dict[tuple[str, ...], int] = {}
    for match in _LINE.finditer(text):
        if not match[0].strip() or match[0].lstrip().startswith(("#", "{{", "{%")):
            continue
        indent = len(match["indent"])
        # `- a` may stand at the indentation of the key whose list it belongs to.
        while above and above[-1][0] >= indent + (1 if match["items"] and not above[-1][1].isdigit() else 0):
            above.pop()
        for _ in range(match["items"].count("-")):
            parents = tuple(key for _, key in above)
            above.append((indent, str(counts.get(parents, 0))))
            counts[parents] = counts.get(parents, 0) + 1
            indent += 1
        key = match["key"]
        if key is not None:
            above.append((match.start("key") - match.start(), key.strip("\"'")))
        if match["value"] is not None:
            yield _line_entry(match, tuple(name for _, name in above), offsets)


def _line_entry(match: re.Match[str], keys: tuple[str, ...], offsets: Callable[[int], int]) -> Entry:
    written = match["value"]
    quoted = written[0] in "\"'" and written[-1] == written[0] and len(written) > 1
    span = Span(offsets(match.start("value")), offsets(match.end("value")))
    key = Span(offsets(match.start("key")), offsets(match.end("key"))) if match["key"] is not None else None
    return Entry(keys, written[1:-1] if quoted else plain_scalar(written), key, span, quoted)
