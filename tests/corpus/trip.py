"""One round trip over a copy of a package: scan, plan, write, do it again, undo."""

from __future__ import annotations

import re
import time
import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from migrate_cli import api
from migrate_cli.model import Decision, Outcome, Plan, Scan, SiteId, SiteKind, Status

STATE = ".migrate"
# Independent of the tool's own notion of a key, so that a hole in that one shows here.
KEY = re.compile(rb"(?<![A-Za-z0-9_])sk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,}")

Snapshot = Mapping[str, tuple[bytes, int]]  # path -> bytes and mode


@dataclass(frozen=True, slots=True)
class Trip:
    """What was seen on the way: the tree at each stage, and the seconds of the first scan, plan and write."""

    scan: Scan
    outcome: Outcome
    again: Plan
    second: Outcome
    before: Snapshot
    after: Snapshot
    settled: Snapshot
    undone: Snapshot
    journal: bytes
    seconds: float

    @property
    def changed(self) -> frozenset[str]:
        """Paths whose bytes or mode differ after the rewrite."""
        return frozenset(path for path in self.before if self.before[path] != self.after.get(path))

    @property
    def fates(self) -> Counter[str]:
        """Sites by fate."""
        return Counter(decision.fate.value for decision in self.outcome.decisions)


def round_trip(tree: Path, provider: str, *, review: bool = False) -> Trip:
    """Scan `tree`, rewrite it for `provider`, scan and rewrite again, then undo everything."""
    before = snapshot(tree)
    start = time.perf_counter()
    scan = api.scan([tree])
    outcome = api.apply(api.plan(scan, provider, review=review), allow_dirty=True)
    seconds = time.perf_counter() - start
    after = snapshot(tree)
    again = api.plan(api.scan([tree]), provider, review=review)
    second = api.apply(again, allow_dirty=True)
    settled = snapshot(tree)
    journal = b"\n".join(file.read_bytes() for file in sorted((tree / STATE).rglob("*")) if file.is_file())
    if outcome.run is not None:
        api.undo(tree, outcome.run)
    return Trip(scan, outcome, again, second, before, after, settled, snapshot(tree), journal, seconds)


def snapshot(tree: Path) -> Snapshot:
    """Every file under `tree` except the tool's own state."""
    files = (path for path in sorted(tree.rglob("*")) if path.is_file())
    named = ((path.relative_to(tree).as_posix(), path) for path in files)
    return {
        name: (path.read_bytes(), path.stat().st_mode) for name, path in named if not name.startswith(STATE)
    }


def broken(trip: Trip) -> list[str]:
    """Python files that the rewrite touched and that no longer compile."""
    return [
        path
        for path in sorted(trip.changed)
        if path.endswith(".py") and not _compiles(trip.after[path][0], path)
    ]


def _compiles(source: bytes, path: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old packages hold invalid escapes, which are theirs
        try:
            compile(source, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            return False
    return True


def mixed_up(trip: Trip, look_alikes: frozenset[str]) -> list[str]:
    """Sites that take another vendor's client for OpenAI's."""
    return [
        f"{site.location} {site.symbol}"
        for site in trip.scan.sites
        if site.path in look_alikes
        and (
            site.kind is SiteKind.CALL or (site.kind is SiteKind.CLIENT and site.symbol.startswith("openai."))
        )
    ]


def ids(decisions: tuple[Decision, ...]) -> Counter[SiteId]:
    """How often each site was decided."""
    return Counter(decision.site.id for decision in decisions)


def written(outcome: Outcome) -> frozenset[str]:
    """Paths that an outcome says it changed."""
    return frozenset(file.path for file in outcome.files if file.status is Status.CHANGED)


def trouble(outcome: Outcome) -> list[tuple[str, str | None]]:
    """Files that were refused or failed, with the reason."""
    return [(f.path, f.reason) for f in outcome.files if f.status in (Status.REFUSED, Status.FAILED)]
