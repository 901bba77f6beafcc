"""Every construct is moved to its providers and runs there; without the rule that mends it, it does not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import Fate
from tests.projects.cases import Case, move_case, problems, read_cases, run_case

pytestmark = pytest.mark.slow

CASES = read_cases()
MENDED = [case for case in CASES if case.unfixed]


def name_of(case: Case) -> str:
    """How a case is called."""
    return case.name


def trouble(case: Case, homes: dict[tuple[str, str], Path]) -> dict[tuple[str, str], list[str]]:
    """What is wrong with the runs of the moved programs, by provider and rule left out; two run at a time."""

    def one(key: tuple[str, str]) -> list[str]:
        result = run_case(case, homes[key], key[0])
        found = problems(case, result, key[0])
        return [*found, str(result)] if found else []

    with ThreadPoolExecutor(max_workers=2) as pool:
        return dict(zip(homes, pool.map(one, homes), strict=True))


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_moved_program_runs(case: Case, tmp_path: Path) -> None:
    homes = {(p, ""): move_case(case, p, tmp_path / p)[0] for p in case.targets}
    assert trouble(case, homes) == {key: [] for key in homes}


@pytest.mark.parametrize("case", MENDED, ids=name_of)
def test_without_its_rule_it_fails(case: Case, tmp_path: Path) -> None:
    homes = {(p, rule): move_case(case, p, tmp_path / rule, ignore=(rule,))[0] for rule, p in case.unfixed.items()}
    assert [key for key, found in trouble(case, homes).items() if not found] == []


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_second_move_changes_nothing(case: Case, tmp_path: Path) -> None:
    for provider in case.targets:
        home, _ = move_case(case, provider, tmp_path / provider)
        plan = api.plan(api.scan([home]), provider, **case.options)
        assert not any(plan.operations.values()), provider
        assert Fate.REWRITTEN not in {decision.fate for decision in plan.decisions}, provider
