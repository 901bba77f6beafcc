"""What belongs together is written together: edits of one finding, a call and its client, a file of our own."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.files.journal import UndoStatus
from migrate_cli.model import (
    CreateFile,
    Decision,
    Fate,
    Finding,
    Level,
    Operation,
    Plan,
    RemoveImport,
    ReplaceExpression,
    Span,
    Status,
)
from migrate_cli.rewrite.groups import by_file

CLIENT = """\
import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])
"""
CALL = """\
from client import client

client.chat.completions.create(model="gpt-4o", messages=[], stop="END")
"""
MARK = "# written by migrate"
GUARD = CreateFile("guard.py", f"{MARK}\nLIMIT = 1\n", MARK)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "client.py").write_text(CLIENT, encoding="utf-8")
    (tmp_path / "call.py").write_text(CALL, encoding="utf-8")
    return tmp_path


def plan_for(project: Path) -> Plan:
    return api.plan(api.scan([project]), "ernie")


def with_edits(plan: Plan, symbol: str, *edits: Operation) -> Plan:
    """The plan with one more finding of the site called `symbol`."""
    decisions = tuple(added(d, *edits) if d.site.symbol == symbol else d for d in plan.decisions)
    findings = (f for d in decisions for f in d.findings if f.level is Level.EDIT)
    return replace(plan, decisions=decisions, operations=by_file(e for f in findings for e in f.edits))


def added(decision: Decision, *edits: Operation) -> Decision:
    """A decision with one more finding that has these edits."""
    one: Finding = replace(decision.findings[0], level=Level.EDIT, message="one more", edits=edits)
    return replace(decision, findings=(*decision.findings, one))


def test_a_call_is_not_moved_when_its_client_cannot_be(project: Path) -> None:
    (project / "client.py").chmod(stat.S_IREAD)
    outcome = api.apply(plan_for(project), allow_dirty=True)
    assert (project / "call.py").read_text(encoding="utf-8") == CALL
    assert {d.fate for d in outcome.decisions} <= {Fate.MANUAL, Fate.SKIPPED}


def test_the_reason_names_the_file_that_stays(project: Path) -> None:
    (project / "client.py").chmod(stat.S_IREAD)
    outcome = api.apply(plan_for(project), allow_dirty=True)
    (call,) = (d for d in outcome.decisions if d.site.symbol == "chat.completions.create")
    assert call.reason == "its client was not written: client.py: read-only file"


def test_a_client_moves_when_only_its_call_cannot_be(project: Path) -> None:
    (project / "call.py").chmod(stat.S_IREAD)
    api.apply(plan_for(project), allow_dirty=True)
    assert "qianfan" in (project / "client.py").read_text(encoding="utf-8")


def test_one_edit_that_does_not_fit_costs_the_file_nothing_else(project: Path) -> None:
    plan = plan_for(project)
    (client,) = (d.site for d in plan.decisions if d.site.symbol == "openai.OpenAI")
    wrong = replace(client.anchor, start=client.anchor.start + 1)
    bad = with_edits(plan, "openai.OpenAI", api_edit(wrong))
    outcome = api.apply(bad, allow_dirty=True)
    assert "qianfan" in (project / "client.py").read_text(encoding="utf-8")
    assert [d.fate for d in outcome.decisions if d.site == client] == [Fate.MANUAL]


def api_edit(span: Span) -> Operation:
    """An edit of a place that is no expression."""
    return ReplaceExpression("client.py", span, "nothing")


def test_the_edits_of_a_finding_in_two_files_are_written_together_or_not_at_all(project: Path) -> None:
    (project / "other.py").write_text("import openai\nimport json\n", encoding="utf-8")
    plan = plan_for(project)
    both = with_edits(
        plan,
        "openai.OpenAI",
        RemoveImport("other.py", "json", "json"),
        api_edit(plan.decisions[0].site.span),
    )
    api.apply(both, allow_dirty=True)
    assert (project / "other.py").read_text(encoding="utf-8") == "import openai\nimport json\n"


def test_a_disk_that_fills_up_leaves_every_file_as_it_was(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import migrate_cli.rewrite.apply as apply
    from migrate_cli.files.write import NotWritable

    real = apply.replace_bytes

    def full(path: Path, before: bytes, after: bytes) -> None:
        if path.name == "client.py" and b"qianfan" in after:
            raise NotWritable("No space left on device")
        real(path, before, after)

    monkeypatch.setattr(apply, "replace_bytes", full)
    outcome = api.apply(plan_for(project), allow_dirty=True)
    assert (project / "call.py").read_text(encoding="utf-8") == CALL
    assert (project / "client.py").read_text(encoding="utf-8") == CLIENT
    assert outcome.run is None
    assert list((project / ".migrate" / "journal").glob("2*")) == []


def test_a_file_of_our_own_is_made_and_undone(project: Path) -> None:
    api.apply(with_edits(plan_for(project), "openai.OpenAI", GUARD), allow_dirty=True)
    assert (project / "guard.py").read_text(encoding="utf-8") == GUARD.text
    results = api.undo(project)
    assert not (project / "guard.py").exists()
    assert {r.status for r in results} == {UndoStatus.RESTORED}


def test_a_file_of_our_own_that_was_changed_since_is_not_removed(project: Path) -> None:
    api.apply(with_edits(plan_for(project), "openai.OpenAI", GUARD), allow_dirty=True)
    (project / "guard.py").write_text("mine now\n", encoding="utf-8")
    api.undo(project)
    assert (project / "guard.py").read_text(encoding="utf-8") == "mine now\n"


def test_somebody_elses_file_of_that_name_is_left_alone(project: Path) -> None:
    (project / "guard.py").write_text("KNIGHT = 1\n", encoding="utf-8")
    outcome = api.apply(with_edits(plan_for(project), "openai.OpenAI", GUARD), allow_dirty=True)
    assert (project / "guard.py").read_text(encoding="utf-8") == "KNIGHT = 1\n"
    assert [f.status for f in outcome.files if f.path == "guard.py"] == [Status.REFUSED]


def test_a_dry_run_makes_no_file(project: Path) -> None:
    api.apply(with_edits(plan_for(project), "openai.OpenAI", GUARD), dry_run=True)
    assert not (project / "guard.py").exists()


def test_a_key_is_not_renamed_when_its_client_cannot_move(project: Path) -> None:
    plan = plan_for(project)
    (client,) = (d.site for d in plan.decisions if d.site.symbol == "openai.OpenAI")
    wrong = replace(client.anchor, start=client.anchor.start + 1)
    own = tuple(
        replace(d, findings=tuple(replace(f, edits=(api_edit(wrong),)) for f in d.findings))
        if d.site == client
        else d
        for d in plan.decisions
    )
    api.apply(replace(plan, decisions=own, operations={}), allow_dirty=True)
    assert 'os.environ["OPENAI_API_KEY"]' in (project / "client.py").read_text(encoding="utf-8")
