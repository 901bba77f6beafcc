"""Every construct is moved to its providers and runs there; without the rule that mends it, it does not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import Fate
from tests.projects.cases import Case, move_case, problems, read_cases, run_case

pytestmark = pytest.mark.slow

Homes = Callable[[Case], dict[tuple[str, str], Path]]
CASES = read_cases()
MENDED = [case for case in CASES if case.unfixed]


def name_of(case: Case) -> str:
    """How a case is called."""
    return case.name


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    """The moved program of a case at each of its providers; moved once for all tests."""

    @cache
    def homes(name: str) -> dict[tuple[str, str], Path]:
        case = next(case for case in CASES if case.name == name)
        return {(p, ""): move_case(case, p, tmp_path_factory.mktemp(p))[0] for p in case.targets}

    return lambda case: homes(case.name)


def trouble(case: Case, homes: dict[tuple[str, str], Path]) -> dict[tuple[str, str], list[str]]:
    """What is wrong with the runs of the moved programs, by provider and rule left out; two run at a time."""

    def one(key: tuple[str, str]) -> list[str]:
        result = run_case(case, homes[key], key[0])
        found = problems(case, result, key[0])
        return [*found, str(result)] if found else []

    with ThreadPoolExecutor(max_workers=2) as pool:
        return dict(zip(homes, pool.map(one, homes), strict=True))


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_moved_program_runs(case: Case, moved: Homes) -> None:
    homes = moved(case)
    assert trouble(case, homes) == {key: [] for key in homes}


@pytest.mark.parametrize("case", MENDED, ids=name_of)
def test_without_its_rule_it_fails(case: Case, tmp_path: Path) -> None:
    homes = {
        (p, rule): move_case(case, p, tmp_path / rule, ignore=(rule,))[0] for rule, p in case.unfixed.items()
    }
    assert [key for key, found in trouble(case, homes).items() if not found] == []


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_second_move_changes_nothing(case: Case, moved: Homes) -> None:
    for (provider, _), home in moved(case).items():
        plan = api.plan(api.scan([home]), provider, **case.options)
        assert not any(plan.operations.values()), provider
        assert Fate.REWRITTEN not in {decision.fate for decision in plan.decisions}, provider
