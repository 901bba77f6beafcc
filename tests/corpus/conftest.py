"""Collects one line of numbers per package and prints them when the run ends."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.tables import write_table

ROWS = pytest.StashKey[list[Sequence[object]]]()
MISSED = pytest.StashKey[set[str]]()
HEADER = (
    *("package", "to", "files", "read", "sites", "rewritten", "review", "manual", "skipped", "migrated"),
    *("changed", "calls/shapes", "seconds"),
)


@pytest.fixture(scope="session")
def rows(pytestconfig: pytest.Config) -> list[Sequence[object]]:
    """The table so far."""
    return pytestconfig.stash.setdefault(ROWS, [])


@pytest.fixture(scope="session")
def missed(pytestconfig: pytest.Config) -> set[str]:
    """Calls of an OpenAI shape that no scan reported."""
    return pytestconfig.stash.setdefault(MISSED, set())


@pytest.fixture(autouse=True)
def private_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps the journal's pads out of the user's own state directory."""
    state = str(tmp_path_factory.mktemp("state"))
    monkeypatch.setenv("XDG_STATE_HOME", state)
    monkeypatch.setenv("LOCALAPPDATA", state)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the table, then the calls that were not found."""
    rows = config.stash.get(ROWS, [])
    if not rows:
        return
    write_table(terminalreporter, "corpus of public packages", HEADER, rows)
    missed = sorted(config.stash.get(MISSED, frozenset()))
    terminalreporter.write_line(f"calls of an OpenAI shape that were not reported: {len(missed)}")
    for line in missed:
        terminalreporter.write_line(f"  {line}")
