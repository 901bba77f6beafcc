from __future__ import annotations

import json
from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import SiteKind, UserError
from migrate_cli.sites.explain import Explanation

APP = '''\
"""Uses openai."""
from groq import Groq
from openai import OpenAI
from helpers import OpenAIThing

client = OpenAI()
groq = Groq()
# client.chat.completions.create()
NOTE = "ask openai about gpt-4"


def ask(model):
    return client.chat.completions.create(
        model=model,
        messages=[],
    )


groq.chat.completions.create(model="x")
OpenAIThing(key=1)
print(NOTE)
for c in (client, groq):
    c.chat.completions.create(model="gpt-4o")
groq.ask(model="llama")
options = dict(model="gpt-4o")
nobody.chat.completions.create(model="gpt-4o")
'''
HELPERS = "class OpenAIThing:\n    pass\n"
KEY = "sk-" + "A1b2C3d4" * 5
NOTEBOOK = {
    "cells": [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
        for source in ("from openai import OpenAI\nc = OpenAI()", "c.models.list()")
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(APP, encoding="utf-8")
    (tmp_path / "helpers.py").write_text(HELPERS, encoding="utf-8")
    (tmp_path / "plain.py").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "broken.py").write_text("import openai\ndef (\n", encoding="utf-8")
    (tmp_path / "n.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    return tmp_path


def explained(root: Path, place: str) -> Explanation:
    return api.explain_site([root], place)


@pytest.mark.parametrize("place", ["app.py:13", "app.py:14", "app.py:16", "app.py:13:12", " app.py:13: "])
def test_a_site_is_found_on_each_of_its_lines(root: Path, place: str) -> None:
    assert [site.symbol for site in explained(root, place).sites] == ["chat.completions.create"]


def test_lines_of_the_chain_are_quoted(root: Path) -> None:
    lines = explained(root, "app.py:13").lines
    assert lines["app.py", None, 6] == "client = OpenAI()"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (4, "an import of this project's own helpers.py"),
        (19, "another vendor's SDK of the same shape"),
        (20, "the class OpenAIThing of helpers.py:1"),
        (24, "groq.Groq.ask"),
        (25, "Python's own `dict`"),
        (26, "which nothing here defines"),
    ],
)
def test_what_was_rejected_says_what_it_is(root: Path, line: int, why: str) -> None:
    found = explained(root, f"app.py:{line}")
    assert found.sites == ()
    assert [reason for rejected in found.rejected for reason in rejected.why if why in reason] != []


@pytest.mark.parametrize(
    ("place", "remark"),
    [
        ("app.py:1", "a docstring"),
        ("app.py:8", "a comment"),
        ("app.py:9", "a text: only"),
        ("app.py:21", "nothing on this line"),
        ("plain.py:1", "mentions nothing of OpenAI"),
        ("broken.py:1", "broken.py was not read: syntax error at line 2"),
    ],
)
def test_a_line_without_a_site_says_what_it_is(root: Path, place: str, remark: str) -> None:
    found = explained(root, place)
    assert (found.sites, found.rejected) == ((), ())
    assert remark in (found.remark or "")


def test_a_likely_site_says_what_else_it_may_be(root: Path) -> None:
    found = explained(root, "app.py:23")
    [others] = found.others.values()
    assert any("groq" in other for other in others)


def test_a_proved_site_is_nothing_else(root: Path) -> None:
    assert explained(root, "app.py:13").others == {}


def test_a_cell_is_named_as_it_is_printed(root: Path) -> None:
    assert [s.kind for s in explained(root, "n.ipynb:cell 2:1").sites] == [SiteKind.CALL]


def test_without_a_cell_every_cell_is_looked_at(root: Path) -> None:
    assert [s.kind for s in explained(root, "n.ipynb:1").sites] == [SiteKind.IMPORT, SiteKind.CALL]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("app.py", "wants FILE:LINE"),
        ("app.py:0", "wants FILE:LINE"),
        ("app.py:x", "wants FILE:LINE"),
        (":3", "wants FILE:LINE"),
        ("nope.py:3", "there is no file nope.py"),
        ("app.py:99", "app.py has no line 99"),
        ("n.ipynb:cell 9:1", "n.ipynb has no line cell 9:1"),
    ],
)
def test_a_wrong_place_is_the_users_to_mend(root: Path, place: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        explained(root, place)


def test_a_file_elsewhere_is_the_users_to_mend(root: Path) -> None:
    with pytest.raises(UserError, match="does not lie under"):
        api.explain_site([root / "app.py"], f"{__file__}:1")


def test_a_file_that_was_not_asked_for_is_the_users_to_mend(root: Path) -> None:
    with pytest.raises(UserError, match="not among the files"):
        api.explain_site([root / "app.py"], "plain.py:1")


def test_no_key_is_quoted(root: Path) -> None:
    (root / "key.py").write_text(f'from openai import OpenAI\nOpenAI(api_key="{KEY}")\n', encoding="utf-8")
    found = explained(root, "key.py:2")
    assert KEY not in str(found.lines)
    assert found.lines["key.py", None, 2] == 'OpenAI(api_key="sk-…d4")'
