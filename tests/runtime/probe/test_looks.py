"""What an answer shows beyond its status, and what it does not show."""

from __future__ import annotations

from typing import Any

import pytest

from migrate_cli.catalogue.observed import Seen
from migrate_cli.runtime.probe.looks import look
from migrate_cli.runtime.probe.questions import CHAT, EMBEDDINGS, REST, Question
from migrate_cli.runtime.probe.reply import Reply
from tests.runtime.acme import ACME

QUESTIONS = {question.id: question for question in (*CHAT, *REST, *EMBEDDINGS)}
DIMENSIONS = Question("dimensions", "?", endpoint="embeddings", look="dimensions")


def chat(
    content: object = "ok", *, times: int = 1, reason: str = "stop", logprobs: object = None, **more: Any
) -> Reply:
    """A chat completion."""
    message = {"role": "assistant", "content": content, **more}
    choice = {"message": message, "finish_reason": reason, "logprobs": logprobs}
    return Reply(200, {"choices": [choice] * times})


def stream(*chunks: dict[str, Any]) -> Reply:
    """A streamed answer with these chunks after the first word."""
    return Reply(200, chunks=({"choices": [{"delta": {"content": "ok"}}]}, *chunks))


def vectors(embedding: object) -> Reply:
    """An answer with one embedding."""
    return Reply(200, {"data": [{"embedding": embedding}]})


def models(*names: str) -> Reply:
    """A list of models."""
    return Reply(200, {"data": [{"id": name} for name in names]})


USAGE = {"usage": {"total_tokens": 3}}


@pytest.mark.parametrize(
    ("question", "reply", "seen"),
    [
        ("chat", chat(), Seen.ACCEPTED),
        ("chat", Reply(200, {"choices": []}), Seen.UNCLEAR),
        ("chat", Reply(200, {"choices": None}), Seen.UNCLEAR),
        ("chat", Reply(200, [1]), Seen.UNCLEAR),
        ("n", chat(times=2), Seen.HONOURED),
        ("n", chat(), Seen.IGNORED),
        ("stop", chat("ok"), Seen.IGNORED),
        ("stop", chat("o"), Seen.ACCEPTED),
        ("stop", chat(None), Seen.ACCEPTED),
        ("json_object", chat('{"ok": true}'), Seen.HONOURED),
        ("json_object", chat('{"ok": tr'), Seen.ACCEPTED),
        ("required", chat(None, tool_calls=[{}], reason="tool_calls"), Seen.HONOURED),
        ("required", chat("It is sunny."), Seen.IGNORED),
        ("required", chat("It is", reason="length"), Seen.ACCEPTED),
        ("logprobs", chat(logprobs={"content": []}), Seen.HONOURED),
        ("logprobs", chat(), Seen.IGNORED),
        ("logprobs", chat(None, reason="length"), Seen.ACCEPTED),
        ("usage", stream({"choices": [], **USAGE}), Seen.HONOURED),
        ("usage", stream({"choices": [{"delta": {}, **USAGE}]}), Seen.HONOURED),
        ("usage", stream({"choices": [], "usage": None}), Seen.IGNORED),
        ("base64", vectors("AAAA"), Seen.HONOURED),
        ("base64", vectors([0.1]), Seen.IGNORED),
        ("base64", vectors(None), Seen.UNCLEAR),
        ("embed", Reply(200, {"data": []}), Seen.UNCLEAR),
        ("responses", Reply(200, {"output": []}), Seen.ACCEPTED),
        ("responses", chat(), Seen.UNCLEAR),
        ("models", Reply(200, {}), Seen.UNCLEAR),
    ],
)
def test_what_is_seen(question: str, reply: Reply, seen: Seen) -> None:
    assert look(QUESTIONS[question], {"stream": bool(reply.chunks)}, reply, ACME).seen is seen


def test_a_stream_that_came_whole_was_not_streamed() -> None:
    assert look(QUESTIONS["stream"], {"stream": True}, chat(), ACME).seen is Seen.IGNORED


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (chat("ok", reasoning_content="Hm."), "in reasoning_content"),
        (chat("ok", reasoning="Hm."), "in reasoning"),
        (chat("\n<think>Hm.</think> ok"), "in the content"),
        (chat("ok"), "no thoughts"),
        (chat(None, reasoning_content=""), "no thoughts"),
        (chat("I think <think> is a tag"), "no thoughts"),
    ],
)
def test_where_thoughts_stand(reply: Reply, said: str) -> None:
    assert look(QUESTIONS["thinking"], {}, reply, ACME).said == said


@pytest.mark.parametrize(("vector", "seen"), [([0.1] * 4, Seen.HONOURED), ([0.1] * 8, Seen.IGNORED)])
def test_a_width_is_held_against_the_one_asked_for(vector: list[float], seen: Seen) -> None:
    assert look(DIMENSIONS, {"dimensions": 4}, vectors(vector), ACME).seen is seen


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("chat-latest", "see-1", "think-1", "maybe-1", "always-1", "embed-1", "embed-2"), "all of them"),
        (("chat-1", "see-1", "think-1", "maybe-1", "always-1", "embed-1"), "without embed-2"),
        (("chat-1",), "without see-1, think-1, maybe-1, always-1, embed-1 and 1 more"),
    ],
)
def test_models_that_are_not_listed_are_named(names: tuple[str, ...], said: str) -> None:
    assert look(QUESTIONS["models"], None, models(*names), ACME).said == said


def test_models_that_are_new_are_told_but_no_difference() -> None:
    known = ("chat-1", "see-1", "think-1", "maybe-1", "always-1", "embed-1", "embed-2")
    sight = look(QUESTIONS["models"], None, models(*known, "chat-2", "old-1"), ACME)
    assert (sight.said, sight.detail) == ("all of them", "not in the catalogue: chat-2")
