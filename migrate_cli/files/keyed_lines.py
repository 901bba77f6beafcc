"""INI and dotenv files: one name and one value a line, with places."""

from __future__ import annotations

import re

from migrate_cli.files.entry import Entry, byte_offsets
from migrate_cli.model import Span

_SECTION = re.compile(r"\[(?P<name>[^\]\n]+)\][ \t]*(?:[#;][^\n]*)?\r?\n?")
_PAIR = re.compile(r"(?P<key>[^\s=:#;\[][^=:\n]*?)[ \t]*(?:[=:][ \t]*(?P<value>[^\n]*))?\r?(?:\n|$)")
_CONTINUED = re.compile(
    r"(?:[ \t]+(?![#;])[^\s][^\n]*(?:\n|$)|[ \t]+[#;][^\n]*(?:\n|$)|[ \t]*\r?\n(?=[ \t]+\S))+"
)
_REST = re.compile(r"[^\n]*(?:\n|$)")
_INLINE_COMMENT = re.compile(r"\s[#;].*")

_DOTENV = re.compile(
    r"""^[ \t]*(?:export[ \t]+)?(?P<key>[A-Za-z_][\w.-]*)[ \t]*
    (?:=[ \t]*(?:
        (?P<double>"(?:[^"\\]|\\.)*")|(?P<single>'(?:[^'\\]|\\.)*')|(?P<plain>[^\n]*)
    ))?""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_DOTENV_COMMENT = re.compile(r"(?:^|\s)\#.*")
_DOTENV_ESCAPE = re.compile(r"\\([nrt\"\\$'])")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def read_ini(text: str) -> tuple[Entry, ...]:
    """The options of an INI text by section and name; those before any section have their name alone.

    A value over several lines keeps its newlines. Lines that are neither section, option nor comment are passed over.
    """
    offsets = byte_offsets(text)
    section: tuple[str, ...] = ()
    found: list[Entry] = []
    at = 0
    while at < len(text):
        if match := _SECTION.match(text, at):
            section = (match["name"].strip(),)
        elif match := _PAIR.match(text, at):
            key = Span(offsets(match.start("key")), offsets(match.end("key")))
            start = match.start("value") if match["value"] is not None else match.end("key")
            first, more = match, _CONTINUED.match(text, match.end())
            match = more or match
            value, end = _ini_value(text[start : match.end()])
            given = first["value"] is not None or more is not None
            span = Span(offsets(start), offsets(start + end))
            found.append(Entry((*section, first["key"]), value if given else None, key, span, False))
        elif not (match := _REST.match(text, at)) or match.end() == at:
            break
        at = match.end()
    return tuple(found)


def _ini_value(written: str) -> tuple[str, int]:
    """The value without comments and edges, and how far into `written` it reaches."""
    kept: list[str] = []
    at = end = 0
    for line in written.split("\n"):
        bare = _INLINE_COMMENT.sub("", f" {line}")[1:].rstrip()
        if bare.strip():
            kept.append(bare.strip())
            end = at + len(bare)
        at += len(line) + 1
    return "\n".join(kept), end


def read_dotenv(text: str) -> tuple[Entry, ...]:
    """The variables of a dotenv text; `export` before a name is passed over, as are lines that are none."""
    offsets = byte_offsets(text)
    found: list[Entry] = []
    for match in _DOTENV.finditer(text):
        key = Span(offsets(match.start("key")), offsets(match.end("key")))
        kind = match.lastgroup or ""
        if kind == "key":
            if text[match.end() : match.end() + 1] in ("", "\n", "\r"):
                found.append(Entry((match["key"],), None, key, Span(key.end, key.end), False))
            continue
        written = match[kind]
        quoted = kind != "plain"
        value = _dotenv_string(kind, written) if quoted else _DOTENV_COMMENT.sub("", written).strip()
        start = match.start(kind)
        span = Span(offsets(start), offsets(start + (len(written) if quoted else len(value))))
        found.append(Entry((match["key"],), value, key, span, quoted))
    return tuple(found)


def _dotenv_string(kind: str, written: str) -> str:
    inner = written[1:-1]
    if kind == "single":
        return inner.replace("\\'", "'")
    return _DOTENV_ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]), inner)
