"""Answers are the same on every run and have the shape the SDKs read."""

from __future__ import annotations

import base64
import json
import math
import struct
from typing import Any

import pytest

from migrate_cli.runtime.replies import accepted as replies
from migrate_cli.runtime.replies.schema_values import example
from migrate_cli.runtime.replies.vectors import embed
from tests.runtime.acme import ACME, CALL, TOOL, USER

CHAT: dict[str, Any] = {"model": "chat-1", "messages": [USER]}
WEATHER = {
    "type": "function",
    "function": {"name": "weather", "parameters": {"properties": {"city": {"enum": ["Lyon", "Bern"]}}}},
}


def joined(payload: dict[str, Any], field: str) -> str:
    """One field of all deltas put together."""
    chunks = [chunk for chunk in replies.chat_chunks(payload, ACME) if chunk["choices"]]
    return "".join(chunk["choices"][0]["delta"].get(field) or "" for chunk in chunks)


def test_the_same_request_gets_the_same_answer() -> None:
    assert replies.chat(CHAT, ACME) == replies.chat(CHAT, ACME)


def test_another_request_gets_another_answer() -> None:
    other = CHAT | {"messages": [{"role": "user", "content": "Bye"}]}
    assert replies.chat(CHAT, ACME)["choices"] != replies.chat(other, ACME)["choices"]


def test_a_tool_is_called_once_with_fitting_arguments() -> None:
    choice = replies.chat(CHAT | {"tools": [WEATHER]}, ACME)["choices"][0]
    function = choice["message"]["tool_calls"][0]["function"]
    assert choice["finish_reason"] == "tool_calls"
    assert function["name"] == "weather"
    assert json.loads(function["arguments"]) == {"city": "Lyon"}


def test_the_named_tool_is_called() -> None:
    choice = {"type": "function", "function": {"name": "weather"}}
    payload = CHAT | {"tools": [TOOL, WEATHER], "tool_choice": choice}
    assert (
        replies.chat(payload, ACME)["choices"][0]["message"]["tool_calls"][0]["function"]["name"] == "weather"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"tool_choice": "none"},
        {
            "messages": [
                USER,
                {"role": "assistant", "tool_calls": [CALL]},
                {"role": "tool", "tool_call_id": "c1"},
            ]
        },
    ],
)
def test_no_tool_is_called_when_none_is_due(fields: dict[str, Any]) -> None:
    choice = replies.chat(CHAT | {"tools": [TOOL]} | fields, ACME)["choices"][0]
    assert "tool_calls" not in choice["message"]
    assert choice["message"]["content"]
    assert choice["finish_reason"] == "stop"


def test_a_stream_says_what_the_whole_answer_says() -> None:
    assert joined(CHAT, "content") == replies.chat(CHAT, ACME)["choices"][0]["message"]["content"]


def test_a_streamed_tool_call_comes_in_pieces_that_fit() -> None:
    chunks = replies.chat_chunks(CHAT | {"tools": [WEATHER]}, ACME)
    calls = [call for chunk in chunks for call in chunk["choices"][0]["delta"].get("tool_calls", [])]
    assert len(calls) == 2
    assert json.loads("".join(call["function"]["arguments"] for call in calls)) == {"city": "Lyon"}


@pytest.mark.parametrize(("options", "count"), [({"include_usage": True}, 1), ({}, 0), (None, 0)])
def test_usage_is_streamed_only_when_asked_for(options: dict[str, Any] | None, count: int) -> None:
    chunks = list(replies.chat_chunks(CHAT | {"stream_options": options}, ACME))
    assert len([chunk for chunk in chunks if "usage" in chunk]) == count


def test_a_thinking_model_shows_its_reasoning() -> None:
    assert replies.chat(CHAT | {"model": "think-1"}, ACME)["choices"][0]["message"]["reasoning_content"]
    assert joined(CHAT | {"model": "think-1"}, "reasoning_content")


def test_a_model_that_was_told_not_to_think_does_not() -> None:
    payload = CHAT | {"model": "think-1", "thinking": {"type": "disabled"}}
    assert "reasoning_content" not in replies.chat(payload, ACME)["choices"][0]["message"]


def test_json_is_made_from_the_schema() -> None:
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "age": {"type": "integer", "minimum": 18}},
    }
    payload = CHAT | {"response_format": {"type": "json_schema", "json_schema": {"schema": schema}}}
    content = replies.chat(payload, None)["choices"][0]["message"]["content"]
    assert json.loads(content) == {"name": "example", "age": 18}


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"$ref": "#/$defs/a", "$defs": {"a": {"const": 5}}}, 5),
        ({"anyOf": [{"type": "null"}, {"type": "string"}]}, None),
        ({"type": ["null", "boolean"]}, True),
        ({"type": "array", "minItems": 2, "items": {"type": "number", "exclusiveMinimum": 1}}, [2.0, 2.0]),
        ({"type": "string", "format": "date"}, "2026-01-31"),
        ({"type": "string", "maxLength": 3}, "exa"),
        ({"type": "object"}, {}),
    ],
)
def test_schema_values(schema: dict[str, Any], value: object) -> None:
    assert example(schema) == value


def test_a_schema_that_holds_itself_ends() -> None:
    schema = {"$ref": "#/$defs/n", "$defs": {"n": {"properties": {"next": {"$ref": "#/$defs/n"}}}}}
    assert "next" in example(schema)


@pytest.mark.parametrize(("fields", "width"), [({}, 8), ({"dimensions": 4}, 4)])
def test_vectors_have_the_right_width_and_length_one(fields: dict[str, int], width: int) -> None:
    answer = replies.embeddings({"model": "embed-1", "input": ["a", "b c"]} | fields, ACME)
    vectors = [item["embedding"] for item in answer["data"]]
    assert [len(vector) for vector in vectors] == [width, width]
    assert [math.hypot(*vector) for vector in vectors] == pytest.approx([1.0, 1.0])


def test_base64_is_sent_by_openai_only() -> None:
    payload = {"model": "text-embedding-3-small", "input": "a", "encoding_format": "base64"}
    packed = base64.b64decode(replies.embeddings(payload, None)["data"][0]["embedding"])
    vector = replies.embeddings(payload | {"model": "embed-1"}, ACME)["data"][0]["embedding"]
    assert len(struct.unpack(f"<{len(packed) // 4}f", packed)) == 1536
    assert isinstance(vector, list)


def test_texts_that_share_words_are_nearer() -> None:
    cat, cats, tax = (embed(text, 64) for text in ("the black cat", "a black cat", "income tax form"))
    assert sum(map(float.__mul__, cat, cats)) > sum(map(float.__mul__, cat, tax))


def test_images_are_addresses_unless_they_are_asked_for_themselves() -> None:
    plain = replies.images({"prompt": "A hut", "n": 2})["data"]
    whole = replies.images({"prompt": "A hut", "response_format": "b64_json"})["data"]
    assert [list(image) for image in (*plain, *whole)] == [["url"], ["url"], ["b64_json"]]


def test_the_model_list_leaves_out_what_is_gone() -> None:
    assert "old-1" not in [item["id"] for item in replies.models({}, ACME)["data"]]
    assert "chat-1" in [item["id"] for item in replies.models({}, ACME)["data"]]
