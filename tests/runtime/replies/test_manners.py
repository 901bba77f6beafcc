"""Answers as a provider writes them, and as OpenAI does where nothing else is known."""

from __future__ import annotations

from typing import Any

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime.replies import accepted as replies
from migrate_cli.runtime.replies import manners

PLAIN: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "hi"}], "stream": True}
ASKED = PLAIN | {"stream_options": {"include_usage": True}}
TOOL = {"type": "function", "function": {"name": "now", "parameters": {"type": "object", "properties": {}}}}


def provider(name: str) -> Provider:
    """A provider of the catalogue."""
    return open_catalogue().provider(name)


def empty(payload: dict[str, Any], name: str) -> int:
    """How many chunks of the stream have no choices."""
    return sum(not chunk["choices"] for chunk in replies.chat_chunks(payload, provider(name)))


@pytest.mark.parametrize(
    ("payload", "name", "expected"),
    [
        (ASKED, "deepseek", 1),
        (PLAIN, "qwen", 1),
        (PLAIN, "deepseek", 0),
        (ASKED, "glm", 0),
        (PLAIN, "ernie", 0),
    ],
)
def test_chunks_without_choices_come_where_they_are_known_to(
    payload: dict[str, Any], name: str, expected: int
) -> None:
    assert empty(payload, name) == expected


@pytest.mark.parametrize(("name", "expected"), [("glm", ""), ("qwen", ""), ("kimi", "{}"), ("ernie", "{}")])
def test_a_tool_without_parameters_is_called_as_the_provider_does(name: str, expected: str) -> None:
    answer = replies.chat(PLAIN | {"tools": [TOOL]}, provider(name))
    [call] = answer["choices"][0]["message"]["tool_calls"]
    assert call["function"]["arguments"] == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("kimi", False), ("glm", False), ("ernie", True), ("qwen", True)]
)
def test_parts_of_tool_calls_have_an_index_but_where_it_is_known_to_be_missing(
    name: str, expected: bool
) -> None:
    chunks = list(replies.chat_chunks(PLAIN | {"tools": [TOOL]}, provider(name)))
    parts = [p for c in chunks for choice in c["choices"] for p in choice["delta"].get("tool_calls", ())]
    assert {"index" in part for part in parts} == {expected}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("kimi", "data:x\n\n"), ("ernie", "data: x\n\n"), ("deepseek", ": keep-alive\n\ndata: x\n\n")],
)
def test_events_are_written_as_the_provider_does(name: str, expected: str) -> None:
    assert manners.event("x", provider(name)) == expected


def test_openai_is_played_plainly() -> None:
    assert manners.event("x", None) == "data: x\n\n"
    assert manners.finish("tool_calls", None) == "tool_calls"
    assert manners.arguments("{}", None) == "{}"
