"""Reads usage from files of any format and size, one entry after the other."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from migrate_cli.costs.usage.format import NO_MODEL, NOT_A_CALL, Format, Reading
from migrate_cli.costs.usage.formats import format_named
from migrate_cli.costs.usage.notes import Notes
from migrate_cli.costs.usage.recognise import Recognised, listed, recognised
from migrate_cli.costs.usage.record import Covered, Entry, Left, Usage
from migrate_cli.costs.usage.seen import REPEATS, Seen
from migrate_cli.costs.usage.tokens import CachedApart
from migrate_cli.files.streams.opened import Progress, Stream, open_streams
from migrate_cli.files.streams.values import Broken, Value
from migrate_cli.model import UserError


def read_usage(
    paths: Sequence[str | Path],
    *,
    format: str | None = None,
    cached_excluded: bool = False,
    progress: Progress | None = None,
) -> Generator[Entry, None, None]:
    """The entries of `paths` (files, `-` for standard input), streamed in bounded memory.

    Each file's format is told from its head, or is `format` for all. `cached_excluded`: the sources count cached
    tokens apart from the input. `progress` is called with the bytes read and those in all (0: not known). What was
    left out comes after a file's records, once per reason.

    Raises UserError, at once for a path or a format that does not exist; while reading for a file that cannot be
    understood, that needs `cached_excluded`, or that names no model because it was not asked for by model.
    """
    chosen = format_named(format) if format is not None else None
    return _entries(open_streams([str(path) for path in paths], progress), chosen, cached_excluded)


def _entries(
    streams: Generator[Stream, None, None], chosen: Format | None, cached_excluded: bool
) -> Generator[Entry, None, None]:
    seen = Seen()
    with closing(streams):
        for stream in streams:
            found = recognised(stream, chosen)
            reading = Reading(f"{stream.name} ({found.format.title})", cached_excluded)
            yield from _file(stream.name, found, reading, seen)
            seen.next_file()


def _file(name: str, found: Recognised, reading: Reading, seen: Seen) -> Iterator[Entry]:
    notes = Notes(reading.source)
    if found.unknown:
        notes.leave(f"columns that are not known, not read: {listed(found.unknown)}")
    any_read = False
    for value in found.values:
        if isinstance(value, Broken):
            _check_lost(name, value)
            notes.broken(value, found.what)
            continue
        for entry in _records(name, value, found.format, reading, seen, notes):
            any_read = any_read or not isinstance(entry, Covered)
            yield entry
    if not any_read:
        _check_read(name, found.format, notes)
    yield from notes.entries()


def _records(
    name: str, value: Value, form: Format, reading: Reading, seen: Seen, notes: Notes
) -> Iterator[Entry]:
    """The records in one JSON value or row; what is left out goes into `notes`."""
    if not isinstance(value.value, dict):
        notes.leave(NOT_A_CALL)
    for part in form.parts(value.value):
        try:
            items = tuple(form.read(part, reading))
        except CachedApart:
            raise UserError(
                f"{name}, line {value.line}: more cached than input tokens; this source counts them apart, "
                "so give --cached-excluded to have them added"
            ) from None
        except ValueError as error:
            notes.odd(value.line, error)
            continue
        for item in items:
            entry = item.entry
            if isinstance(entry, Left):
                notes.leave(entry.why, entry.times, entry.tokens)
            elif (why := seen.repeated(item)) is not None:
                notes.leave(why, 1, entry.input + entry.output if isinstance(entry, Usage) else 0)
            else:
                yield entry


def _check_lost(name: str, place: Broken) -> None:
    if place.lost:
        raise UserError(
            f"{name}, line {place.line}: not valid JSON, and what follows cannot be read; export the file again"
        )


def _check_read(name: str, form: Format, notes: Notes) -> None:
    """A file of which nothing counts is an error where its own words can mend it, and worth a note otherwise."""
    if any(notes.times(why) for why in REPEATS):
        return
    if form.ungrouped and notes.times(NO_MODEL):
        raise UserError(f"{name}: {form.ungrouped}")
    if notes.first_odd is not None:
        line, problem = notes.first_odd
        raise UserError(f"{name}, line {line}: read as {form.name}, {problem}")
    if notes.empty:
        notes.leave("no usage in it: a period without traffic")
