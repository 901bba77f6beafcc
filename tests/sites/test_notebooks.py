"""Notebooks: one namespace over the cells, shell lines and magics, and files that cells write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import Fate, Site

KEY = "sk-" + "Zq4Wm9Lx2Vn7Bt5Ky8Rd" + "T3BlbkFJ" + "Jf6Hc1Ps0GaTeUiNoXw3"


def notebook(folder: Path, *cells: str, output: str = "", language: str = "python") -> Path:
    """A notebook of code cells; `output` is printed by the last one."""
    made = [
        {"cell_type": "code", "metadata": {}, "source": cell.splitlines(True), "outputs": []}
        for cell in cells
    ]
    made[-1]["outputs"] = [{"output_type": "stream", "text": [output]}]
    path = folder / "book.ipynb"
    metadata = {"kernelspec": {"language": language}}
    path.write_text(
        json.dumps({"cells": made, "metadata": metadata, "nbformat": 4}, indent=1), encoding="utf-8"
    )
    return path


def found(path: Path) -> list[str]:
    """Kind, symbol, cell and line of each site."""
    return [words(site) for site in api.scan([path]).sites]


def words(site: Site) -> str:
    """A site in words."""
    return f"{site.kind.value} {site.symbol} {site.location.cell}:{site.location.line}"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("!pip install -q openai", "dependency openai 1:1"),
        ("%pip install langchain-openai", "dependency langchain-openai 1:1"),
        ("x = 1\n%env OPENAI_API_KEY=abc", "environment OPENAI_API_KEY 1:2"),
        ("%set_env OPENAI_API_KEY abc", "environment OPENAI_API_KEY 1:1"),
        ("%env OPENAI_API_KEY", "environment OPENAI_API_KEY 1:1"),
        ("out = !echo $OPENAI_API_KEY", "environment OPENAI_API_KEY 1:1"),
        ("if x:\n    !curl https://api.openai.com/v1/models", "request curl 1:2"),
        ("%%bash\n\nexport OPENAI_API_KEY=abc", "environment OPENAI_API_KEY 1:3"),
        ("%%time\nimport openai", "import openai 1:2"),
        ("%%capture out\nimport openai", "import openai 1:2"),
    ],
)
def test_magics_and_shell_lines(tmp_path: Path, cell: str, expected: str) -> None:
    assert found(notebook(tmp_path, cell)) == [expected]


@pytest.mark.parametrize(
    "cell",
    [
        "%load_ext openai_helper",
        "?openai.OpenAI",
        "openai.OpenAI?",
        "%%html\n<a href='https://api.openai.com/v1'>OPENAI_API_KEY=x</a>",
        "%%javascript\nimport OpenAI from 'openai'",
        "%%sql\nselect 'OPENAI_API_KEY=x'",
        "# !pip install openai",
        "%%writefile notes.txt\nimport openai",
        "!echo 'set OPENAI_API_KEY=abc first'",
    ],
)
def test_what_runs_nothing_of_openai_is_left_alone(tmp_path: Path, cell: str) -> None:
    assert found(notebook(tmp_path, cell)) == []


def test_cells_share_one_namespace(tmp_path: Path) -> None:
    path = notebook(
        tmp_path,
        "import openai",
        "def ask():\n    return client.chat.completions.create(model=MODEL, messages=[])",
        "client = openai.OpenAI()\nMODEL = 'gpt-4o'  #@param {type:'string'}",
        "await client.models.list()",
    )
    call = next(s for s in api.scan([path]).sites if s.symbol == "chat.completions.create")
    assert words(call) == "call chat.completions.create 2:2"
    assert [(v.literal, v.location.cell) for a in call.named("model") for v in a.values] == [("gpt-4o", 3)]


def test_a_broken_cell_hides_nothing_else(tmp_path: Path) -> None:
    path = notebook(tmp_path, "import openai", "x ==", "openai.OpenAI()")
    assert found(path) == ["import openai 1:1", "client openai.OpenAI 3:1"]
    assert [skip.reason for skip in api.scan([path]).skips] == ["cell 2 does not parse"]


def test_a_written_file_is_a_namespace_of_its_own(tmp_path: Path) -> None:
    path = notebook(
        tmp_path,
        "client = Docker()",
        "%%writefile app.py\nfrom openai import OpenAI\nclient = OpenAI()\nclient.models.list()",
        "client.models.list()",
    )
    assert found(path) == [
        "import openai 2:2",
        "client openai.OpenAI 2:3",
        "call models.list 2:4",
    ]


def test_a_written_file_is_not_edited(tmp_path: Path) -> None:
    path = notebook(tmp_path, "%%writefile app.py\nfrom openai import OpenAI\nclient = OpenAI()")
    plan = api.plan(api.scan([path]), "ernie")
    assert {d.fate for d in plan.decisions} == {Fate.SKIPPED}
    assert plan.operations == {}


def test_a_key_in_an_output_is_found_at_its_line_of_the_file(tmp_path: Path) -> None:
    path = notebook(tmp_path, "print(key)  # openai", output=f"{KEY}\n")
    [site] = api.scan([path]).sites
    assert KEY in path.read_text(encoding="utf-8").splitlines()[site.location.line - 1]
    assert KEY not in repr(site)


def test_a_key_in_a_cell_is_found_once(tmp_path: Path) -> None:
    assert found(notebook(tmp_path, f"x = 1\nkey = '{KEY}'")) == ["key sk-…w3 1:2"]


def test_another_language_is_skipped_with_its_reason(tmp_path: Path) -> None:
    scan = api.scan([notebook(tmp_path, "library(openai)", language="R")])
    assert scan.sites == ()
    assert [(skip.reason, skip.problem) for skip in scan.skips] == [
        ("notebook in another language: R", False)
    ]


def test_a_notebook_of_format_3_is_read(tmp_path: Path) -> None:
    cell = {
        "cell_type": "code",
        "language": "python",
        "input": ["import openai\n", "openai.OpenAI()"],
        "outputs": [],
    }
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps({"worksheets": [{"cells": [cell]}], "nbformat": 3}), encoding="utf-8")
    assert found(path) == ["import openai 1:1", "client openai.OpenAI 1:2"]


@pytest.mark.parametrize(
    "source",
    [
        "# Databricks notebook source\n# MAGIC %pip install openai\n",
        "# %%\n# !pip install openai\n",
    ],
)
def test_notebooks_kept_as_python(tmp_path: Path, source: str) -> None:
    (tmp_path / "book.py").write_text(source, encoding="utf-8")
    assert [s.symbol for s in api.scan([tmp_path]).sites] == ["openai"]


def test_a_comment_in_a_plain_file_installs_nothing(tmp_path: Path) -> None:
    (tmp_path / "book.py").write_text("# !pip install openai\n", encoding="utf-8")
    assert api.scan([tmp_path]).sites == ()
