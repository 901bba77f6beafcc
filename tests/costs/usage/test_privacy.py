"""Prompts, addresses, people and keys stay in the file, in what is read and in what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from migrate_cli.costs.usage.read import read_usage
from migrate_cli.model import UserError
from tests.costs.usage.reading import CASES, text, usages

PRIVATE = (
    "SECRET PROMPT",
    "example.com",
    "user-fixture",
    "key_fixture",
    "88dc28d0",
    "ada",
    "10.0.0.9",
    "ds-***fixt",
    "u-fixture",
)
READABLE = sorted(path for path in CASES.iterdir() if path.name != "openai-usage-ungrouped.json")


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.name)
def test_nothing_private_is_read(path: Path) -> None:
    read = " ".join(repr(entry) for entry in read_usage([path]))
    assert [word for word in PRIVATE if word in read.replace(str(CASES), "")] == []


def test_a_key_where_a_model_should_stand_is_masked(tmp_path: Path) -> None:
    line = {"model": "sk-proj-Zx81kQp0LmNw72VbTr55", "prompt_tokens": 1, "completion_tokens": 1}
    (usage,) = usages(read_usage([text(tmp_path, json.dumps(line))]))
    assert usage.model == "sk-…55"


def test_a_provider_in_free_words_is_not_repeated(tmp_path: Path) -> None:
    line = {
        "model": "gpt-4o",
        "provider": "call ada@example.com!",
        "prompt_tokens": 1,
        "completion_tokens": 1,
    }
    assert "other provider: one with an unusual name" in repr(
        list(read_usage([text(tmp_path, json.dumps(line))]))
    )


def test_a_refused_file_shows_names_only(tmp_path: Path) -> None:
    content = {"ada@example.com": "SECRET PROMPT", "note": "sk-proj-Zx81kQp0LmNw72VbTr55"}
    with pytest.raises(UserError) as refused:
        list(read_usage([text(tmp_path, json.dumps(content))]))
    assert "found: note, 1 more;" in str(refused.value)


def test_control_characters_do_not_reach_a_terminal(tmp_path: Path) -> None:
    line = {"model": "gpt-4o\u001b[31m\nred", "prompt_tokens": 1, "completion_tokens": 1}
    (usage,) = usages(read_usage([text(tmp_path, json.dumps(line))]))
    assert usage.model == "gpt-4o [31m red"
