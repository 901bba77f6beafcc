"""Which format a file is in, told from its head, and its records in that format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from migrate_cli.costs.usage.format import Format
from migrate_cli.costs.usage.formats import FORMATS
from migrate_cli.costs.usage.openai_usage import EMPTY_EXPORT, USAGE_API, USAGE_CSV, empty_bucket
from migrate_cli.files.secrets import mask
from migrate_cli.files.streams.opened import Stream
from migrate_cli.files.streams.rows import Table, table
from migrate_cli.files.streams.values import Broken, Value, json_values
from migrate_cli.model import UserError

_RECORDS = 200  # so many values are looked at, and so many records in each
_NAMES = 40
_NAME = re.compile(r"[A-Za-z_][\w .:-]{0,39}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file's format and its values; `what` one of them is called, and the columns that are `unknown`."""

    format: Format
    values: Iterator[Value | Broken]
    what: str
    unknown: tuple[str, ...] = ()


def recognised(stream: Stream, chosen: Format | None) -> Recognised:
    """The format of a stream: `chosen` if it fits, else the first that does.

    Raises UserError, naming the file and what was found in it, if it is empty, in no format, not in the chosen one,
    or lacks a column.
    """
    start = _start(stream)
    chunks = chain([start], stream.chunks)
    if start.lstrip().startswith((b"{", b"[")):
        return _from_values(stream.name, json_values(chunks), chosen)
    return _from_table(stream.name, table(chunks, stream.name), chosen)


def _start(stream: Stream) -> bytes:
    """All up to the first chunk that holds more than white space."""
    start = b""
    for chunk in stream.chunks:
        start += chunk
        if not start.isspace() and start:
            return start
    raise UserError(f"{stream.name} is empty")


def _from_values(name: str, values: Iterator[Value | Broken], chosen: Format | None) -> Recognised:
    tried = (chosen,) if chosen else FORMATS
    head: list[Value | Broken] = []
    empty = False
    for value in islice(values, _RECORDS):
        head.append(value)
        if isinstance(value, Broken):
            continue
        found = next((each for each in tried if _fits(each, value.value)), None)
        if found is not None:
            return Recognised(found, chain(head, values), "JSON record")
        empty = empty or any(empty_bucket(part) for part in _few(USAGE_API, value.value))
    if empty:
        return Recognised(chosen or USAGE_API, chain(head, values), "JSON record")
    raise UserError(_no_fit(name, head, chosen))


def _no_fit(name: str, head: list[Value | Broken], chosen: Format | None) -> str:
    wrong = next((place for place in head if isinstance(place, Broken)), None)
    if wrong is not None and wrong is head[0]:
        return f"{name}, line {wrong.line}: not valid JSON{', it breaks off' if wrong.cut else ''}"
    if not head:
        return f"{name} holds no records"
    return _unknown(name, chosen, "members", _members(head))


def _fits(form: Format, value: Any) -> bool:
    return form.fits is not None and any(form.fits(part) for part in _few(form, value))


def _few(form: Format, value: Any) -> Iterable[Mapping[str, Any]]:
    return islice(form.parts(value), _RECORDS)


def _members(head: Iterable[Value | Broken]) -> Iterable[str]:
    for value in head:
        if isinstance(value, Value) and isinstance(value.value, dict):
            return value.value
    return ()


def _from_table(name: str, found: Table, chosen: Format | None) -> Recognised:
    header = frozenset(found.header)
    form = chosen if chosen and chosen.columns else _with_signs(header) if chosen is None else None
    if form is None or form.columns is None:
        raise UserError(_unknown(name, chosen, "columns", found.header))
    empty = form is USAGE_CSV and header == EMPTY_EXPORT
    missing = [" or ".join(names) for names in form.columns.needs if not header.intersection(names)]
    if missing and not empty:
        raise UserError(
            f"{name}: read as {form.name}, it lacks the column {', '.join(missing)}; "
            f"found: {listed(found.header)}"
        )
    unknown = tuple(column for column in found.header if column not in form.columns.known)
    return Recognised(form, found.rows, "row", unknown)


def _with_signs(header: frozenset[str]) -> Format | None:
    tables = ((each, each.columns) for each in FORMATS if each.columns is not None)
    return next((each for each, columns in tables if any(sign <= header for sign in columns.signs)), None)


def _unknown(name: str, chosen: Format | None, what: str, names: Iterable[str]) -> str:
    problem = f"is not {chosen.name}" if chosen else "is in no usage format that is known"
    hint = "leave --usage-format out, or name another" if chosen else "name its format with --usage-format"
    return f"{name} {problem}; {what} found: {listed(names)}; {hint}"


def listed(names: Iterable[str]) -> str:
    """Names of columns or members as they may be printed: free text and addresses are only counted."""
    known = list(islice(names, 1000))
    plain = [mask(name) for name in known if _NAME.fullmatch(name)][:_NAMES]
    others = len(known) - len(plain)
    return ", ".join([*plain, *([f"{others} more"] if others else [])]) or "none"
