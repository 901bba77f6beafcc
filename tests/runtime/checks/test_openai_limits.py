"""What OpenAI refuses beyond its types, and what it takes."""

from __future__ import annotations

from typing import Any

import pytest

from migrate_cli.runtime.checks.request import check
from tests.runtime.checks.test_openai import BEARER, KEY, USER, post

CHAT = "/v1/chat/completions"
TOOL = {"type": "function", "function": {"name": "f"}}
JSON = {"type": "json_object"}
AZURE = "/openai/deployments/mine/chat/completions?api-version=2024-10-21"


def says(content: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": content}]}


# the request that is refused, and the mended one
ROWS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "not supported with this model. Use 'max_completion_tokens'": (
        {"model": "o3", "max_tokens": 5},
        {"model": "o3", "max_completion_tokens": 5},
    ),
    "'temperature' does not support 0.2": (
        {"model": "o3", "temperature": 0.2},
        {"model": "o3", "temperature": 1},
    ),
    "'tool_choice' is only allowed": ({"tool_choice": "auto"}, {"tool_choice": "auto", "tools": [TOOL]}),
    "tools must not be an empty array": ({"tools": []}, {}),
    "'tools[0].function.name'": (
        {"tools": [{"type": "function", "function": {}}]},
        {"tools": [{"type": "custom", "custom": {"name": "f"}}]},
    ),
    "must contain the word 'json'": ({"response_format": JSON}, {"response_format": JSON, **says("JSON")}),
    "response_format.type must be one of": (
        {"response_format": {"type": "xml"}},
        {"response_format": {"type": "text"}},
    ),
    "response_format.json_schema needs a name": (
        {"response_format": {"type": "json_schema", "json_schema": {"schema": {}}}},
        {"response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {}}}},
    ),
    "must be a text or a list of parts": (says(5), says("5")),
    "a part of a message must be one of": (
        says([{"type": "bogus"}]),
        says([{"type": "image_url", "image_url": {"url": "https://images.example/a.png"}}]),
    ),
    "a part of type text holds no text": (says([{"type": "text"}]), says([{"type": "text", "text": ""}])),
}


@pytest.mark.parametrize(("reason", "bad"), [(reason, bad) for reason, (bad, _) in ROWS.items()])
def test_refused_in_its_words(reason: str, bad: dict[str, Any]) -> None:
    refused = check(post(CHAT, BEARER, **({"model": "gpt-4o", "messages": [USER]} | bad)), None, KEY).refused
    assert refused is not None
    assert reason in refused.body["error"]["message"]


@pytest.mark.parametrize("good", [good for _, good in ROWS.values()], ids=ROWS)
def test_the_mended_request_is_taken_without_notes(good: dict[str, Any]) -> None:
    verdict = check(post(CHAT, BEARER, **({"model": "gpt-4o", "messages": [USER]} | good)), None, KEY)
    assert verdict.refused is None
    assert verdict.notes.unproven == ()


def test_an_error_has_the_code_that_sdks_read() -> None:
    asked = post(CHAT, BEARER, model="o3", messages=[USER], max_tokens=5)
    refused = check(asked, None, KEY).refused
    assert refused is not None
    assert refused.body["error"]["code"] == "unsupported_parameter"
    assert refused.body["error"]["param"] == "max_tokens"


@pytest.mark.parametrize(
    ("model", "note"),
    [
        ("nope", "model nope: in no list of OpenAI's models"),
        ("gpt-4-0314", "model gpt-4-0314: shut down on 2026-03-26"),
        ("ft:gpt-4o:org::id", "model: a fine-tuned one, which only its owner can see"),
    ],
)
def test_a_model_that_may_not_be_there_is_answered_and_not_proven(model: str, note: str) -> None:
    verdict = check(post(CHAT, BEARER, model=model, messages=[USER]), None, KEY)
    assert verdict.refused is None
    assert verdict.notes.unproven == (note,)


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-4o-2024-08-06", "gpt-5.4"])
def test_a_model_that_is_there_is_left_alone(model: str) -> None:
    assert check(post(CHAT, BEARER, model=model, messages=[USER]), None, KEY).notes.unproven == ()


def test_a_deployment_at_azure_has_any_name() -> None:
    verdict = check(post(AZURE, {"api-key": KEY}, model="mine", messages=[USER]), None, KEY)
    assert verdict.refused is None
    assert verdict.notes.unproven == ()


def test_an_old_completion_may_ask_for_an_echo_alone() -> None:
    asked = {"model": "gpt-3.5-turbo-instruct-0914", "prompt": "x", "echo": True}
    assert check(post("/v1/completions", BEARER, **asked, max_tokens=0), None, KEY).refused is None
    assert check(post("/v1/completions", BEARER, **asked, max_tokens=-1), None, KEY).refused is not None
