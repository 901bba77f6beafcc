"""Rows of a CSV or TSV file, one by one, by the names in its header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from migrate_cli.files.streams.values import Broken, Value
from migrate_cli.model import UserError

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = ",;\t"
_FIELD = 32 << 20


@dataclass(frozen=True, slots=True)
class Table:
    """A header, in lower case, and the rows below it as mappings from column to text."""

    header: tuple[str, ...]
    rows: Iterator[Value | Broken]


def table(chunks: Iterator[bytes], name: str) -> Table:
    """Read a stream of UTF-8 as a table; the header decides between comma, semicolon and tab.

    Raises UserError for text that is not UTF-8, now or while reading, and for a field beyond 32 MB.
    """
    lines = _lines(io.BufferedReader(_Chunks(chunks)), name)
    number, first = next(((n, line) for n, line in enumerate(lines, 1) if line.strip()), (1, ""))
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        names = next(csv.reader([first], delimiter=delimiter), [])
    except csv.Error as error:
        raise UserError(f"{name}, line {number}: not the header of a table ({error})") from None
    header = tuple(field.strip().lower() for field in names)
    return Table(header, _rows(csv.reader(lines, delimiter=delimiter), header, number, name))


def _lines(reader: io.BufferedReader, name: str) -> Iterator[str]:
    for number in count(1):
        line = reader.readline(_FIELD)
        if not line:
            return
        try:
            yield line.decode()
        except UnicodeDecodeError:
            raise UserError(f"{name}, line {number}: not UTF-8 text; save the file as UTF-8") from None


def _rows(reader: Reader, header: tuple[str, ...], before: int, name: str) -> Iterator[Value | Broken]:
    """The rows after the first `before` lines. A row of another length is broken; the last one may be cut off."""
    usual = csv.field_size_limit(
        _FIELD
    )  # prompts are longer than the usual 128 kB; the limit is the process's
    start = before + 1
    short: Broken | None = None
    try:
        for fields in reader:
            if short is not None:
                yield short
                short = None
            if len(fields) == len(header):
                yield Value(start, dict(zip(header, fields, strict=True)))
            elif fields:
                short = Broken(start, cut=False)
            start = before + reader.line_num + 1
    except csv.Error as error:
        raise UserError(f"{name}, line {start}: not a table that can be read ({error})") from None
    finally:
        csv.field_size_limit(usual)
    if short is not None:
        yield short._replace(cut=True)


class _Chunks(io.RawIOBase):
    """Chunks of bytes as a file to read from."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` with what comes next; 0 at the end."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
