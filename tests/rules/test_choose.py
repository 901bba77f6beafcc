"""A plan cut down to what was chosen: a declined client keeps its calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import Fate, Plan

SOURCE = """\
import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])
client.chat.completions.create(model="gpt-4o", messages=[], stop="END")
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    (tmp_path / "app.py").write_text(SOURCE, encoding="utf-8")
    return api.plan(api.scan([tmp_path]), "glm", review=True)


def written(plan: Plan) -> str:
    """The file after the plan."""
    api.apply(plan, allow_dirty=True)
    return (Path(plan.scan.root) / "app.py").read_text(encoding="utf-8")


def test_clients_come_first(plan: Plan) -> None:
    kinds = [choice.decision.site.kind.value for choice in api.choices(plan)]
    assert kinds == sorted(kinds, key=lambda kind: kind != "client")


def test_all_taken_is_the_whole_plan(plan: Plan) -> None:
    whole = api.choose(plan, [choice.key for choice in api.choices(plan)])
    assert (whole.operations, whole.decisions) == (plan.operations, plan.decisions)


def test_nothing_taken_changes_nothing(plan: Plan) -> None:
    assert written(api.choose(plan, [])) == SOURCE


def test_a_change_can_be_left_out(plan: Plan) -> None:
    taken = [c.key for c in api.choices(plan) if c.finding.rule.code != "PRM10"]
    text = written(api.choose(plan, taken))
    assert 'stop="END"' in text
    assert "bigmodel" in text


def test_a_call_stays_with_a_client_that_was_left(plan: Plan) -> None:
    taken = [c.key for c in api.choices(plan) if c.finding.rule.code != "SDK08"]
    assert 'model="gpt-4o"' in written(api.choose(plan, taken))


def test_what_was_left_waits_for_a_look(plan: Plan) -> None:
    chosen = api.choose(plan, [])
    assert Fate.REWRITTEN not in {decision.fate for decision in chosen.decisions}
