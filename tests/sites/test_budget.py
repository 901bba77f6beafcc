"""One bad file never ends a run: not by an error of ours, and not by the time it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.sites import reader, scan

GOOD = "from openai import OpenAI\n\nclient = OpenAI()\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("bad.py", "good.py"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_a_file_that_takes_too_long_is_a_problem_and_the_run_goes_on(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "SECONDS_PER_FILE", -1)
    found = api.scan([project])
    assert [(s.path, s.reason) for s in found.skips if s.problem] == [
        ("bad.py", "took longer than -1 s: some places may be missing"),
        ("good.py", "took longer than -1 s: some places may be missing"),
    ]
    assert {s.path for s in found.sites} == {"bad.py", "good.py"}


def test_a_file_within_its_time_is_no_problem(project: Path) -> None:
    assert [s for s in api.scan([project]).skips if s.problem] == []


def test_an_error_of_ours_costs_one_file_only(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    healthy = reader.read_sites

    def failing(resolver, module, cell_of):  # type: ignore[no-untyped-def]
        return {"bad.py": _raise}.get(module.path, healthy)(resolver, module, cell_of)

    monkeypatch.setattr(reader, "read_sites", failing)
    found = api.scan([project])
    assert [(s.path, s.reason) for s in found.skips if s.problem] == [
        ("bad.py", "could not be analysed: TypeError")
    ]
    assert {s.path for s in found.sites} == {"good.py"}


def _raise(*_: object) -> None:
    raise TypeError
