"""What breaks after a move: how bad each pitfall is, where that is known from, and why no rule looks for some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from migrate_cli.catalogue.source import read_data


@dataclass(frozen=True, slots=True)
class Pitfall:
    """`severity`: critical, high, medium or low. `undetectable`: why no rule can see it, None when one does."""

    code: str
    severity: str
    sources: tuple[str, ...]
    undetectable: str | None


@cache
def pitfalls() -> Mapping[str, Pitfall]:
    """All pitfalls by code, from the survey of November 2026. Raises UserError when the file is broken."""
    data = read_data(Path(__file__).parent, "pitfalls")
    return {
        code: Pitfall(code, entry["severity"], tuple(entry["sources"]), entry.get("undetectable"))
        for code, entry in data["pitfalls"].items()
    }
