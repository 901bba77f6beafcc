"""Collects one line of numbers per package and prints them when the run ends."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.corpus.scoring import Score, table, unsure, written
from tests.tables import write_table

ROWS = pytest.StashKey[list[Sequence[object]]]()
MISSED = pytest.StashKey[set[str]]()
SCORES = pytest.StashKey[dict[str, Score]]()
HEADER = (
    *("package", "to", "files", "read", "sites", "rewritten", "review", "manual", "skipped", "migrated"),
    *("changed", "calls/shapes", "seconds"),
)
LABEL_HEADER = ("kind", "labelled", "found", "missed", "false", "recall", "precision")


@pytest.fixture(scope="session")
def rows(pytestconfig: pytest.Config) -> list[Sequence[object]]:
    """The table so far."""
    return pytestconfig.stash.setdefault(ROWS, [])


@pytest.fixture(scope="session")
def missed(pytestconfig: pytest.Config) -> set[str]:
    """Calls of an OpenAI shape that no scan reported."""
    return pytestconfig.stash.setdefault(MISSED, set())


@pytest.fixture(scope="session")
def total(pytestconfig: pytest.Config) -> dict[str, Score]:
    """The scores of the labelled packages so far."""
    return pytestconfig.stash.setdefault(SCORES, {})


@pytest.fixture(autouse=True)
def private_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps the journal's pads out of the user's own state directory."""
    state = str(tmp_path_factory.mktemp("state"))
    monkeypatch.setenv("XDG_STATE_HOME", state)
    monkeypatch.setenv("LOCALAPPDATA", state)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the tables, then the calls that were not found."""
    _write_scores(terminalreporter, config.stash.get(SCORES, {}))
    rows = config.stash.get(ROWS, [])
    if not rows:
        return
    write_table(terminalreporter, "corpus of public packages", HEADER, rows)
    missed = sorted(config.stash.get(MISSED, frozenset()))
    terminalreporter.write_line(f"calls of an OpenAI shape that were not reported: {len(missed)}")
    for line in missed:
        terminalreporter.write_line(f"  {line}")


def _write_scores(reporter: pytest.TerminalReporter, scores: dict[str, Score]) -> None:
    if not scores:
        return
    sums = sum(scores.values(), Score())
    write_table(reporter, "scan against labels made by hand", LABEL_HEADER, table(sums))
    lists = {
        "missed": [f"{name}: {place}" for name, score in scores.items() for place in written(score.missed)],
        "false": [f"{name}: {place}" for name, score in scores.items() for place in written(score.false)],
        "left open by the labels, counted neither way": unsure(sums),
    }
    for title, lines in lists.items():
        reporter.write_line(f"{title}:")
        for line in lines:
            reporter.write_line(f"  {line}")
