"""The rules with the real catalogue: what is known to be refused is refused, and plain calls are not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.runtime.checks.request import check
from migrate_cli.runtime.exchange import ORIGINAL, Request, Verdict
from migrate_cli.runtime.profile import bases

KEY = "canary-0123456789"
USER = {"role": "user", "content": "Hello"}
DEVELOPER = {"role": "developer", "content": "Be brief."}
SCHEMA = {"type": "json_schema", "json_schema": {"name": "x", "schema": {}}}
OBJECT = {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object"}}}
CLOSED = {
    "type": "json_schema",
    "json_schema": {"name": "x", "schema": {"type": "object", "additionalProperties": False}},
}
JSON = {"type": "json_object"}
ASKS_FOR_JSON = [{"role": "user", "content": "Hello, as JSON"}]
HISTORY = [
    USER,
    {
        "role": "assistant",
        "tool_calls": [{"id": "a", "type": "function", "function": {"name": "f", "arguments": ""}}],
    },
    {"role": "tool", "tool_call_id": "a", "content": "1"},
]
MAINLAND = ("ernie", "glm", "qwen", "deepseek", "kimi")


def ask(
    name: str, path: str, base: str | None = None, replaces: str = "gpt-4o-mini", **fields: Any
) -> Verdict:
    """The verdict of provider `name` on a request for the model that replaces an OpenAI model there."""
    catalogue = open_catalogue()
    provider = catalogue.provider(name)
    replacement = catalogue.replacement(provider, replaces)
    payload = {"model": replacement.to if replacement else None} | fields
    headers = {"authorization": f"Bearer {KEY}", ORIGINAL: (base or bases(provider)[0]) + path}
    return check(Request("POST", "/", headers, json.dumps(payload).encode()), provider, KEY)


@pytest.mark.parametrize("name", MAINLAND)
def test_a_plain_chat_is_accepted_without_notes(name: str) -> None:
    verdict = ask(name, "/chat/completions", messages=[USER], stream=True)
    assert verdict.refused is None
    assert verdict.notes.unproven == ()


@pytest.mark.parametrize("name", MAINLAND)
@pytest.mark.parametrize(
    ("fields", "failed"), [({"model": "gpt-4o-mini"}, "model"), ({"model": None}, "model")]
)
def test_no_provider_takes_an_openai_model(name: str, fields: dict[str, Any], failed: str) -> None:
    refused = ask(name, "/chat/completions", messages=[USER], **fields).refused
    assert refused is not None
    assert refused.check == failed


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("ernie", "https://qianfan.baidubce.com/v1"),
        ("ernie", "https://api.openai.com/v1"),
        ("glm", "https://open.bigmodel.cn/api/paas/v4/v1"),
        ("qwen", "https://dashscope.aliyuncs.com/v1"),
        ("kimi", "https://api.moonshot.cn"),
    ],
)
def test_a_base_url_that_was_guessed_is_refused(name: str, base: str) -> None:
    refused = ask(name, "/chat/completions", base, messages=[USER]).refused
    assert refused is not None
    assert refused.check == "path"


@pytest.mark.parametrize(
    ("name", "bad", "good"),
    [
        ("ernie", {"stop": "."}, {"stop": ["."]}),
        ("ernie", {"temperature": 0}, {"temperature": 0.01}),
        ("glm", {"stop": [".", "!"]}, {"stop": ["."]}),
        ("glm", {"tool_choice": "required"}, {"tool_choice": "auto"}),
        ("qwen", {"messages": [DEVELOPER, USER]}, {"messages": [USER]}),
        ("deepseek", {"messages": [DEVELOPER, USER]}, {"messages": [USER]}),
        ("deepseek", {"response_format": SCHEMA}, {"response_format": JSON, "messages": ASKS_FOR_JSON}),
        ("deepseek", {"response_format": JSON}, {"response_format": JSON, "messages": ASKS_FOR_JSON}),
        ("hunyuan", {"response_format": OBJECT}, {"response_format": CLOSED}),
        ("glm", {"seed": None}, {"seed": 1}),
        ("sensenova", {"verbosity": "low"}, {}),
        ("kimi", {"presence_penalty": 0}, {}),
        ("ernie", {"seed": 0}, {"seed": 1}),
        ("deepseek", {"messages": HISTORY}, {"messages": HISTORY, "thinking": {"type": "disabled"}}),
        ("kimi", {"messages": HISTORY}, {"messages": HISTORY, "thinking": {"type": "disabled"}}),
        ("kimi", {"temperature": 0.2}, {}),
        ("glm", {"messages": [{"role": "system", "content": "x"}]}, {}),
        ("minimax", {"messages": [{"role": "system", "content": "x"}] * 2 + [USER]}, {}),
        ("sensenova", {"frobnicate": 1}, {}),
    ],
)
def test_known_traps(name: str, bad: dict[str, Any], good: dict[str, Any]) -> None:
    start = {"messages": [USER]}
    assert ask(name, "/chat/completions", **(start | bad)).refused is not None
    assert ask(name, "/chat/completions", **(start | good)).refused is None


def test_base64_embeddings_are_refused_where_only_numbers_are_documented() -> None:
    small = "text-embedding-3-small"
    assert (
        ask("ernie", "/embeddings", replaces=small, input="x", encoding_format="base64").refused is not None
    )
    assert ask("ernie", "/embeddings", replaces=small, input="x", encoding_format="float").refused is None


@pytest.mark.parametrize("name", ["glm", "qwen"])
def test_base64_embeddings_are_not_proven_where_nothing_is_documented(name: str) -> None:
    verdict = ask(name, "/embeddings", replaces="text-embedding-3-small", input="x", encoding_format="base64")
    assert verdict.refused is None
    assert "encoding_format" in verdict.notes.unproven


@pytest.mark.parametrize("name", ["deepseek", "kimi"])
def test_no_embeddings_where_there_are_none(name: str) -> None:
    refused = ask(name, "/embeddings", input="x").refused
    assert refused is not None
    assert refused.check == "path"


def test_the_developer_role_is_not_proven_where_nothing_is_documented() -> None:
    verdict = ask("ernie", "/chat/completions", messages=[DEVELOPER, USER])
    assert verdict.refused is None
    assert "role_developer" in verdict.notes.unproven


def test_deepseek_answers_as_published() -> None:
    refused = ask("deepseek", "/chat/completions", messages=[USER], response_format=SCHEMA).refused
    assert refused is not None
    assert refused.body["error"]["message"] == "This response_format type is unavailable now"


def test_what_no_image_model_takes_is_passed_over_with_a_note() -> None:
    verdict = ask("doubao", "/images/generations", replaces="dall-e-3", prompt="A hut", style="vivid", n=1)
    assert verdict.refused is None
    assert verdict.notes.ignored == ("style",)


def test_images_are_refused_where_there_are_none() -> None:
    refused = ask("kimi", "/images/generations", prompt="A hut").refused
    assert refused is not None
    assert refused.check == "path"
