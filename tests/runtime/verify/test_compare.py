"""Before and after: what a move may change is no difference, and everything else is."""

from __future__ import annotations

from typing import Any

import pytest

from migrate_cli.runtime.exchange import Exchange, Refusal, Verdict
from migrate_cli.runtime.verify.compare import compare

USER = {"role": "user", "content": "Hello"}
PARTS = {"role": "user", "content": [{"type": "text", "text": "Hello"}]}
TOOL = {"type": "function", "function": {"name": "look", "parameters": {}}}


def asked(**payload: Any) -> Exchange:
    """A request with this payload."""
    body = {"model": "m", "messages": [USER]} | payload
    return Exchange("POST", "/", None, Verdict("chat.completions", "right", body), 200, (), "app.py:3")


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (asked(), asked(), ()),
        (asked(model="old"), asked(model="new"), (("model: old -> new", 1),)),
        (asked(logit_bias={}), asked(thinking={}), (("with thinking", 1), ("without logit_bias", 1))),
        (asked(temperature=2), asked(temperature=1), (("temperature: 2 -> 1", 1),)),
        (
            asked(),
            asked(messages=[{"role": "system", "content": "Answer in JSON."}, USER]),
            (("messages: in another form, the user's words the same", 1),),
        ),
        (
            asked(),
            asked(messages=[{"role": "user", "content": [{"type": "text", "text": "Hello"}]}]),
            (("messages: in another form, the user's words the same", 1),),
        ),
        (
            asked(functions=[TOOL["function"]]),
            asked(tools=[TOOL]),
            (("with tools", 1), ("without functions", 1)),
        ),
    ],
)
def test_what_a_move_may_change(
    before: Exchange, after: Exchange, changes: tuple[tuple[str, int], ...]
) -> None:
    found = compare([before], [after])
    assert (found.same, found.fields) == (True, changes)


def test_the_same_question_through_another_api_is_the_same() -> None:
    response = Exchange(
        "POST", "/", None, Verdict("responses", "right", {"model": "m", "input": "Hello"}), 200
    )
    assert compare([response], [asked()]).same


@pytest.mark.parametrize(
    "after",
    [
        [],
        [asked(), asked()],
        [asked(messages=[{"role": "user", "content": "Other"}])],
        [asked(messages=[USER, {"role": "tool", "content": "42"}])],
        [asked(tools=[TOOL])],
        [
            asked(
                messages=[
                    {"role": "user", "content": [{"type": "text", "text": "Hello"}, {"type": "image_url"}]}
                ]
            )
        ],
    ],
)
def test_what_it_may_not(after: list[Exchange]) -> None:
    assert not compare([asked()], after).same


def test_the_order_is_free() -> None:
    other = asked(messages=[{"role": "user", "content": "Other"}])
    assert compare([asked(), other], [other, asked()]).same


def test_no_text_of_a_prompt_is_kept() -> None:
    found = compare([asked()], [asked(messages=[{"role": "user", "content": "Other"}])])
    assert found.lost == found.added == (("chat.completions at app.py:3", 1),)
    assert "Hello" not in repr(found)
    assert "Other" not in repr(found)


def test_requests_that_openai_refused_are_counted() -> None:
    verdict = Verdict("chat.completions", "wrong", {"messages": [USER]}, Refusal("auth", 401, {}, "wrong"))
    found = compare([Exchange("POST", "/", None, verdict, 401)], [asked()])
    assert (found.refused_before, found.same) == (1, True)
