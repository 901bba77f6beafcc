"""Development only: these tests are collected with `-m crosscheck` and in no other run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.tables import write_table

ROWS = pytest.StashKey[list[Sequence[object]]]()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves the tests of this folder alone unless they are asked for."""
    return None if "crosscheck" in str(config.option.markexpr) else True


@pytest.fixture(scope="session")
def rows(pytestconfig: pytest.Config) -> list[Sequence[object]]:
    """Places on which jedi and we disagree, with the reason that settles each."""
    return pytestconfig.stash.setdefault(ROWS, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the disagreements."""
    found = config.stash.get(ROWS, [])
    if found:
        write_table(
            terminalreporter, "jedi and migrate disagree", ("place", "jedi", "migrate", "settled"), found
        )
