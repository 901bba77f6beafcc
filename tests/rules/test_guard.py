"""`--guard`: the clients that move use the generated module, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import Fate, SiteKind
from tests.programs import fates, move, moved, write

CHAT = 'client.chat.completions.create(model="gpt-4o-mini", messages=[])\n'
ASKED = "\n\ndef ask(**fields):\n    return client.chat.completions.create(**fields)\n"
HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"


def test_a_client_that_moves_is_guarded(tmp_path: Path) -> None:
    text = moved(tmp_path, HEAD + CHAT, "glm", guard=True)
    assert "from migrate_guard import GuardedOpenAI\n" in text
    assert 'client = GuardedOpenAI(base_url="https://open.bigmodel.cn/api/paas/v4"' in text
    assert "from openai import" not in text
    assert "to glm" in (tmp_path / "migrate_guard.py").read_text()


@pytest.mark.parametrize(
    ("made", "guarded"),
    [
        ("import openai\n\nclient = openai.OpenAI()\n", "client = GuardedOpenAI("),
        ("from openai import AsyncOpenAI\n\nclient = AsyncOpenAI()\n", "client = GuardedAsyncOpenAI("),
        ("from openai import Client\n\nclient = Client()\n", "client = GuardedOpenAI("),
        (
            'from openai import AzureOpenAI\n\nclient = AzureOpenAI(azure_endpoint="https://x.openai.azure.com")\n',
            "client = GuardedOpenAI(",
        ),
    ],
)
def test_every_class_of_the_sdk_has_its_guard(tmp_path: Path, made: str, guarded: str) -> None:
    assert guarded in moved(tmp_path, made + CHAT, "glm", guard=True)


def test_a_type_keeps_its_import(tmp_path: Path) -> None:
    text = moved(
        tmp_path, "from openai import OpenAI\n\nclient: OpenAI = OpenAI()\n" + CHAT, "glm", guard=True
    )
    assert "from openai import OpenAI\n" in text
    assert "client: OpenAI = GuardedOpenAI(" in text


@pytest.mark.parametrize(
    "source",
    [
        'from openai import OpenAI\n\nclient = OpenAI(base_url="http://localhost:1/v1")\n' + CHAT,
        "from groq import Groq as OpenAI\n\nclient = OpenAI()\n" + CHAT,
        "from openai import OpenAI\n\nclient = OpenAI(base_url=address())\n" + CHAT,
        'import openai\n\nopenai.ChatCompletion.create(model=m, messages=[], api_base="http://localhost:1/v1")\n',
    ],
)
def test_a_client_that_stays_is_not_guarded(tmp_path: Path, source: str) -> None:
    assert "Guarded" not in moved(tmp_path, source, "glm", guard=True)
    assert not (tmp_path / "migrate_guard.py").exists()


def test_without_the_option_there_is_no_module(tmp_path: Path) -> None:
    assert "Guarded" not in moved(tmp_path, HEAD + CHAT, "glm")
    assert not (tmp_path / "migrate_guard.py").exists()


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    moved(tmp_path, HEAD + CHAT, "glm", guard=True)
    again = move(tmp_path, "glm", guard=True)
    assert not again.plan.operations
    assert set(fates(again, SiteKind.CLIENT)) == {Fate.MIGRATED}


def test_a_program_that_moved_before_can_be_guarded_later(tmp_path: Path) -> None:
    moved(tmp_path, HEAD + CHAT, "glm")
    move(tmp_path, "glm", guard=True)
    assert "client = GuardedOpenAI(" in (tmp_path / "app.py").read_text()


def test_a_module_that_is_out_of_date_is_written_anew(tmp_path: Path) -> None:
    moved(tmp_path, HEAD + CHAT, "glm", guard=True)
    module = tmp_path / "migrate_guard.py"
    fresh = module.read_text()
    module.write_text(fresh.replace('"temperature", "min": 0', '"temperature", "min": 9'))
    move(tmp_path, "glm", guard=True)
    assert module.read_text() == fresh


def test_somebody_elses_module_of_that_name_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": HEAD + CHAT, "migrate_guard.py": "mine = 1\n"})
    outcome = move(tmp_path, "glm", guard=True)
    assert (tmp_path / "migrate_guard.py").read_text() == "mine = 1\n"
    assert (tmp_path / "app.py").read_text() == HEAD + CHAT
    assert Fate.REWRITTEN not in fates(outcome, SiteKind.CLIENT)


def test_undo_takes_the_module_away(tmp_path: Path) -> None:
    moved(tmp_path, HEAD + CHAT, "glm", guard=True)
    api.undo(tmp_path)
    assert (tmp_path / "app.py").read_text() == HEAD + CHAT
    assert not (tmp_path / "migrate_guard.py").exists()


def test_fields_and_models_of_a_guarded_call_are_no_work_by_hand(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": HEAD + ASKED})
    assert fates(move(tmp_path, "glm"), SiteKind.CALL) == [Fate.MANUAL]
    assert fates(move(tmp_path, "glm", guard=True), SiteKind.CALL) == [Fate.REWRITTEN]


OLD = (
    'import openai\n\nopenai.api_key = "x"\n\n\ndef ask(**fields):\n'
    '    return openai.ChatCompletion.create(model="o3", **fields)["id"]\n'
)


def test_settings_that_become_a_client_become_a_guarded_one(tmp_path: Path) -> None:
    text = moved(tmp_path, OLD, "kimi", guard=True, upgrade_sdk=True)
    assert "client = GuardedOpenAI(api_key=" in text
    assert "from migrate_guard import GuardedOpenAI\n" in text
    assert all(f.before == f.after for f in move(tmp_path, "kimi", guard=True, upgrade_sdk=True).files)


def test_settings_that_stay_are_not_guarded(tmp_path: Path) -> None:
    assert "Guarded" not in moved(tmp_path, OLD, "kimi", guard=True)
    assert not (tmp_path / "migrate_guard.py").exists()


def remarks(folder: Path, source: str) -> list[str]:
    """What PRM18 says of a program."""
    write(folder, {"app.py": source})
    made = api.plan(api.scan([folder]), "glm", select=["SDK", "PRM18"], guard=True)
    return [f.message for d in made.decisions for f in d.findings if f.rule.code == "PRM18"]


def test_a_request_of_a_client_that_cannot_be_guarded_is_told(tmp_path: Path) -> None:
    module = "import openai\n\n\ndef ask(**fields):\n    return openai.chat.completions.create(**fields)\n"
    assert remarks(tmp_path, HEAD + ASKED) == []
    assert "its client cannot be guarded" in remarks(tmp_path, module)[0]
