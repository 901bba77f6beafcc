from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli.__main__ import main
from migrate_cli.files.journal import UndoResult, UndoStatus
from tests.cli.fakes import FakeApi

RESTORED = "restored            app.py\n1 file = 1 restored + 0 already as before + 0 refused\n"


def test_undo_names_what_it_restored(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    api.undone = (UndoResult("app.py", UndoStatus.RESTORED),)
    assert main(["undo"]) == 0
    assert api.asked["undo"] == (Path(), None)
    assert capsys.readouterr().out == RESTORED


def test_undo_of_a_changed_file_exits_3_and_says_why(
    api: FakeApi, capsys: pytest.CaptureFixture[str]
) -> None:
    api.undone = (UndoResult("app.py", UndoStatus.REFUSED, "changed since"),)
    assert main(["undo", "20261121-120000-ernie", "--root", "project", "--quiet"]) == 3
    assert api.asked["undo"] == (Path("project"), "20261121-120000-ernie")
    assert capsys.readouterr().out == "refused             app.py: changed since\n"


def test_providers_lists_every_site(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["providers"]) == 0
    out = capsys.readouterr().out
    assert "https://ernie.example/v2" in out
    assert "INTL_KEY" in out


def test_one_provider_says_what_is_not_known(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["providers", "baidu"]) == 0
    out = capsys.readouterr().out
    assert "key variable: ERNIE_API_KEY  [as of 2026-11-20, confidence high]" in out
    assert "keys at unknown" in out
    assert "unknown, maintenance unknown  [as of unknown, confidence unknown]" in out
    assert "the provider's documentation" not in out


def test_sources_are_shown_when_verbose(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    main(["providers", "ernie", "--verbose"])
    assert "source: the provider's documentation" in capsys.readouterr().out


def test_rules_are_listed(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert "advice logit-bias     The provider does not take logit_bias" in capsys.readouterr().out


@pytest.mark.parametrize("word", ["SDK01", "sdk01", "openai-client"])
def test_a_rule_is_explained_by_code_or_name(
    api: FakeApi, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", word]) == 0
    assert (
        "before\n    client = OpenAI()\nafter\n    client = OpenAI(base_url=...)" in capsys.readouterr().out
    )


def test_an_example_of_restraint_is_shown_once(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "SDK01"])
    assert "Example, for glm\nleft alone\n    client = Groq()\n\n" in capsys.readouterr().out


def test_an_unknown_rule_gets_the_nearest(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "SDK10"]) == 2
    assert "did you mean SDK01?" in capsys.readouterr().err


def test_what_no_rule_can_see_is_explained_too(api: FakeApi, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "nat01"]) == 0
    assert "No source text shows it." in capsys.readouterr().out
