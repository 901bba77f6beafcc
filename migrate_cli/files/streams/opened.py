"""Opens data files of any size as streams of UTF-8: plain, gzip, members of a zip archive, or standard input."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import stat
import sys
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, cast

from migrate_cli.files.secrets import mask
from migrate_cli.model import UserError

Progress = Callable[[int, int], None]
"""Called with the bytes read so far, as they lie on the disk, and those there are in all; 0: not known."""

STDIN = "-"
_CHUNK = 1 << 18
_HEAD = 4096
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_READABLE = (".csv", ".tsv", ".json", ".jsonl", ".ndjson")
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_FOREIGN = {
    b"PAR1": "a Parquet file: export it as CSV or JSON lines",
    b"(\xb5/\xfd": "packed with zstd: unpack it first",
    b"BZh": "packed with bzip2: unpack it first",
    b"\xfd7zXZ": "packed with xz: unpack it first",
    b"SQLite format 3": "a database: export the table as CSV",
    codecs.BOM_UTF32_LE: "encoded as UTF-32: save it as UTF-8",
    codecs.BOM_UTF32_BE: "encoded as UTF-32: save it as UTF-8",
}


@dataclass(frozen=True, slots=True)
class Stream:
    """One file, or one member of an archive: its `name` for people, and its content as UTF-8 without a mark."""

    name: str
    chunks: Iterator[bytes]


def open_streams(paths: Sequence[str], progress: Progress | None = None) -> Generator[Stream, None, None]:
    """The contents of `paths` one after the other (`-` is standard input); each is read before the next is asked for.
    Who stops before the end closes the generator, and with it the file.

    Raises UserError, now for a path that is missing, a directory or not allowed to be read; while reading for a
    damaged archive, for binary data and for encodings other than UTF-8 and UTF-16.
    """
    total = _total(paths)
    return _streams(paths, total, progress or _silent)


def _streams(paths: Sequence[str], total: int, progress: Progress) -> Generator[Stream, None, None]:
    before = 0
    for path in paths:
        name = mask(path) if path != STDIN else "standard input"
        with _open(path) as raw:
            for stream in _unpacked(raw, name):
                counted = _counted(stream.chunks, raw, before, total, progress)
                yield Stream(stream.name, _as_utf8(counted, stream.name))
        before += _size(path) or 0
        progress(before, total)


def _total(paths: Sequence[str]) -> int:
    sizes = [_size(path) for path in paths]
    return 0 if None in sizes else sum(size for size in sizes if size is not None)


def _size(path: str) -> int | None:
    """Bytes of a regular file, None for standard input and pipes."""
    if path == STDIN:
        return None
    try:
        found = Path(path).stat()
    except (OSError, ValueError) as error:
        raise UserError(
            f"cannot read {mask(path)}: {getattr(error, 'strerror', None) or 'not a path'}"
        ) from None
    if stat.S_ISDIR(found.st_mode):
        raise UserError(f"{mask(path)} is a directory: name the usage files in it")
    if not os.access(path, os.R_OK):
        raise UserError(f"cannot read {mask(path)}: permission denied")
    return found.st_size if stat.S_ISREG(found.st_mode) else None


@contextmanager
def _open(path: str) -> Iterator[io.BufferedReader]:
    if path == STDIN:
        reader = cast(io.BufferedReader, io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer)))
        try:
            yield reader
        finally:
            reader.detach()  # standard input is not ours to close
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(path).open("rb"))
        except OSError as error:
            raise UserError(f"cannot read {mask(path)}: {error.strerror}") from None
        yield file


def _unpacked(raw: io.BufferedReader, name: str) -> Iterator[Stream]:
    head = raw.peek(4)
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        yield from _members(raw, name)
    elif head.startswith(_GZIP):
        yield Stream(name, _guarded(gzip.GzipFile(fileobj=raw), name))
    else:
        yield Stream(name, _pieces(raw))


def _members(raw: io.BufferedReader, name: str) -> Iterator[Stream]:
    if not raw.seekable():
        raise UserError(f"{name}: a zip archive cannot be read from a pipe; save it as a file first")
    try:
        archive = zipfile.ZipFile(raw)
    except (zipfile.BadZipFile, OSError):
        raise UserError(f"{name}: a damaged zip archive") from None
    members = [info for info in archive.infolist() if _readable(info.filename)]
    if not members:
        raise UserError(f"{name}: no CSV or JSON file in this archive")
    for info in sorted(members, key=lambda member: member.filename):
        inner = f"{name}/{mask(info.filename)}"
        try:
            opened = archive.open(info)
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile, OSError):
            raise UserError(f"{inner}: encrypted, damaged or packed in an unknown way") from None
        yield Stream(inner, _guarded(opened, inner))


def _readable(member: str) -> bool:
    return member.lower().endswith(_READABLE) and not member.startswith("__MACOSX/")


def _pieces(file: IO[bytes] | io.BufferedIOBase) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _guarded(file: IO[bytes] | io.BufferedIOBase, name: str) -> Iterator[bytes]:
    try:
        yield from _pieces(file)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
        raise UserError(f"{name}: the archive is damaged or cut off; fetch or pack it again") from None


def _counted(
    chunks: Iterator[bytes], raw: io.BufferedReader, before: int, total: int, progress: Progress
) -> Iterator[bytes]:
    count = 0
    for chunk in chunks:
        count += len(chunk)
        yield chunk
        progress(before + (raw.tell() if raw.seekable() else count), total)


def _as_utf8(chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    """The stream without its byte-order mark, UTF-16 turned into UTF-8."""
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= _HEAD:
            break
    for magic, words in _FOREIGN.items():
        if head.startswith(magic):
            raise UserError(f"{name} is {words}")
    for mark, encoding in _UTF16.items():
        if head.startswith(mark):
            yield from _recoded(chain([head[len(mark) :]], chunks), encoding, name)
            return
    if b"\0" in head[:_HEAD]:
        raise UserError(f"{name} is binary, neither CSV nor JSON text")
    yield head.removeprefix(codecs.BOM_UTF8)
    yield from chunks


def _recoded(chunks: Iterable[bytes], encoding: str, name: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError:
        raise UserError(f"{name}: not valid UTF-16 text; save it as UTF-8") from None


def _silent(done: int, total: int) -> None:
    pass
