"""The baseline: what OpenAI itself takes, and what it does not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from migrate_cli.runtime.checks.request import check
from migrate_cli.runtime.exchange import Request

KEY = "sk-canary"
USER = {"role": "user", "content": "Hello"}
BEARER = {"authorization": f"Bearer {KEY}"}


def post(path: str, headers: dict[str, str], **payload: Any) -> Request:
    return Request("POST", path, headers, json.dumps(payload).encode())


@pytest.mark.parametrize(
    "fields",
    [
        {"temperature": 2, "top_p": 1, "stop": "x", "seed": 1, "logit_bias": {"1": 1}},
        {"messages": [{"role": "developer", "content": "Be brief."}, USER]},
        {"response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {}}}},
        {"max_completion_tokens": 5, "reasoning_effort": "low", "metadata": {"a": "b"}, "store": True},
        {"stream": True, "stream_options": {"include_usage": True}, "user": "me", "n": 2},
    ],
)
def test_legal_requests_are_accepted_without_notes(fields: dict[str, Any]) -> None:
    payload = {"model": "gpt-4o", "messages": [USER]} | fields
    verdict = check(post("/v1/chat/completions", BEARER, **payload), None, KEY)
    assert verdict.refused is None
    assert verdict.notes.unproven == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"temperature": 3},
        {"stop": ["a", "b", "c", "d", "e"]},
        {"messages": []},
        {"messages": [{"role": "boss", "content": "x"}]},
        {"enable_thinking": False},
        {"stream_options": {"include_usage": True}},
        {"model": None},
    ],
)
def test_illegal_requests_are_refused(fields: dict[str, Any]) -> None:
    payload = {"model": "gpt-4o", "messages": [USER]} | fields
    assert check(post("/v1/chat/completions", BEARER, **payload), None, KEY).refused is not None


@pytest.mark.parametrize(
    ("path", "payload"),
    [
        ("/v1/embeddings", {"model": "text-embedding-3-small", "input": "x", "encoding_format": "base64"}),
        ("/v1/completions", {"model": "gpt-3.5-turbo-instruct", "prompt": "x", "best_of": 2}),
        ("/v1/images/generations", {"prompt": "A hut"}),
        ("/v1/responses", {"prompt": {"id": "p"}}),
        ("/v1/responses", {"model": "gpt-4o", "previous_response_id": "r"}),
    ],
)
def test_other_endpoints_are_accepted(path: str, payload: dict[str, Any]) -> None:
    assert check(post(path, BEARER, **payload), None, KEY).refused is None


def test_azure_has_its_own_path_and_header() -> None:
    path = "/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21"
    request = post(path, {"api-key": KEY}, model="gpt-4o", messages=[USER])
    assert check(request, None, KEY).refused is None


def test_azure_header_does_not_open_openai() -> None:
    refused = check(
        post("/v1/chat/completions", {"api-key": KEY}, model="gpt-4o", messages=[USER]), None, KEY
    ).refused
    assert refused is not None
    assert refused.check == "auth"


@pytest.mark.parametrize(
    ("path", "payload", "failed"),
    [
        ("/v1/embeddings", {"input": "x"}, "fields"),
        ("/v1/responses", {"model": "gpt-4o"}, "input"),
        ("/v1/responses", {"model": "gpt-4o", "input": 1}, "input"),
        ("/v1/images/generations", {"prompt": "A hut", "watermark": True}, "fields"),
        ("/v1/images/edits", {"prompt": "A hut"}, "path"),
    ],
)
def test_other_illegal_requests_are_refused(path: str, payload: dict[str, Any], failed: str) -> None:
    refused = check(post(path, BEARER, **payload), None, KEY).refused
    assert refused is not None
    assert refused.check == failed


def test_what_is_not_played_is_no_fault_of_the_program() -> None:
    refused = check(post("/v1/videos", BEARER, prompt="A hut"), None, KEY).refused
    assert refused is not None
    assert refused.reason == "the stand-in does not play /videos: not proven"


def test_a_method_is_judged_before_the_body() -> None:
    refused = check(Request("DELETE", "/v1/models/mine", BEARER), None, KEY).refused
    assert refused is not None
    assert refused.check == "method"
