"""Requests that no API could read: each is refused, and none stops the stand-in."""

from __future__ import annotations

from typing import Any

import pytest

from migrate_cli.runtime.checks.form import malformed
from migrate_cli.runtime.checks.request import check
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
