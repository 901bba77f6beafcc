from __future__ import annotations

import json
from pathlib import Path

import pytest

from migrate_cli.__main__ import main
from tests.cli.fakes import FakeApi
from tests.report import samples


def test_what_is_left_exits_1(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rewrite", "--to", "ernie"]) == 1
    out = capsys.readouterr().out
    assert "1. get a key for ERNIE at https://console.ernie.example" in out
    assert "2. set ERNIE_API_KEY where the program runs" in out
    assert '{"brief": {"costs": "of the sample"}}' in out


def test_a_second_run_exits_0_and_has_no_way_back_to_offer(
    api: FakeApi, capsys: pytest.CaptureFixture[str]
) -> None:
    api.plan_made = samples.settled()
    api.outcome_made = samples.outcome(api.plan_made, run=None)
    assert main(["rewrite", "--to", "ernie"]) == 0
    assert "migrate undo" not in capsys.readouterr().out


def test_a_refused_file_exits_3(api: FakeApi) -> None:
    api.outcome_made = samples.outcome(samples.settled(), samples.REFUSED)
    assert main(["rewrite", "--to", "ernie"]) == 3


@pytest.mark.parametrize("flag", ["--check", "--diff"])
def test_looking_writes_nothing_and_pending_edits_count(api: FakeApi, flag: str) -> None:
    at = samples.client(2)
    api.plan_made = samples.plan(samples.decide(at, samples.Fate.REWRITTEN, samples.finding(at)))
    assert main(["rewrite", "--to", "ernie", flag]) == 1
    assert api.asked["apply"] == {"dry_run": True, "allow_dirty": False}
    assert "report" not in api.asked


def test_the_same_edits_written_leave_nothing(api: FakeApi) -> None:
    at = samples.client(2)
    api.plan_made = samples.plan(samples.decide(at, samples.Fate.REWRITTEN, samples.finding(at)))
    assert main(["rewrite", "--to", "ernie"]) == 0
    assert api.asked["apply"] == {"dry_run": False, "allow_dirty": False}


def test_a_diff_has_standard_output_to_itself(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    main(["rewrite", "--to", "ernie", "--diff"])
    captured = capsys.readouterr()
    assert captured.out.splitlines()[0].startswith("--- a/app.py")
    assert captured.out.splitlines()[-1] == "+a = 2"
    assert "5 sites: 1 to change" in captured.err


def test_without_the_cost_report_nothing_is_asked_of_it(api: FakeApi) -> None:
    main(["rewrite", "--to", "ernie", "--no-report"])
    assert "report" not in api.asked


def test_where_no_model_is_named_there_is_nothing_to_price(api: FakeApi) -> None:
    api.models = {}
    main(["rewrite", "--to", "ernie"])
    assert "report" not in api.asked


def test_json_is_one_document(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    main(["rewrite", "--to", "ernie", "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    assert document["run"] == "20261121-120000-ernie"
    assert document["costs"] == {"costs": "of the sample"}


def test_the_options_reach_the_plan(api: FakeApi) -> None:
    main(["rewrite", "src", "--to", "baidu", "--select", "sdk01,PAR03", "--ignore", "PAR03", "--review"])
    assert api.asked["scan"] == [Path("src")]
    assert api.asked["plan"] == {
        "provider": "ernie",
        "models": {},
        "select": frozenset({"SDK01", "PAR03"}),
        "ignore": frozenset({"PAR03"}),
        "review": True,
        "upgrade_sdk": False,
        "guard": False,
        "todo": False,
        "others": {},
        "site": None,
    }


def test_capabilities_can_go_elsewhere(api: FakeApi) -> None:
    main(["rewrite", "--to", "ernie", "--embeddings-to", "qwen", "--audio-to", "glm"])
    assert api.asked["plan"]["others"] == {"embeddings": "qwen", "audio": "glm"}


def test_a_pull_request_is_markdown(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    main(["rewrite", "--to", "ernie", "--format", "pr"])
    assert capsys.readouterr().out.startswith("## Move from OpenAI to ERNIE\n")


def test_asking_and_only_looking_do_not_go_together(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rewrite", "--to", "ernie", "--interactive", "--diff"]) == 2
    assert "leave --diff and --check out" in capsys.readouterr().err


def test_a_family_of_rules_can_be_selected(api: FakeApi) -> None:
    main(["rewrite", "--to", "ernie", "--select", "par"])
    assert api.asked["plan"]["select"] == frozenset({"PAR"})


def test_an_unknown_rule_is_refused_with_the_nearest(
    api: FakeApi, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rewrite", "--to", "ernie", "--ignore", "PAR30"]) == 2
    assert (
        "--ignore: there is no rule PAR30; did you mean PAR03? `migrate rules` lists them"
        in capsys.readouterr().err
    )
    assert "scan" not in api.asked


def test_a_missing_provider_is_a_usage_error(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rewrite"]) == 2
    assert "--to" in capsys.readouterr().err


def test_the_key_of_the_chosen_site_is_named(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    main(["rewrite", "--to", "ernie", "--site", "international"])
    out = capsys.readouterr().out
    assert "set INTL_KEY where" in out
    assert "get a key for ERNIE\n" in out
