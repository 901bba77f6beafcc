"""One row per rule: the request that breaks it and the same request mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrate_cli.runtime.checks.request import check
from migrate_cli.runtime.exchange import ORIGINAL, Request
from tests.runtime.acme import ACME, CALL, KEY, TOOL, USER, chat, embed, post

ASKED = {"role": "assistant", "content": None, "tool_calls": [CALL]}
THOUGHT = ASKED | {"reasoning_content": "Hm."}
ANSWERED = {"role": "tool", "tool_call_id": "c1", "content": "yes"}
NAMED = {"type": "function", "function": {"name": "look"}}
OFF = {"type": "disabled"}
PICTURE = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:"}}]}
ASKS = {"model": "paint-1", "prompt": "A hut"}
SCHEMA = {"type": "json_schema", "json_schema": {"schema": {}}}

ROWS = {
    "another path": ("path", 404, post("/v1/chat/completions", {}), chat()),
    "an endpoint it does not have": ("path", 404, post("/files", {}), chat()),
    "no key": ("auth", 401, replace(chat(), headers={}), chat()),
    "the key of another": ("auth", 401, post("/chat/completions", {}, key="sk-other"), chat()),
    "no JSON": ("json", 400, post("/chat/completions", b"{"), chat()),
    "a JSON list": ("json", 400, post("/chat/completions", b"[]"), chat()),
    "no model": ("model", 404, chat(model=None), chat()),
    "an OpenAI model": ("model", 404, chat(model="gpt-4o"), chat(model="chat-latest")),
    "a retired model": ("model", 404, chat(model="old-1"), chat()),
    "an embedding model for chat": ("model", 404, chat(model="embed-1"), chat()),
    "a chat model for embeddings": ("model", 404, embed(model="chat-1"), embed()),
    "an image model for chat": ("model", 404, chat(model="paint-1"), chat()),
    "a chat model for images": (
        "model",
        404,
        post("/pictures", ASKS | {"model": "chat-1"}),
        post("/pictures", ASKS),
    ),
    "no prompt": ("fields", 400, post("/pictures", {"model": "paint-1"}), post("/pictures", ASKS)),
    "a picture for a blind model": ("model", 404, chat(PICTURE), chat(PICTURE, model="see-1")),
    "a rejected field": ("fields", 400, chat(logit_bias={}), chat(model="see-1", logit_bias={})),
    "too high": ("fields", 400, chat(temperature=1.5), chat(temperature=1)),
    "the excluded minimum": ("fields", 400, chat(temperature=0), chat(temperature=0.01)),
    "a value that is not allowed": ("fields", 400, chat(n=2), chat(n=1)),
    "a bare string for a list": ("fields", 400, chat(stop="a"), chat(stop=["a"])),
    "too many items": ("fields", 400, chat(stop=["a", "b", "c"]), chat(stop=["a", "b"])),
    "too long an item": ("fields", 400, chat(stop=["abcdef"]), chat(stop=["abcde"])),
    "a forced tool": ("fields", 400, chat(tool_choice="required"), chat(tool_choice=NAMED)),
    "base64": ("fields", 400, embed(encoding_format="base64"), embed()),
    "no messages": ("messages", 400, chat(messages=[]), chat()),
    "an unknown role": ("roles", 400, chat({"role": "boss", "content": ""}), chat()),
    "a rejected role": (
        "roles",
        400,
        chat({"role": "developer", "content": "x"}, USER),
        chat({"role": "system", "content": "x"}, USER),
    ),
    "an empty answer": (
        "messages",
        400,
        chat({"role": "assistant", "content": ""}, USER),
        chat({"role": "assistant", "content": "a"}, USER),
    ),
    "a call without its answer": (
        "tool_pairs",
        400,
        chat(USER, ASKED, USER),
        chat(USER, ASKED, ANSWERED, USER),
    ),
    "a call left open": ("tool_pairs", 400, chat(USER, ASKED), chat(USER, ASKED, ANSWERED)),
    "an answer without its call": ("tool_pairs", 400, chat(USER, ANSWERED), chat(USER, ASKED, ANSWERED)),
    "a forced tool while thinking": (
        "thinking",
        400,
        chat(model="think-1", tools=[TOOL], tool_choice=NAMED),
        chat(model="think-1", tools=[TOOL], tool_choice=NAMED, thinking=OFF),
    ),
    "a history without reasoning": (
        "thinking",
        400,
        chat(USER, ASKED, ANSWERED, model="think-1"),
        chat(USER, THOUGHT, ANSWERED, model="think-1"),
    ),
    "switching off what always thinks": (
        "thinking",
        400,
        chat(model="always-1", thinking=OFF),
        chat(model="always-1"),
    ),
    "a rejected format": (
        "fields",
        422,
        chat(response_format=SCHEMA),
        chat(response_format={"type": "json_object"}),
    ),
    "an unknown format": (
        "response_format",
        400,
        chat(response_format={"type": "xml"}),
        chat(response_format={"type": "text"}),
    ),
    "no input": ("embeddings", 400, embed(input=[]), embed(input=["a"])),
    "too large a batch": ("embeddings", 400, embed(input=["a"] * 4), embed(input=["a"] * 3)),
    "a width it does not have": ("embeddings", 400, embed(dimensions=5), embed(dimensions=4)),
}


@pytest.mark.parametrize(("name", "status", "bad", "good"), ROWS.values(), ids=ROWS.keys())
def test_bad_is_refused_and_mended_is_accepted(name: str, status: int, bad: Request, good: Request) -> None:
    refused = check(bad, ACME, KEY).refused
    assert refused is not None
    assert (refused.check, refused.status) == (name, status)
    assert check(good, ACME, KEY).refused is None


UNPROVEN = {
    "a field nobody documents": (chat(frobnicate=1), ("frobnicate",)),
    "a field of unknown support": (chat(logprobs=True), ("logprobs",)),
    "an unconfirmed limit": (chat(top_logprobs=9), ("top_logprobs",)),
    "a restriction without data": (chat(top_p=0.5), ("top_p",)),
    "a null": (chat(temperature=None), ("temperature: null",)),
    "a role of unknown support": (chat({"role": "function", "content": "x"}, USER), ("role_function",)),
    "sound input": (
        chat({"role": "user", "content": [{"type": "input_audio"}]}, model="think-1"),
        ("audio_parts",),
    ),
    "more output than documented": (
        chat(max_tokens=5000),
        ("max_tokens above the documented output limit of 4096",),
    ),
    "a model that may think": (
        chat(USER, ASKED, ANSWERED, model="maybe-1"),
        ("reasoning_content: whether this model thinks by default is not documented",),
    ),
    "token ids": (embed(input=[1, 2, 3]), ("input: token ids",)),
    "an unknown width and batch": (
        embed(model="embed-2", input=["a", "b"]),
        ("embedding width: unknown", "embedding batch limit: unknown"),
    ),
    "an endpoint nobody documents": (
        post("/completions", {"model": "chat-1", "prompt": "x"}),
        ("endpoint completions",),
    ),
}


@pytest.mark.parametrize(("request_", "notes"), UNPROVEN.values(), ids=UNPROVEN.keys())
def test_unknown_is_neither_passed_nor_failed(request_: Request, notes: tuple[str, ...]) -> None:
    verdict = check(request_, ACME, KEY)
    assert verdict.refused is None
    assert verdict.notes.unproven == notes
    assert verdict.notes.ignored == ()


def test_a_field_without_effect_is_noted() -> None:
    verdict = check(chat(seed=7), ACME, KEY)
    assert verdict.refused is None
    assert verdict.notes.ignored == ("seed",)
    assert verdict.notes.unproven == ()


def test_a_documented_request_has_no_notes() -> None:
    verdict = check(chat(temperature=0.5, max_tokens=10, stream=True, stop=["."]), ACME, KEY)
    assert verdict.refused is None
    assert verdict.notes.unproven == ()
    assert verdict.auth == "right"
    assert verdict.model == "chat-1"


def test_the_first_failure_answers() -> None:
    refused = check(chat(model="gpt-4o", temperature=9), ACME, "another key").refused
    assert refused is not None
    assert refused.check == "auth"


def test_a_published_error_is_sent_as_published() -> None:
    refused = check(chat(response_format=SCHEMA), ACME, KEY).refused
    assert refused is not None
    assert refused.shape_known
    assert refused.body == {"error": {"message": "JSON schema is not for us", "code": "acme-7"}}


def test_an_unpublished_error_has_openai_shape() -> None:
    refused = check(chat(model="gpt-4o"), ACME, KEY).refused
    assert refused is not None
    assert not refused.shape_known
    assert refused.body["error"]["code"] == "model_not_found"


def test_an_error_sent_with_success_is_no_refusal_to_copy() -> None:
    refused = check(embed(input=["a"] * 4), ACME, KEY).refused
    assert refused is not None
    assert refused.status == 400
    assert not refused.shape_known


@pytest.mark.parametrize(
    ("original", "is_right"),
    [
        ("https://api.acme.example/api/v9/chat/completions", True),
        ("https://api.acme.example/api/v9/chat/completions?trace=1", True),
        ("http://api.acme.example/api/v9/chat/completions", False),
        ("https://api.acme.example/v1/chat/completions", False),
        ("https://api.acme.example/api/v9/v1/chat/completions", False),
        ("https://api.openai.com/api/v9/chat/completions", False),
    ],
)
def test_the_original_address_counts_when_it_is_known(original: str, is_right: bool) -> None:
    request = chat()
    moved = replace(request, headers={**request.headers, ORIGINAL: original})
    assert (check(moved, ACME, KEY).refused is None) is is_right


def test_no_key_in_any_verdict() -> None:
    verdict = check(post("/chat/completions", {}, key="sk-very-secret"), ACME, KEY)
    assert "sk-very-secret" not in repr(verdict)
    assert KEY not in repr(verdict)
