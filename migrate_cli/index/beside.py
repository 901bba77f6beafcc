"""The project's configuration files: found by name, read when asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from migrate_cli.files.entry import Entry
from migrate_cli.files.text import Unreadable, decode, line_starts, location
from migrate_cli.model import Location, Span


@dataclass(frozen=True, slots=True)
class _Known:
    """The entries of one file, and what it takes to say where they stand."""

    entries: tuple[Entry, ...]
    data: bytes
    starts: tuple[int, ...]
    digest: str  # SHA-256 of its bytes


class Beside:
    """Configuration files below the project's root; `read` gives a file's bytes or raises OSError."""

    def __init__(self, files: Iterable[str], read: Callable[[str], bytes]) -> None:
        self.files = frozenset(files)
        self._read = read
        self._known: dict[str, _Known | None] = {}
        self._under: dict[tuple[str, bool], dict[tuple[str, ...], Entry]] = {}
        self._variables: dict[str, tuple[tuple[str, Entry], ...]] | None = None

    def entries(self, path: str) -> tuple[Entry, ...] | None:
        """The entries of a file; None when it is not there, cannot be read or has no keys."""
        known = self._load(path)
        return known.entries if known is not None else None

    def under(self, path: str, keys: tuple[str, ...], *, folded: bool = False) -> Entry | None:
        """The first entry of a file at or below `keys`; with `folded` their case does not count."""
        if (path, folded) not in self._under:
            table: dict[tuple[str, ...], Entry] = {}
            for entry in self.entries(path) or ():
                names = tuple(key.lower() for key in entry.keys) if folded else entry.keys
                for depth in range(len(names) + 1):
                    table.setdefault(names[:depth], entry)
            self._under[path, folded] = table
        return self._under[path, folded].get(tuple(key.lower() for key in keys) if folded else keys)

    def place(self, path: str, span: Span) -> Location:
        """Where a span of a file stands."""
        known = self._load(path)
        return (
            location(path, known.data, known.starts, span)
            if known is not None
            else Location(path, 1, 1, 1, 1)
        )

    def variable(self, name: str) -> tuple[tuple[str, Entry], ...]:
        """Where dotenv files set a variable: (path, entry)."""
        if self._variables is None:
            from migrate_cli.files.keyed import reader
            from migrate_cli.files.keyed_lines import read_dotenv

            found: dict[str, list[tuple[str, Entry]]] = {}
            for path in sorted(p for p in self.files if reader(p) is read_dotenv):
                for entry in self.entries(path) or ():
                    found.setdefault(entry.keys[0], []).append((path, entry))
            self._variables = {key: tuple(places) for key, places in found.items()}
        return self._variables.get(name, ())

    def digests(self) -> dict[str, str]:
        """The SHA-256 of every file that was read."""
        return {path: known.digest for path, known in self._known.items() if known is not None}

    def _load(self, path: str) -> _Known | None:
        if path not in self._known:
            self._known[path] = self._parse(path) if path in self.files else None
        return self._known[path]

    def _parse(self, path: str) -> _Known | None:
        from migrate_cli.files.keyed import entries

        try:
            raw = self._read(path)
            text = decode(raw).text
            found = entries(path, text)
        except (OSError, ValueError, Unreadable):
            return None
        data = text.encode("utf-8")
        return _Known(found, data, line_starts(data), hashlib.sha256(raw).hexdigest())
