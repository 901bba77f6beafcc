"""What has no effect is noted where it is known, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.runtime.test_real_providers import USER, ask

OFF = {"type": "disabled"}
STRICT = {"type": "function", "function": {"name": "f", "strict": True, "parameters": {"type": "object"}}}
LOOSE = {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}
BEGUN = {"role": "assistant", "content": "Well,"}


def noted(name: str, **fields: Any) -> tuple[str, ...]:
    """What of a chat request has no effect at a provider."""
    verdict = ask(name, "/chat/completions", **({"messages": [USER]} | fields))
    assert verdict.refused is None
    return verdict.notes.ignored


@pytest.mark.parametrize(
    ("name", "fields", "what"),
    [
        ("deepseek", {"temperature": 0.5}, ("temperature while it thinks",)),
        ("deepseek", {"temperature": 0.5, "thinking": OFF}, ()),
        ("qwen", {"temperature": 0.5}, ()),  # hearsay of some of its models
        ("glm", {"tools": [STRICT]}, ("strict of a function",)),
        ("glm", {"tools": [LOOSE]}, ()),
        ("qwen", {"tools": [STRICT]}, ()),
        ("glm", {"messages": [{**USER, "name": "Ann"}]}, ()),
        ("kimi", {"messages": [{**USER, "name": "Ann"}]}, ()),
        ("kimi", {"messages": [USER, BEGUN]}, ("the beginning of an answer",)),
        ("kimi", {"messages": [USER, {**BEGUN, "partial": True}]}, ()),
        ("kimi", {"messages": [USER, BEGUN, USER]}, ()),
        ("glm", {"messages": [USER, BEGUN]}, ()),
    ],
)
def test_fields(name: str, fields: dict[str, Any], what: tuple[str, ...]) -> None:
    assert noted(name, **fields) == what


def test_what_the_api_does_not_have_is_not_proven() -> None:
    verdict = ask("glm", "/chat/completions", messages=[{**USER, "name": "Ann"}])
    assert "name of a message" in verdict.notes.unproven


def test_hearsay_is_not_proven() -> None:
    verdict = ask("sensenova", "/chat/completions", messages=[USER], tools=[STRICT])
    assert verdict.notes.ignored == ()
    assert "strict of a function" in verdict.notes.unproven


def test_a_refusal_that_is_hearsay_is_not_proven() -> None:
    verdict = ask("ernie", "/chat/completions", messages=[USER, USER])
    assert verdict.refused is None
    assert "two messages of the user in a row" in verdict.notes.unproven
