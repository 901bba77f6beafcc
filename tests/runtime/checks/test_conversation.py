"""What the stand-in refuses of a conversation, and what it lets pass, by the behaviours of the catalogue."""

from __future__ import annotations

from typing import Any

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.runtime.checks.conversation import check
from migrate_cli.runtime.exchange import Notes

USER = {"role": "user", "content": "Hi"}
SYSTEM = {"role": "system", "content": "Be brief."}
PARTS = {"role": "assistant", "content": [{"type": "text", "text": "Hi"}]}
TYPES = {"type": "function", "function": {"parameters": {"properties": {"a": {"type": ["string", "null"]}}}}}
FAR = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}]}


def outcome(provider: str, messages: list[dict[str, Any]], **fields: Any) -> object:
    """What the checks say of a request."""
    return check({"messages": messages, **fields}, open_catalogue().provider(provider), None)


@pytest.mark.parametrize(
    ("provider", "messages", "fields"),
    [
        ("minimax", [SYSTEM, SYSTEM, USER], {}),
        ("minimax", [USER, SYSTEM], {}),
        ("glm", [SYSTEM], {}),
        ("ernie", [USER, {"role": "assistant", "content": "{"}], {}),
        ("kimi", [{"role": "user", "content": ""}], {}),
        ("deepseek", [PARTS, USER], {}),
        ("deepseek", [USER], {"tools": [{"type": "web_search"}]}),
        ("doubao", [USER], {"tools": [TYPES]}),
        ("kimi", [FAR], {}),
    ],
)
def test_refused(provider: str, messages: list[dict[str, Any]], fields: dict[str, Any]) -> None:
    assert not isinstance(outcome(provider, messages, **fields), Notes)


@pytest.mark.parametrize(
    ("provider", "messages", "fields"),
    [
        ("minimax", [SYSTEM, USER], {}),
        ("qwen", [SYSTEM, SYSTEM, USER], {}),
        ("ernie", [USER, USER], {}),
        ("kimi", [USER, {"role": "assistant", "content": None, "tool_calls": [{}]}], {}),
        ("qwen", [PARTS, USER], {}),
        ("glm", [USER], {"tools": [{"type": "web_search"}]}),
        ("qwen", [USER], {"tools": [TYPES]}),
        ("doubao", [FAR], {}),
    ],
)
def test_passes(provider: str, messages: list[dict[str, Any]], fields: dict[str, Any]) -> None:
    assert isinstance(outcome(provider, messages, **fields), Notes)
