"""Collects ratios and prints them when the run ends; noise fails nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.tables import write_table

RATIOS = pytest.StashKey[list[Sequence[object]]]()
HEADER = ("what", "compared with", "ratio", "target", "ms")


@pytest.fixture(scope="session")
def ratios(pytestconfig: pytest.Config) -> list[Sequence[object]]:
    """The table so far."""
    return pytestconfig.stash.setdefault(RATIOS, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the table."""
    rows = config.stash.get(RATIOS, [])
    if rows:
        write_table(
            terminalreporter, "speed (medians of paired runs; targets are not enforced)", HEADER, rows
        )
