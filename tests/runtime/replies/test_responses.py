"""The Responses API: played where it exists, refused where it does not, in the form that the SDKs read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from migrate_cli.runtime.answer import EVENTS
from migrate_cli.runtime.checks.request import check
from migrate_cli.runtime.exchange import Request
from migrate_cli.runtime.replies import responses as responses_replies
from tests.runtime.test_real_providers import KEY, ask

ASKED: dict[str, Any] = {"model": "gpt-4o", "input": "Hello"}
PROPERTIES = {"city": {"enum": ["Lyon"]}}
TOOL = {"type": "function", "name": "weather", "parameters": {"type": "object", "properties": PROPERTIES}}
CALL = {"type": "function_call", "call_id": "c1", "name": "weather", "arguments": "{}"}
OUTPUT = {"type": "function_call_output", "call_id": "c1", "output": "Rain"}


def original(**fields: Any) -> str | None:
    """The check that OpenAI's own API fails this request with, or None."""
    body = json.dumps(ASKED | fields).encode()
    refused = check(
        Request("POST", "/v1/responses", {"authorization": f"Bearer {KEY}"}, body), None, KEY
    ).refused
    return refused.check if refused is not None else None


def texts(response: dict[str, Any]) -> list[str]:
    """The texts in a response."""
    parts = [part for item in response["output"] for part in item.get("content", ())]
    return [part["text"] for part in parts if part["type"] == "output_text"]


def events(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """The events of a stream, parsed."""
    answer = responses_replies.reply(payload | {"stream": True}, None)
    assert answer.kind == EVENTS
    blocks = b"".join(answer.parts).decode().strip().split("\n\n")
    parsed = [json.loads(block.partition("\ndata: ")[2]) for block in blocks]
    assert [block.partition("\n")[0] for block in blocks] == [f"event: {event['type']}" for event in parsed]
    return parsed


@pytest.mark.parametrize(
    ("fields", "failed"),
    [
        ({}, None),
        ({"input": [{"role": "user", "content": "Hello"}], "instructions": "Be brief."}, None),
        ({"input": [CALL, OUTPUT]}, None),
        ({"input": [OUTPUT], "previous_response_id": "resp_1"}, None),
        ({"input": [OUTPUT]}, "tool_pairs"),
        ({"input": []}, "input"),
        ({"input": None}, "input"),
        ({"messages": []}, "fields"),
    ],
)
def test_what_openai_takes(fields: dict[str, Any], failed: str | None) -> None:
    assert original(**fields) == failed


@pytest.mark.parametrize("name", ["deepseek", "qwen", "doubao", "kimi", "ernie"])
def test_a_plain_request_is_accepted_where_the_endpoint_exists(name: str) -> None:
    verdict = ask(name, "/responses", input="Hello")
    assert verdict.refused is None
    assert verdict.notes.unproven == ()


@pytest.mark.parametrize("name", ["spark", "baichuan", "siliconflow", "glm", "stepfun"])
def test_nobody_answers_where_no_page_documents_the_endpoint_without_conditions(name: str) -> None:
    refused = ask(name, "/responses", input="Hello").refused
    assert refused is not None
    assert refused.check == "path"
    assert "not proven" in refused.reason


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("deepseek", {"previous_response_id": "resp_1"}),
        ("kimi", {"conversation": "conv_1"}),
        ("doubao", {"parallel_tool_calls": True}),
        ("doubao", {"metadata": {"a": "b"}}),
    ],
)
def test_what_is_known_to_fail_is_refused(name: str, fields: dict[str, Any]) -> None:
    assert ask(name, "/responses", input="Hello", **fields).refused is not None
    assert ask(name, "/responses", input="Hello").refused is None


@pytest.mark.parametrize(
    ("name", "fields", "note"),
    [
        ("doubao", {"previous_response_id": "resp_1"}, "responses: previous_response_id"),
        ("deepseek", {"truncation": "auto"}, "responses: truncation"),
        ("kimi", {"tools": [{"type": "computer_use_preview"}]}, "responses: tool computer_use_preview"),
    ],
)
def test_what_nobody_documents_is_not_proven(name: str, fields: dict[str, Any], note: str) -> None:
    verdict = ask(name, "/responses", input="Hello", **fields)
    assert verdict.refused is None
    assert note in verdict.notes.unproven


@pytest.mark.parametrize(
    ("name", "path"),
    [("deepseek", "/responses/resp_1"), ("qwen", "/chat/completions/c1"), ("glm", "/embeddings/e1")],
)
def test_what_nobody_keeps_is_refused(name: str, path: str) -> None:
    refused = ask(name, path, input="Hello").refused
    assert refused is not None
    assert refused.check == "path"


def test_what_the_standin_alone_does_not_keep_is_not_made_up() -> None:
    verdict = ask("qwen", "/responses/resp_1", input="Hello")
    assert verdict.unplayed == "the stand-in keeps nothing to ask for below responses"


def test_a_function_is_called_once_with_fitting_arguments() -> None:
    [call] = responses_replies.response(ASKED | {"tools": [TOOL]}, None)["output"]
    again = responses_replies.response(ASKED | {"tools": [TOOL], "input": [CALL, OUTPUT]}, None)
    assert (call["type"], call["name"], json.loads(call["arguments"])) == (
        "function_call",
        "weather",
        {"city": "Lyon"},
    )
    assert len(texts(again)) == 1


def test_json_is_made_from_the_schema() -> None:
    form = {"format": {"type": "json_schema", "schema": {"type": "object", "properties": PROPERTIES}}}
    assert texts(responses_replies.response(ASKED | {"text": form}, None)) == ['{"city": "Lyon"}']


def test_a_stream_says_what_the_whole_answer_says() -> None:
    seen = events(ASKED)
    whole = responses_replies.response(ASKED | {"stream": True}, None)
    assert [event["sequence_number"] for event in seen] == list(range(len(seen)))
    assert "".join(e["delta"] for e in seen if e["type"] == "response.output_text.delta") == texts(whole)[0]
    assert (seen[0]["type"], seen[-1]["response"]) == ("response.created", whole)


def test_a_streamed_call_has_its_arguments() -> None:
    seen = events(ASKED | {"tools": [TOOL]})
    [delta] = [event for event in seen if event["type"] == "response.function_call_arguments.delta"]
    assert json.loads(delta["delta"]) == {"city": "Lyon"}
