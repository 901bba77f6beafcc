"""A literal key is nowhere to be read: not on the screen, in no format, in no log, and not in the undo journal."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.__main__ import main
from migrate_cli.cli.exits import FINDINGS, OK, PROBLEM, USAGE

# Put together at run time, so that no scanner takes this file for a leak.
PROJECT = "sk-proj-" + "Ab1_Cd2E-f3Gh4Ij5Kl6Mn7Op8Qr9St0Uv"
CLASSIC = "sk-" + "Zy9Xw8Vu7Ts6Rq5Po4Nm" + "T3BlbkFJ" + "Lk3Ji2Hg1Fe0Dc9Ba8ZY"
AZURE = "0f1e2d3c4b5a" + "69788796a5b4c3d2e1f0"
LETTERS = "sk-" + "qwertzuiopasdfghjklyxcvbnmmnbvcxy"  # no digit to tell it by
UNMARKED = "PmeMjvqPVStNKiaEdFrRg" + "SnRFsTHsDDDXh5Jmt"  # only its argument tells
FIRST, SECOND = "sk-proj-" + "Hh1Jj2Kk3Ll4Mm5Nn6", "bVcXyAsDfGhJkLqWeRtZ"  # one key in two pieces
KEYS = (PROJECT, CLASSIC, AZURE, LETTERS, UNMARKED, FIRST, SECOND)

PROGRAM = f'''
import os
import openai
from openai import AzureOpenAI, OpenAI

# the old key was {CLASSIC}
os.environ["OPENAI_API_KEY"] = "{PROJECT}"
KEY: str = "{CLASSIC}"
first = OpenAI(api_key="{PROJECT}")
second = OpenAI(api_key=KEY)
third = OpenAI(api_key=os.getenv("OPENAI_API_KEY", "{CLASSIC}"))
fourth = AzureOpenAI(api_key="{AZURE}", azure_endpoint="https://x.openai.azure.com", api_version="2024-02-01")
fifth = OpenAI(**{{"api_key": "{LETTERS}"}})
sixth = OpenAI(api_key="{UNMARKED}")
seventh = OpenAI(api_key="{FIRST}" + "{SECOND}")
eighth = OpenAI(
    api_key=f"{PROJECT}",
    default_headers={{"Authorization": "Bearer {CLASSIC}"}},
)
ninth = OpenAI(**load("{CLASSIC}"))


def ask(client: OpenAI, key="{PROJECT}"):
    OpenAI(api_key=key)
    client.chat.completions.create(model="{CLASSIC}", messages=[], extra_headers={{"api-key": "{AZURE}"}})
    return first.chat.completions.create(model="gpt-4o", messages=[], user="{PROJECT}", **load("{CLASSIC}"))
'''
LEGACY = f'''
import openai

openai.api_type = "azure"
openai.api_key = "{AZURE}"
openai.api_base = "https://x.openai.azure.com"
openai.ChatCompletion.create(engine="gpt-4", messages=[], api_key="{CLASSIC}")
'''
SETTINGS = f'''
import os

OPENAI_API_KEY = "{PROJECT}"
os.environ.setdefault("OPENAI_API_KEY", "{CLASSIC}")


class Settings:
    openai_api_key: str = "{UNMARKED}"
'''
USER = """
from openai import OpenAI
from settings import OPENAI_API_KEY, Settings

OpenAI(api_key=OPENAI_API_KEY).chat.completions.create(model="gpt-4o", messages=[])
OpenAI(api_key=Settings.openai_api_key).chat.completions.create(model="gpt-4o", messages=[])
"""
CHAIN = f'''
from langchain_openai import ChatOpenAI

llm = ChatOpenAI(model="gpt-4o", openai_api_key="{CLASSIC}")
'''
BROKEN = f'from openai import OpenAI\nclient = OpenAI(api_key="{PROJECT}"\n'
NOTEBOOK = json.dumps(
    {
        "cells": [
            {
                "cell_type": "code",
                "source": ["from openai import OpenAI\n", f"client = OpenAI(api_key='{PROJECT}')"],
                "outputs": [],
            }
        ],
        "nbformat": 4,
    }
)
FILES = {
    "program.py": PROGRAM,
    "legacy.py": LEGACY,
    "settings.py": SETTINGS,
    "user.py": USER,
    "chain.py": CHAIN,
    "broken.py": BROKEN,
    "notebook.ipynb": NOTEBOOK,
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project full of keys that is the current directory."""
    project = tmp_path / "project"
    project.mkdir()
    for name, text in FILES.items():
        (project / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(project)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return project


def readable(text: str) -> set[str]:
    """The keys of which enough is in `text` to be of use."""
    return {key for key in KEYS if key in text or key[3:15] in text or key[-12:] in text}


@pytest.mark.parametrize(
    "arguments",
    [
        "scan",
        "scan --evidence --verbose",
        "scan --format json",
        "scan --format sarif",
        "scan --to ernie --evidence --verbose",
        "scan --to azure --to local --evidence --verbose",
        "scan --to glm --format json",
        "scan --to glm --format sarif",
        "rewrite --to ernie --diff --evidence --verbose",
        "rewrite --to glm --diff --review",
        "rewrite --to azure --diff --review --evidence",
        "rewrite --to ernie --check --format json --review",
        "rewrite --to ernie --evidence --verbose",
        "rewrite --to qwen --review --format json",
        "report",
        "report --format json",
    ],
)
def test_no_command_prints_a_key(arguments: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments.split()) == PROBLEM  # because of the broken file
    out, err = capsys.readouterr()
    assert len(out + err) > 200
    assert readable(out + err) == set()


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_no_report_file_holds_a_key(form: str, here: Path) -> None:
    main(["scan", "--to", "ernie", "--evidence", "--format", form, "-o", "report"])
    text = (here / "report").read_text(encoding="utf-8")
    assert "program.py" in text
    assert readable(text) == set()


def test_the_journal_holds_no_key_and_undo_brings_them_back(here: Path, tmp_path: Path) -> None:
    main(["rewrite", "--to", "ernie", "--review", "--no-report"])
    stored = [path for place in (here / ".migrate", tmp_path / "state") for path in place.rglob("*")]
    written = [path for path in stored if path.is_file()]
    assert len([path for path in written if path.name.endswith(".saved")]) > len(FILES)
    assert readable("\n".join(path.read_text("latin-1") for path in written)) == set()
    assert main(["undo"]) == OK
    assert {name: (here / name).read_text(encoding="utf-8") for name in FILES} == FILES


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_the_half_that_unlocks_is_for_this_user_only(tmp_path: Path) -> None:
    main(["rewrite", "--to", "ernie", "--no-report"])
    pads = list((tmp_path / "state").rglob("*.saved"))
    assert pads
    assert {path.stat().st_mode & 0o777 for path in pads} == {0o600}
    assert {path.parent.stat().st_mode & 0o777 for path in pads} == {0o700}


def test_a_crash_leaves_no_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise ValueError(f'api_key="{UNMARKED}" and {PROJECT}', AZURE)

    monkeypatch.setattr(api, "plan", fail)
    assert main(["scan", "--to", "ernie"]) == PROBLEM
    log = next(tmp_path.glob("migrate-*.md")).read_text(encoding="utf-8")
    assert "ValueError" in log
    assert readable(log + "".join(capsys.readouterr())) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan", PROJECT],
        ["scan", "--to", PROJECT],
        ["scan", "--format", PROJECT],
        ["providers", CLASSIC],
        ["explain", CLASSIC],
        ["undo", PROJECT],
        [PROJECT],
    ],
    ids=lambda arguments: " ".join(arguments[:-1]),
)
def test_a_key_typed_in_the_wrong_place_is_not_repeated(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == USAGE
    err = capsys.readouterr().err
    assert "…" in err
    assert readable(err) == set()


@pytest.mark.parametrize(
    "value",
    ["your-openai-api-key-here", "OPENAI_API_KEY_OF_THE_TEAM", "not-needed-for-a-local-server", "EMPTY"],
)
def test_what_is_no_key_stays_readable_in_a_diff(
    value: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = (
        f'from openai import OpenAI\nOpenAI(base_url="http://localhost:1/v1", api_key="{value}")\nOpenAI()\n'
    )
    (here / "plain.py").write_text(program, encoding="utf-8")
    assert main(["rewrite", "plain.py", "--to", "ernie", "--diff"]) == FINDINGS
    assert value in capsys.readouterr().out


@pytest.mark.parametrize(
    "source",
    [
        f'OpenAI(api_key="{PROJECT}")',
        f'OpenAI(api_key="{LETTERS}")',
        f'OpenAI(api_key="{UNMARKED}")',
        f'OpenAI(**{{"api_key": "{CLASSIC}"}})',
        f'AzureOpenAI(api_key="{AZURE}", azure_endpoint="https://x.openai.azure.com", api_version="1")',
    ],
)
def test_a_literal_key_becomes_a_read_of_the_environment(source: str, here: Path) -> None:
    program = f"from openai import AzureOpenAI, OpenAI\nclient = {source}\n"
    program += 'client.chat.completions.create(model="gpt-4o", messages=[])\n'
    (here / "plain.py").write_text(program, encoding="utf-8")
    assert main(["rewrite", "plain.py", "--to", "ernie", "--no-report", "-q"]) == OK
    written = (here / "plain.py").read_text(encoding="utf-8")
    assert 'os.environ["QIANFAN_API_KEY"]' in written
    assert readable(written) == set()
