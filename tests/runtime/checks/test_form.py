"""Requests that no API could read: each is refused, and none stops the stand-in."""

from __future__ import annotations

from typing import Any

import pytest

from migrate_cli.runtime.checks import openai
from migrate_cli.runtime.checks.form import doubts, malformed
from migrate_cli.runtime.checks.request import check
from migrate_cli.runtime.exchange import Refusal
from tests.runtime.acme import ACME, CALL, KEY, TOOL, USER, chat

ANSWER = {"role": "tool", "tool_call_id": "c1", "content": "seen"}


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"tools": 7}, "tools"),
        ({"tools": [None]}, "tools"),
        ({"tools": [{"type": "function", "function": "look"}]}, "tools"),
        ({"functions": {"name": "look"}}, "functions"),
        ({"n": "two"}, "n"),
        ({"n": True}, "n"),
        ({"messages": [{"role": ["user"], "content": "Hello"}]}, "messages"),
        ({"messages": ["Hello"]}, "messages"),
        ({"messages": [{"role": "user", "content": ["Hello"]}]}, "messages"),
        ({"messages": [{"role": "assistant", "tool_calls": {"id": "c1"}}]}, "messages"),
        ({"messages": [{"role": "assistant", "tool_calls": [{"function": None}]}]}, "messages"),
    ],
)
def test_what_is_of_no_form_is_refused(fields: dict[str, Any], param: str) -> None:
    found = malformed(fields)
    assert found is not None and found[2] == param
    assert check(chat(**fields), ACME, KEY).refused is not None


@pytest.mark.parametrize(
    "fields",
    [
        {"tools": [TOOL]},
        {"tools": None},
        {"tools": [{"type": "web_search"}]},
        {"n": 2},
        {"messages": [USER, {"role": "assistant", "content": None, "tool_calls": [CALL]}, ANSWER]},
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "Hello"}]}]},
        {"messages": "not ours to judge"},
        {},
    ],
)
def test_what_is_of_the_right_form_is_left_alone(fields: dict[str, Any]) -> None:
    assert malformed(fields) is None


@pytest.mark.parametrize(
    ("fields", "doubt"),
    [
        ({"temperature": "0.5"}, "temperature: not a number"),
        ({"top_p": True}, "top_p: not a number"),
        ({"max_tokens": "5"}, "max_tokens: not a whole number"),
        ({"max_tokens": -5}, "max_tokens: below 1"),
        ({"stream": "yes"}, "stream: neither true nor false"),
        ({"stop": {"at": "x"}}, "stop: neither a text nor a list of texts"),
        ({"messages": [{"role": "user"}]}, "messages: a user message without content"),
    ],
)
def test_a_wrong_type_is_not_proven_and_openai_refuses_it(fields: dict[str, Any], doubt: str) -> None:
    assert doubt in check(chat(**fields), ACME, KEY).notes.unproven
    refused = openai.check({"model": "gpt-4o", "messages": [USER], **fields}, "chat.completions")
    assert isinstance(refused, Refusal)
    assert doubt in refused.reason


@pytest.mark.parametrize(
    "fields",
    [
        {"temperature": 1, "top_p": 0.5, "max_tokens": 5, "seed": -1, "stream": False, "stop": ["x"]},
        {"temperature": None, "stop": "x", "stream": True, "n": 2},
        {"messages": [{"role": "assistant", "content": None, "tool_calls": [CALL]}]},
        {"logprobs": 5, "a_field_of_their_own": "5"},
    ],
)
def test_the_documented_types_raise_no_doubt(fields: dict[str, Any]) -> None:
    assert list(doubts(fields)) == []
