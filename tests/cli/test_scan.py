from __future__ import annotations

import json
from pathlib import Path

import pytest

from migrate_cli.__main__ import main
from migrate_cli.model import SiteKind
from tests.cli.fakes import FakeApi
from tests.report import samples


def test_something_found_exits_1(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan"]) == 1
    assert "Where it could move" in capsys.readouterr().out


def test_nothing_found_exits_0_and_asks_for_no_matrix(
    api: FakeApi, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    api.plan_made = samples.plan()
    monkeypatch.setattr(FakeApi, "matrix", None)
    assert main(["scan"]) == 0
    assert capsys.readouterr().out.startswith("No use of the OpenAI API")


def test_code_that_already_moved_exits_0(api: FakeApi) -> None:
    moved = samples.client(2, elsewhere="qianfan.baidubce.com")
    call = samples.site(3, clients=(moved.id,))
    api.plan_made = samples.plan(*(samples.decide(site, samples.Fate.MIGRATED) for site in (moved, call)))
    assert main(["scan"]) == 0


def test_imports_settings_and_types_alone_are_no_reason_to_fail(
    api: FakeApi, capsys: pytest.CaptureFixture[str]
) -> None:
    stays = [
        samples.site(2, kind=SiteKind.IMPORT, symbol="openai"),
        samples.site(3, kind=SiteKind.TYPE, symbol="openai.OpenAI"),
        samples.site(4, kind=SiteKind.SETTING, symbol="openai.api_key"),
        samples.site(
            5, kind=SiteKind.ENVIRONMENT, symbol="OPENAI_ORGANIZATION", variable="OPENAI_ORGANIZATION"
        ),
    ]
    api.plan_made = samples.plan(*(samples.decide(site, samples.Fate.SKIPPED) for site in stays))
    assert main(["scan"]) == 0
    assert "4 OpenAI sites" in capsys.readouterr().out


def test_a_key_that_is_read_is_a_reason(api: FakeApi) -> None:
    key = samples.site(5, kind=SiteKind.ENVIRONMENT, symbol="OPENAI_API_KEY", variable="OPENAI_API_KEY")
    api.plan_made = samples.plan(samples.decide(key, samples.Fate.MANUAL))
    assert main(["scan"]) == 1


def test_a_call_fed_by_two_clients_counts_unless_both_moved(api: FakeApi) -> None:
    moved, still = samples.client(2, elsewhere="qianfan.baidubce.com"), samples.client(4)
    call = samples.site(6, clients=(moved.id, still.id))
    api.plan_made = samples.plan(*(samples.decide(site, samples.Fate.MIGRATED) for site in (moved, call)))
    assert main(["scan"]) == 1


def test_a_settled_plan_exits_0(api: FakeApi) -> None:
    api.plan_made = samples.settled()
    assert main(["scan", "--to", "ernie"]) == 0


def test_an_unreadable_file_exits_3(api: FakeApi) -> None:
    api.plan_made = samples.plan(skips=(samples.UNREADABLE,))
    assert main(["scan"]) == 3


def test_a_file_that_is_too_large_is_no_problem(api: FakeApi) -> None:
    api.plan_made = samples.plan(skips=(samples.LARGE,))
    assert main(["scan"]) == 0


def test_sarif_gives_0_for_findings(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--format", "sarif"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == "2.1.0"


def test_sarif_does_not_hide_an_unreadable_file(api: FakeApi) -> None:
    api.plan_made = samples.plan(skips=(samples.UNREADABLE,))
    assert main(["scan", "--format", "sarif"]) == 3


def test_json_goes_to_the_file_and_nothing_to_the_screen(
    api: FakeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "scan.json"
    assert main(["scan", "--to", "ernie", "--format", "json", "--output", str(target)]) == 1
    assert json.loads(target.read_text(encoding="utf-8"))["targets"][0]["provider"] == "ernie"
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_a_report_that_cannot_be_written_is_one_line(
    api: FakeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", "--output", str(tmp_path / "missing" / "scan.txt")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_wrong_provider_is_named_before_anything_is_read(
    api: FakeApi, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", "--to", "erny"]) == 2
    assert capsys.readouterr().err == "migrate: there is no provider erny, did you mean ernie?\n"
    assert "scan" not in api.asked


def test_one_provider_named_twice_is_planned_once(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    main(["scan", "--to", "ernie", "--to", "baidu"])
    assert capsys.readouterr().out.count(", --to ernie") == 1


def test_without_paths_the_current_directory_is_read(api: FakeApi) -> None:
    main(["scan"])
    assert api.asked["scan"] == [Path()]


@pytest.mark.parametrize("pair", ["gpt-4o", "=x", "gpt-4o=", "="])
def test_a_malformed_model_is_refused(api: FakeApi, pair: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--to", "ernie", "--model", pair]) == 2
    assert "--model wants OLD=NEW" in capsys.readouterr().err


def test_models_reach_the_plan(api: FakeApi) -> None:
    main(["scan", "--to", "ernie", "--model", "gpt-4o=ernie-5.0", "--site", "international"])
    assert api.asked["plan"] == {
        "provider": "ernie",
        "models": {"gpt-4o": "ernie-5.0"},
        "site": "international",
    }


def test_two_answers_for_one_model_are_refused(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--to", "ernie", "--model", "gpt-4o=a", "--model", "gpt-4o=b"]) == 2
    assert "two models for gpt-4o" in capsys.readouterr().err


def test_color_is_off_outside_a_terminal_and_on_when_asked(
    api: FakeApi, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["scan"])
    assert "\x1b[" not in capsys.readouterr().out
    main(["scan", "--color", "always"])
    assert "\x1b[" in capsys.readouterr().out


def test_no_color_is_honoured(
    api: FakeApi, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["scan"])
    assert "\x1b[31m" not in capsys.readouterr().out


def test_only_the_kind_that_was_asked_for_is_shown(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    api.plan_made = samples.plan(
        *(samples.decide(s, samples.Fate.MANUAL) for s in (samples.client(2), samples.site(3)))
    )
    assert main(["scan", "--kind", "client", "-q"]) == 1
    assert capsys.readouterr().out == "app.py:2:5: client openai.OpenAI\n"


def test_the_exit_code_counts_what_is_shown(api: FakeApi) -> None:
    guess = samples.site(3, certainty=samples.Certainty.GUESS, path="tests/test_app.py")
    api.plan_made = samples.plan(samples.decide(guess, samples.Fate.MANUAL))
    assert main(["scan"]) == 1
    assert main(["scan", "--certainty", "likely"]) == 0
    assert main(["scan", "--no-tests"]) == 0
    assert main(["scan", "--kind", "client", "--kind", "key"]) == 0


def test_a_plan_is_made_of_everything_and_shown_in_part(
    api: FakeApi, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", "--to", "ernie", "--kind", "client"]) == 1
    page = capsys.readouterr().out
    assert "1 site = 1 to rewrite" in page
    assert "PAR03" not in page


def test_filters_reach_the_document(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    main(["scan", "--format", "json", "--kind", "call", "--certainty", "likely", "--no-tests"])
    filters = json.loads(capsys.readouterr().out)["filters"]
    assert filters == {"kinds": ["call"], "certainty": "likely", "tests": False}


def test_an_unknown_kind_is_refused(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--kind", "calls"]) == 2
    assert "scan" not in api.asked


def test_shutdowns_are_judged_as_of_a_day(api: FakeApi) -> None:
    main(["scan", "--as-of", "2026-01-31"])
    assert str(api.asked["retired_models"]["as_of"]) == "2026-01-31"


def test_the_schema_needs_no_scan(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "migrate.scan/2"
    assert "scan" not in api.asked


def test_a_site_that_is_there_is_explained_with_0(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "src", "--explain-site", "app.py:2", "--to", "ernie"]) == 0
    assert api.asked["explain_site"] == ([Path("src")], "app.py:2")
    assert "for ernie: to rewrite" in capsys.readouterr().out


def test_a_line_without_a_site_is_explained_with_1(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    api.plan_made = samples.plan()
    assert main(["scan", "--explain-site", "app.py:2"]) == 1
    assert "nothing is reported here" in capsys.readouterr().out


def test_an_explanation_is_text(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--explain-site", "app.py:2", "--format", "json"]) == 2
    assert "explain_site" not in api.asked


def test_annotations_name_the_file_and_the_line(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--format", "github"]) == 1
    assert "file=app.py,line=2," in capsys.readouterr().out


def test_a_code_quality_report_is_a_list(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--format", "gitlab"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["location"]["path"] == "app.py"


def test_an_interrupt_ends_with_130_and_one_line(
    api: FakeApi, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: FakeApi, paths: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(FakeApi, "scan", interrupted)
    assert main(["scan"]) == 130
    assert capsys.readouterr().err == "migrate: interrupted\n"
