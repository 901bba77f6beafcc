"""Every rule that edits has its proof: a program that only runs after its move because of that rule."""

from __future__ import annotations

import pytest

from migrate_cli.model import Safety
from migrate_cli.rules.registry import RULES
from tests.projects.cases import Case, read_cases

CASES = read_cases()
# Rules whose proof is none of the cases.
ELSEWHERE = {
    "ENV07": "needs two providers at a time: see test_split_runs",
    "FRM17": "CrewAI's environment is too large to be built for every run; its moved programs were run by hand",
}


def test_every_rule_that_edits_is_proved() -> None:
    proved = {rule for case in CASES for rule in case.unfixed} | set(ELSEWHERE)
    edits = {entry.rule.code for entry in RULES if entry.rule.safety is not Safety.ADVICE}
    assert sorted(edits - proved) == []


def test_no_rule_is_excused_that_a_case_proves() -> None:
    assert set(ELSEWHERE).isdisjoint(rule for case in CASES for rule in case.unfixed)


def test_no_case_switches_off_a_rule_that_is_not_there() -> None:
    named = {rule for case in CASES for rule in case.unfixed}
    assert sorted(named - {entry.rule.code for entry in RULES}) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_rule_is_switched_off_where_the_program_can_be_moved(case: Case) -> None:
    assert set(case.unfixed.values()) <= set(case.offers)
