"""Helpers: a usage file from text, and what was read from it in few words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from migrate_cli.costs.usage.read import read_usage
from migrate_cli.costs.usage.record import Billed, Covered, Entry, Left, Usage

CASES = Path(__file__).parent.parent.parent / "cases" / "usage"


def case(name: str, **options: bool) -> list[Entry]:
    """The entries of a committed fixture."""
    return list(read_usage([CASES / name], **options))


def text(folder: Path, content: str, name: str = "log.jsonl") -> Path:
    """A file with `content`."""
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def usages(entries: Iterable[Entry]) -> list[Usage]:
    return [entry for entry in entries if isinstance(entry, Usage)]


def bills(entries: Iterable[Entry]) -> list[Billed]:
    return [entry for entry in entries if isinstance(entry, Billed)]


def covered(entries: Iterable[Entry]) -> list[Covered]:
    return [entry for entry in entries if isinstance(entry, Covered)]


def left(entries: Iterable[Entry]) -> dict[str, tuple[int, int]]:
    """Reason to (times, tokens)."""
    return {entry.why: (entry.times, entry.tokens) for entry in entries if isinstance(entry, Left)}


def counts(entries: Iterable[Entry]) -> list[tuple[str | None, int, int, int, int]]:
    """(model, requests, input, cached, output) of each record."""
    return [(u.model, u.requests, u.input, u.cached, u.output) for u in usages(entries)]
