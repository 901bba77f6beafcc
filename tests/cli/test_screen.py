from __future__ import annotations

import io
import sys

import pytest

from migrate_cli.cli.screen import Screen


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_needs_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert Screen().progress("Reading files") is None


def test_progress_is_silent_when_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert Screen(quiet=True).progress("Reading files") is None


def test_progress_stays_on_one_line_and_is_wiped_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.05, 0.2, 0.3])
    monkeypatch.setattr("migrate_cli.cli.screen.time.monotonic", lambda: next(clock))
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    tick = Screen().progress("Reading files")
    assert tick is not None
    for done in (1, 2, 3):
        tick(done, 3)
    assert terminal.getvalue() == "\rReading files 2/3\x1b[K\r\x1b[K"


@pytest.mark.parametrize(
    ("done", "total", "line"),
    [(50_000_000, 200_000_000, "50/200 MB, 25%"), (50_000_000, 0, "50 MB")],
)
def test_big_files_are_told_in_megabytes(
    done: int, total: int, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.2])
    monkeypatch.setattr("migrate_cli.cli.screen.time.monotonic", lambda: next(clock))
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    tick = Screen().progress("Reading usage", in_bytes=True)
    assert tick is not None
    tick(done, total)
    assert terminal.getvalue() == f"\rReading usage {line}\x1b[K"
