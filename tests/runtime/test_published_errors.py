"""Every error body on record is what its bad request gets, and the mended request is taken."""

from __future__ import annotations

import json
from typing import Any

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.runtime.exchange import Verdict
from tests.runtime.test_real_providers import DEVELOPER, HISTORY, JSON, SCHEMA, USER, ask

FUNCTION = {"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {}}}}
FORCED: dict[str, Any] = {"tools": [FUNCTION], "tool_choice": "required"}
CHOSEN: dict[str, Any] = {"tools": [FUNCTION], "tool_choice": "auto"}
OFF = {"type": "disabled"}
ORPHAN = [USER, {"role": "tool", "tool_call_id": "a", "content": "1"}]
SYSTEM = {"role": "system", "content": "Be brief."}
SMALL = "text-embedding-3-small"
THOUGHT = [USER, {**HISTORY[1], "reasoning_content": "x"}, HISTORY[2]]

# provider, bad request, mended request, a part of the body that the provider sends
CHAT: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    (
        "deepseek",
        {"response_format": SCHEMA},
        {"response_format": JSON, "messages": [{"role": "user", "content": "json"}]},
        "This response_format type is unavailable now",
    ),
    ("deepseek", {"messages": HISTORY}, {"messages": THOUGHT}, "must be passed back to the API"),
    ("deepseek", FORCED, CHOSEN, "Thinking mode does not support this tool_choice"),
    ("deepseek", {"messages": HISTORY[:2]}, {"messages": THOUGHT}, "insufficient tool messages"),
    ("deepseek", {"messages": ORPHAN}, {"messages": THOUGHT}, "must be a response to a preceding message"),
    ("kimi", {"temperature": 0.2}, {}, "only 1 is allowed"),
    (
        "kimi",
        {"messages": HISTORY},
        {"messages": THOUGHT},
        "thinking is enabled but reasoning_content is missing",
    ),
    (
        "kimi",
        {"messages": [USER, {"role": "assistant", "content": ""}, USER]},
        {"messages": [USER, {"role": "assistant", "content": "x"}, USER]},
        "must not be empty",
    ),
    ("kimi", {"model": "kimi-k3", "thinking": OFF}, {"model": "kimi-k3"}, "only type=enabled is allowed"),
    ("glm", {"messages": [SYSTEM]}, {"messages": [SYSTEM, USER]}, '"code": "1214"'),
    ("glm", FORCED, CHOSEN, "Tool choice must be auto"),
    ("glm", {"model": "gpt-4o"}, {}, '"code": "1211"'),
    ("qwen", {"messages": [DEVELOPER, USER]}, {"messages": [SYSTEM, USER]}, "developer is not one of"),
    ("qwen", {"model": "gpt-4o"}, {}, "Model.NotExist"),
    ("minimax", {"messages": [SYSTEM, SYSTEM, USER]}, {"messages": [SYSTEM, USER]}, "(2013)"),
    ("doubao", {"model": "gpt-4o"}, {}, "InvalidEndpointOrModel.NotFound"),
    ("ernie", {"model": "gpt-4o"}, {}, "invalid_model"),
    ("sensenova", {"frobnicate": 1}, {}, "Errors in message queue response"),
]

CATALOGUE = open_catalogue()
LISTED = [p for p in map(CATALOGUE.provider, CATALOGUE.provider_ids()) if p.models]
REPLACED = [(provider.id, CATALOGUE.replacement(provider, "gpt-4o-mini")) for provider in LISTED]
SERVED = [
    (name, replacement.to) for name, replacement in REPLACED if replacement is not None and replacement.to
]


def body(verdict: Verdict) -> str:
    """What the provider sends instead of an answer."""
    assert verdict.refused is not None
    assert verdict.refused.shape_known
    return json.dumps(verdict.refused.body, ensure_ascii=False)


@pytest.mark.parametrize(("name", "bad", "good", "part"), CHAT)
def test_chat(name: str, bad: dict[str, Any], good: dict[str, Any], part: str) -> None:
    start = {"messages": [USER]}
    assert part in body(ask(name, "/chat/completions", **(start | bad)))
    assert ask(name, "/chat/completions", **(start | good)).refused is None


def test_embedding_batches() -> None:
    many: dict[str, Any] = {"replaces": SMALL, "model": "text-embedding-v4"}
    assert "should not be larger than 10" in body(ask("qwen", "/embeddings", **many, input=["x"] * 11))
    assert ask("qwen", "/embeddings", **many, input=["x"] * 10).refused is None


def test_a_message_on_record_stands_in_the_providers_own_frame() -> None:
    refused = ask("deepseek", "/chat/completions", messages=[USER], **FORCED).refused
    assert refused is not None
    assert refused.body["error"]["code"] == "invalid_request_error"


def test_an_error_whose_body_nobody_published_is_not_dressed_up() -> None:
    refused = ask("stepfun", "/chat/completions", messages=[USER], model="gpt-4o").refused
    assert refused is not None
    assert not refused.shape_known


@pytest.mark.parametrize(("name", "model"), SERVED)
def test_a_wrong_model_is_refused_and_the_right_one_is_not(name: str, model: str) -> None:
    assert ask(name, "/chat/completions", messages=[USER], model="gpt-0").refused is not None
    assert ask(name, "/chat/completions", messages=[USER], model=model, stream=True).refused is None
