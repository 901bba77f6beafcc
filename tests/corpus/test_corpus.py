"""Real packages survive: nothing crashes, a second run changes nothing, undo restores every byte."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from migrate_cli.model import SiteKind
from tests.corpus import shapes
from tests.corpus import trip as trips
from tests.corpus.fetch import Package, cache_directory, fetch, packages
from tests.corpus.trip import Trip, round_trip

# ernie is the main job; kimi rejects the most parameters; --review also writes what is only likely.
MODES = (("ernie", False), ("kimi", False), ("glm", True))

pytestmark = pytest.mark.slow


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Path]:
    """A directory that is gone when the test ends, so that sixty copies do not pile up."""
    yield tmp_path
    shutil.rmtree(tmp_path)


@pytest.mark.parametrize(("provider", "review"), MODES)
@pytest.mark.parametrize("package", packages(), ids=str)
def test_round_trip(
    package: Package,
    provider: str,
    review: bool,
    workplace: Path,
    rows: list[Sequence[object]],
    missed: set[str],
) -> None:
    source = fetch(package, cache_directory())
    tree = Path(shutil.copytree(source, workplace / "tree"))
    trip = round_trip(tree, provider, review=review)
    expected = frozenset(place for place in shapes.places(source) if place[0] not in package.look_alikes)
    calls = frozenset((s.path, s.location.line) for s in trip.scan.sites if s.kind is SiteKind.CALL)
    missed.update(f"{package}: {path}:{line}" for path, line in expected - calls)
    rows.append(
        _row(package, provider + " --review" * review, trip, f"{len(calls & expected)}/{len(expected)}")
    )

    assert [skip for skip in trip.scan.skips if skip.problem and skip.path not in package.problems] == []
    assert trips.mixed_up(trip, package.look_alikes) == []
    assert len(calls) >= package.at_least
    _accounted(trip)
    _written_whole(trip)
    _settled(trip)
    assert trip.undone == trip.before
    assert trips.KEY.findall(trip.journal) == []


def _accounted(trip: Trip) -> None:
    """Every site has exactly one decision, and every file that changed is one that the outcome names."""
    decided = trips.ids(trip.outcome.decisions)
    assert set(decided.values()) <= {1}
    assert set(decided) == {site.id for site in trip.scan.sites}
    assert len({site.id for site in trip.scan.sites}) == len(trip.scan.sites)
    assert trip.changed == trips.written(trip.outcome)


def _written_whole(trip: Trip) -> None:
    """No file was refused, broken, added or lost, and modes stayed."""
    assert trips.trouble(trip.outcome) == []
    assert trips.broken(trip) == []
    assert trip.after.keys() == trip.before.keys()
    assert {path: mode for path, (_, mode) in trip.after.items()} == {
        p: m for p, (_, m) in trip.before.items()
    }


def _settled(trip: Trip) -> None:
    """A second run has nothing to do and does nothing."""
    assert {path: edits for path, edits in trip.again.operations.items() if edits} == {}
    assert trips.written(trip.second) == frozenset()
    assert trip.settled == trip.after


def _row(package: Package, provider: str, trip: Trip, recall: str) -> Sequence[object]:
    fates = trip.fates
    counts = (fates[name] for name in ("rewritten", "review", "manual", "skipped", "already migrated"))
    scan = trip.scan
    return (
        *(package, provider, scan.files, scan.candidates, len(scan.sites), *counts),
        *(len(trip.changed), recall, f"{trip.seconds:.1f}"),
    )
