"""Every construct is moved to every provider and runs there; without the rule that mends it, it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import Fate
from tests.projects.cases import Case, move_case, problems, read_cases, run_case

pytestmark = pytest.mark.slow

CASES = read_cases()
MOVES = [pytest.param(case, provider, id=f"{case.name}-{provider}") for case in CASES for provider in case.targets]
UNFIXED = [
    pytest.param(case, rule, provider, id=f"{case.name}-{rule}")
    for case in CASES
    for rule, provider in case.unfixed.items()
]


@pytest.mark.parametrize(("case", "provider"), MOVES)
def test_moved_program_runs(case: Case, provider: str, tmp_path: Path) -> None:
    home, _ = move_case(case, provider, tmp_path)
    result = run_case(case, home, provider)
    assert problems(case, result, provider) == [], str(result)


@pytest.mark.parametrize(("case", "rule", "provider"), UNFIXED)
def test_without_its_rule_it_fails(case: Case, rule: str, provider: str, tmp_path: Path) -> None:
    home, _ = move_case(case, provider, tmp_path, ignore=(rule,))
    assert problems(case, run_case(case, home, provider), provider) != []


@pytest.mark.parametrize(("case", "provider"), MOVES)
def test_a_second_move_changes_nothing(case: Case, provider: str, tmp_path: Path) -> None:
    home, _ = move_case(case, provider, tmp_path)
    plan = api.plan(api.scan([home]), provider, **case.options)
    assert not any(plan.operations.values())
    assert Fate.REWRITTEN not in {decision.fate for decision in plan.decisions}
