"""JSON with places; comments, trailing commas and single quotes are forgiven."""

from __future__ import annotations

import json
import re

from migrate_cli.files.entry import Entry, byte_offsets, plain_scalar
from migrate_cli.model import Span

_TOKEN = re.compile(
    r"""(?P<space>[\s\ufeff]+|//[^\n]*|/\*.*?\*/|\#[^\n]*)
    |(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<mark>[{}\[\],:])
    |(?P<word>[^\s{}\[\],:"']+)""",
    re.VERBOSE | re.DOTALL,
)
_Token = tuple[str, str, int, int]  # kind, text, start, end


def read_json(text: str) -> tuple[Entry, ...]:
    """The scalars of a JSON text. Raises ValueError for broken JSON."""
    reader = _Reader(text)
    reader.value((), None)
    reader.finish()
    return tuple(reader.found)


class _Reader:
    """Walks the tokens of one text and collects its scalars in `found`."""

    def __init__(self, text: str) -> None:
        self.found: list[Entry] = []
        self._tokens = _tokens(text)
        self._at = 0
        self._bytes = byte_offsets(text)

    def finish(self) -> None:
        """Raise ValueError unless everything was read."""
        if self._at != len(self._tokens):
            raise _broken(self._tokens[self._at][2])

    def value(self, keys: tuple[str, ...], key: Span | None) -> None:
        """Read one value, of any kind."""
        kind, text, start, end = self._take()
        if kind == "mark" and text in "{[":
            self._container(keys, "}" if text == "{" else "]")
        elif kind == "mark":
            raise _broken(start)
        else:
            value = _string(text) if kind == "string" else plain_scalar(text)
            self.found.append(Entry(keys, value, key, self._span(start, end), kind == "string"))

    def _container(self, keys: tuple[str, ...], close: str) -> None:
        index = 0
        while self._peek() != close:
            if close == "]":
                self.value((*keys, str(index)), None)
            else:
                kind, text, start, end = self._take()
                if kind == "mark" or self._take()[1] != ":":
                    raise _broken(start)
                name = _string(text) if kind == "string" else text
                self.value((*keys, name), self._span(start, end))
            index += 1
            if self._peek() == ",":
                self._at += 1
            elif self._peek() != close:
                raise _broken(self._tokens[self._at][2])
        self._at += 1

    def _peek(self) -> str:
        if self._at == len(self._tokens):
            raise ValueError("broken JSON: it ends too early")
        kind, text, _, _ = self._tokens[self._at]
        return text if kind == "mark" else ""

    def _take(self) -> _Token:
        self._peek()
        self._at += 1
        return self._tokens[self._at - 1]

    def _span(self, start: int, end: int) -> Span:
        return Span(self._bytes(start), self._bytes(end))


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _broken(at)
        at = match.end()
        kind = match.lastgroup or ""
        if kind != "space":
            found.append((kind, match[0], match.start(), at))
    return found


def _string(written: str) -> str:
    if "\\" not in written:
        return written[1:-1]
    inner = written[1:-1].replace('"', '\\"').replace("\\'", "'") if written[0] == "'" else written[1:-1]
    try:
        return str(json.loads(f'"{inner}"', strict=False))
    except ValueError:
        return inner


def _broken(at: int) -> ValueError:
    return ValueError(f"broken JSON at character {at}")
