"""Bytes to text and back without losing one, and byte offsets to places for people.

Newlines are never translated. A line ends at `\\n`, `\\r\\n` or `\\r` and nowhere else, as for CPython's
tokenizer: form feeds and U+2028 are ordinary characters, whatever `str.splitlines` thinks.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from migrate_cli.model import Location, Span

_BOM = codecs.BOM_UTF8
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_NEWLINE = re.compile(rb"\r\n|\r|\n")
_LATIN = ("latin-1", "iso-8859-1", "iso-latin-1")


class Unreadable(Exception):
    """A file that cannot be taken as source. `problem` is false when it rightly is none of our business."""

    def __init__(self, reason: str, *, problem: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.problem = problem


@dataclass(frozen=True, slots=True)
class SourceText:
    """Decoded text without its byte-order mark, and what is needed to write it back."""

    text: str
    encoding: str
    bom: bool


def decode(data: bytes) -> SourceText:
    """Decode Python source by its byte-order mark or PEP 263 cookie, else as UTF-8.

    Raises Unreadable for binary data, unknown encodings, undecodable bytes, and encodings in which these very
    bytes would not come back.
    """
    bom = data.startswith(_BOM)
    body = data[len(_BOM) :] if bom else data
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("UTF-16, which Python cannot run: save it as UTF-8")
    if b"\0" in body:
        raise Unreadable("binary file")
    encoding = _declared(body)
    if bom and encoding != "utf-8":
        raise Unreadable(f"byte-order mark of utf-8, but the file declares {encoding}")
    try:
        text = body.decode(encoding)
        faithful = encoding == "utf-8" or text.encode(encoding) == body
    except UnicodeError as error:
        place = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        raise Unreadable(f"not valid {encoding}{place}") from None
    except LookupError:
        raise Unreadable(f"unknown encoding: {encoding}") from None
    if not faithful:
        raise Unreadable(f"bytes do not survive a round trip through {encoding}")
    return SourceText(text, encoding, bom)


def encode(source: SourceText, text: str) -> bytes:
    """The bytes of `text` in the encoding of `source`, with its byte-order mark.

    Raises Unreadable when the encoding lacks a character of `text`.
    """
    try:
        body = text.encode(source.encoding)
    except UnicodeEncodeError as error:
        lacking = ascii(error.object[error.start])
        raise Unreadable(f"the file's encoding, {source.encoding}, has no character {lacking}") from None
    return _BOM + body if source.bom else body


def _declared(body: bytes) -> str:
    """The encoding named in the first two lines, normalised as CPython does; "utf-8" without one."""
    if b"coding" not in body[:4096]:
        return "utf-8"
    for line in _NEWLINE.split(body[:4096], maxsplit=2)[:2]:
        if match := _COOKIE.match(line):
            return _normal(match[1].decode("ascii", "replace"))
        if not _BLANK.match(line):
            break
    return "utf-8"


def _normal(name: str) -> str:
    plain = name[:12].lower().replace("_", "-")
    if plain == "utf-8" or plain.startswith("utf-8-"):
        return "utf-8"
    if plain in _LATIN or plain.startswith(tuple(f"{latin}-" for latin in _LATIN)):
        return "iso-8859-1"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return name


def line_starts(text_bytes: bytes) -> tuple[int, ...]:
    """Byte offset at which each line starts; the first is 0. `text_bytes` is the decoded text as UTF-8."""
    return (0, *(match.end() for match in _NEWLINE.finditer(text_bytes)))


def offset(starts: Sequence[int], line: int, column: int) -> int:
    """Byte offset of a place as `ast` gives it: 1-based line, 0-based column in UTF-8 bytes."""
    return starts[line - 1] + column


def position(text_bytes: bytes, starts: Sequence[int], place: int) -> tuple[int, int]:
    """1-based line and 1-based column in characters of the byte offset `place`."""
    line = bisect_right(starts, place)
    return line, len(text_bytes[starts[line - 1] : place].decode("utf-8", "replace")) + 1


def location(
    path: str,
    text_bytes: bytes,
    starts: Sequence[int],
    span: Span,
    cell: Callable[[int], tuple[int, int]] | None = None,
) -> Location:
    """Where `span` stands, for people; the end column is the first one after it.

    `cell` is `Notebook.cell_of` for a notebook: lines then count within the cell.
    """
    line, column = position(text_bytes, starts, span.start)
    end_line, end_column = position(text_bytes, starts, span.end)
    if cell is None:
        return Location(path, line, column, end_line, end_column)
    number, inner = cell(line)
    return Location(path, inner, column, inner + end_line - line, end_column, number)
