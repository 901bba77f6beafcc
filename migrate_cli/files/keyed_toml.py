"""TOML with places, which no library at hand gives."""

from __future__ import annotations

import re

from migrate_cli.files.entry import Entry, Scalar, byte_offsets, plain_scalar
from migrate_cli.model import Span

_STRING = r"""\"\"\"(?:[^\\]|\\.)*?\"{3,5}|'''.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'"""
_VALUE = re.compile(rf"(?P<string>{_STRING})|(?P<bare>[^\s,\]}}#\[{{=]+(?:[ ]\d\d:[^\s,\]}}#]+)?)", re.DOTALL)
_KEY = re.compile(r"""[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*""")
_SPACE = re.compile(r"(?:[\s\ufeff]+|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n|$)")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(\r?\n\s*)|(.))", re.DOTALL)
_PLAIN_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def read_toml(text: str) -> tuple[Entry, ...]:
    """The scalars of a TOML text; an array of tables counts its tables. Raises ValueError for broken TOML."""
    reader = _Reader(text)
    reader.document()
    return tuple(reader.found)


class _Reader:
    """Stands at one character of one text and collects its scalars in `found`."""

    def __init__(self, text: str) -> None:
        self.found: list[Entry] = []
        self._text = text
        self._at = 0
        self._bytes = byte_offsets(text)
        self._tables: dict[tuple[str, ...], int] = {}  # arrays of tables and how many they hold by now

    def document(self) -> None:
        """Read everything."""
        table: tuple[str, ...] = ()
        self._skip()
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            if not (match := _BLANK.match(self._text, self._at)):
                raise self._broken()
            self._at = match.end()
            self._skip()

    def _header(self) -> tuple[str, ...]:
        double = self._text.startswith("[[", self._at)
        self._at += 2 if double else 1
        names, _ = self._key()
        self._expect("]]" if double else "]")
        path: tuple[str, ...] = ()
        for place, name in enumerate(names):
            path = (*path, name)
            if double and place == len(names) - 1:
                self._tables[path] = self._tables.get(path, -1) + 1
            if path in self._tables:
                path = (*path, str(self._tables[path]))
        return path

    def _pair(self, table: tuple[str, ...]) -> None:
        names, key = self._key()
        self._expect("=")
        self._value((*table, *names), key)

    def _key(self) -> tuple[tuple[str, ...], Span]:
        names: list[str] = []
        while match := _KEY.match(self._text, self._at):
            names.append(str(_string(match[1])) if match[1][0] in "\"'" else match[1])
            self._at = match.end()
            if self._text[self._at : self._at + 1] != ".":
                return tuple(names), self._span(*match.span(1))
            self._at += 1
        raise self._broken()

    def _value(self, keys: tuple[str, ...], key: Span | None) -> None:
        self._skip()
        opened = self._text[self._at : self._at + 1]
        if opened and opened in "[{":
            self._at += 1
            self._members(keys, "]" if opened == "[" else "}")
            return
        match = _VALUE.match(self._text, self._at)
        if match is None:
            raise self._broken()
        quoted = match["string"] is not None
        value = _string(match[0]) if quoted else _bare(match[0])
        self.found.append(Entry(keys, value, key, self._span(*match.span()), quoted))
        self._at = match.end()

    def _members(self, keys: tuple[str, ...], close: str) -> None:
        index = 0
        while True:
            self._skip()
            if self._text.startswith(close, self._at):
                self._at += 1
                return
            if close == "]":
                self._value((*keys, str(index)), None)
            else:
                self._pair(keys)
            index += 1
            self._skip()
            if not self._text.startswith(close, self._at):
                self._expect(",")

    def _skip(self) -> None:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _expect(self, mark: str) -> None:
        if not self._text.startswith(mark, self._at):
            raise self._broken()
        self._at += len(mark)

    def _span(self, start: int, end: int) -> Span:
        return Span(self._bytes(start), self._bytes(end))

    def _broken(self) -> ValueError:
        return ValueError(f"broken TOML in line {self._text.count(chr(10), 0, self._at) + 1}")


def _string(written: str) -> str:
    marks = 3 if written[:3] in ('"""', "'''") and len(written) >= 6 else 1
    inner = written[marks:-marks]
    if marks == 3:
        inner = inner.removeprefix("\r").removeprefix("\n")
    return inner if written[0] == "'" else _ESCAPE.sub(_escaped, inner)


def _escaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else match[0]
    return "" if match[3] else _PLAIN_ESCAPES.get(match[4], match[4])


def _bare(written: str) -> Scalar:
    return written if written == "null" else plain_scalar(written)
