"""What hangs on the model, on thinking or on two fields at once, with the real catalogue."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.runtime.test_real_providers import HISTORY, USER, ask

TOOLS = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {}}}}]
OFF = {"type": "disabled"}
NAMED = {"type": "function", "function": {"name": "f"}}
CHAT = "/chat/completions"
VISION = "doubao-embedding-vision-250615"
EMPTY = [USER, {"role": "assistant", "content": ""}, USER]

TAKEN: list[tuple[str, dict[str, Any]]] = [
    ("kimi", {"model": "kimi-k3", "tools": TOOLS, "tool_choice": "required"}),
    ("kimi", {"model": "kimi-k2.6", "temperature": 0.6, "thinking": OFF}),
    ("kimi", {"model": "kimi-k2.6", "temperature": 1}),
    ("glm", {"user_id": "abcdef"}),
    ("doubao", {"max_tokens": 5, "max_completion_tokens": None}),
    ("deepseek", {"thinking": {"type": "enabled"}}),
]
REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("kimi", {"model": "kimi-k3", "tools": TOOLS, "tool_choice": NAMED}),
    ("kimi", {"model": "kimi-k2.6", "tools": TOOLS, "tool_choice": "required"}),
    ("kimi", {"model": "kimi-k2.6", "temperature": 1, "thinking": OFF}),
    ("kimi", {"model": "kimi-k2.6", "temperature": 0.6}),
    ("kimi", {"model": "kimi-k2.6", "reasoning_effort": "medium"}),
    ("deepseek", {"tools": TOOLS, "tool_choice": "required"}),
    ("glm", {"user_id": "abc"}),
    ("doubao", {"max_tokens": 5, "max_completion_tokens": 5}),
    ("ernie", {"messages": [{"role": "user", "content": " \n"}]}),
]


@pytest.mark.parametrize(("name", "fields"), TAKEN)
def test_taken(name: str, fields: dict[str, Any]) -> None:
    assert ask(name, CHAT, **({"messages": [USER]} | fields)).refused is None


@pytest.mark.parametrize(("name", "fields"), REFUSED)
def test_refused(name: str, fields: dict[str, Any]) -> None:
    assert ask(name, CHAT, **({"messages": [USER]} | fields)).refused is not None


def test_a_blank_text_says_something_where_it_may_stand_for_nothing() -> None:
    assert ask("kimi", CHAT, messages=[{"role": "user", "content": " "}]).refused is None


def test_a_wrong_value_that_is_passed_over_is_ignored() -> None:
    verdict = ask("kimi", CHAT, messages=[USER], model="kimi-k3", reasoning_effort="medium")
    assert verdict.refused is None
    assert verdict.notes.ignored == ("reasoning_effort",)


@pytest.mark.parametrize("value", [{"type": "auto"}, {"type": "off"}, True])
def test_a_switch_that_nobody_documents_is_not_proven(value: Any) -> None:
    verdict = ask("deepseek", CHAT, messages=[USER], thinking=value)
    assert verdict.refused is None
    assert "thinking" in verdict.notes.unproven


def test_the_error_names_the_value_that_is_taken() -> None:
    refused = ask("kimi", CHAT, messages=[USER], model="kimi-k2.6", temperature=1, thinking=OFF).refused
    assert refused is not None
    assert refused.shape_known
    assert "only 0.6 is allowed" in refused.body["error"]["message"]


def test_another_field_does_not_borrow_that_error() -> None:
    refused = ask("kimi", CHAT, messages=[USER], n=2).refused
    assert refused is not None
    assert "temperature" not in json.dumps(refused.body)


@pytest.mark.parametrize(
    ("name", "fields", "part"),
    [
        ("kimi", {"messages": HISTORY}, "message at index 1"),
        ("kimi", {"messages": EMPTY}, "the message at position 1 with role"),
        ("doubao", {"model": "gpt-4o"}, "The model or endpoint gpt-4o does not exist"),
    ],
)
def test_a_published_error_speaks_of_what_was_sent(name: str, fields: dict[str, Any], part: str) -> None:
    refused = ask(name, CHAT, **({"messages": [USER]} | fields)).refused
    assert refused is not None
    assert part in refused.body["error"]["message"]


def test_an_embedding_model_with_a_path_of_its_own_is_refused_at_the_usual_one() -> None:
    refused = ask("doubao", "/embeddings", model=VISION, input="x").refused
    assert refused is not None
    assert "/embeddings/multimodal" in refused.reason


@pytest.mark.parametrize("text", ["word " * 2000, "字" * 1000, list(range(400))])
def test_a_text_beyond_the_documented_length_is_not_proven(text: Any) -> None:
    verdict = ask("ernie", "/embeddings", model="embedding-v1", input=[text])
    assert "input: longer than the documented 384 tokens" in verdict.notes.unproven


@pytest.mark.parametrize("text", ["word " * 380, "字" * 380])
def test_a_text_within_it_is_left_alone(text: str) -> None:
    assert ask("ernie", "/embeddings", model="embedding-v1", input=[text]).notes.unproven == ()
