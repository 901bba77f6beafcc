"""What an answer of chat may look like at its worst: each a function from request to answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime import answer
from migrate_cli.runtime.answer import Answer
from migrate_cli.runtime.hostile import errors as hostile_errors
from migrate_cli.runtime.replies import accepted as replies
from migrate_cli.runtime.replies import chat as chat_replies
from migrate_cli.runtime.replies import manners

Payload = Mapping[str, Any]
Play = Callable[[Payload, Provider | None], Answer]
Chunk = Mapping[str, Any]


def saying(change: Callable[[dict[str, Any]], dict[str, Any]], reason: str | None = None) -> Play:
    """The usual answer, whole or streamed, with its message changed and, if given, another finish reason."""

    def play(payload: Payload, provider: Provider | None) -> Answer:
        spoken = change(chat_replies.message(payload, provider))
        ends = reason or chat_replies.finish(spoken, provider)
        if payload.get("stream"):
            return replies.streamed(chat_replies.pieces(payload, spoken, ends, provider), provider)
        return answer.whole(200, chat_replies.whole(payload, spoken, ends, provider))

    return play


def in_chunks(change: Callable[[Iterator[Chunk]], Iterator[Chunk]]) -> Play:
    """The usual stream with its chunks changed."""

    def play(payload: Payload, provider: Provider | None) -> Answer:
        return replies.streamed(change(chat_replies.chat_chunks(payload, provider)), provider)

    return play


def in_lines(change: Callable[[list[str]], list[str]]) -> Play:
    """The usual stream with its events, as they are written, changed."""

    def play(payload: Payload, provider: Provider | None) -> Answer:
        chunks = chat_replies.chat_chunks(payload, provider)
        texts = [*(json.dumps(chunk, ensure_ascii=False) for chunk in chunks), "[DONE]"]
        return answer.events(change([manners.event(text, provider) for text in texts]))

    return play


def with_arguments(text: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Each tool call gets these arguments."""

    def change(spoken: dict[str, Any]) -> dict[str, Any]:
        calls = [
            call | {"function": {**call["function"], "arguments": text}} for call in spoken["tool_calls"]
        ]
        return spoken | {"tool_calls": calls}

    return change


def twice(spoken: dict[str, Any]) -> dict[str, Any]:
    """The tool is called a second time."""
    first = spoken["tool_calls"][0]
    return spoken | {"tool_calls": [first, first | {"id": f"{first['id']}_2"}]}


def silent(spoken: dict[str, Any]) -> dict[str, Any]:
    """No content: the limit was used up before the answer began."""
    return {name: value for name, value in spoken.items() if name != "tool_calls"} | {"content": None}


def fenced(spoken: dict[str, Any]) -> dict[str, Any]:
    """JSON inside a Markdown fence."""
    return spoken | {"content": f"```json\n{spoken['content']}\n```"}


def usage_first(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """A chunk with usage and no choices before all others."""
    first = next(chunks)
    yield {**first, "choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 0, "total_tokens": 1}}
    yield first
    yield from chunks


def hollow(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """A chunk without choices in the middle."""
    first = next(chunks)
    yield first
    yield {**first, "choices": []}
    yield from chunks


def nameless(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Parts of tool calls without index and id."""
    for chunk in chunks:
        yield {**chunk, "choices": [_nameless(choice) for choice in chunk["choices"]]}


def _nameless(choice: Mapping[str, Any]) -> dict[str, Any]:
    delta = choice["delta"]
    if "tool_calls" not in delta:
        return dict(choice)
    parts = [
        {name: value for name, value in part.items() if name not in ("index", "id")}
        for part in delta["tool_calls"]
    ]
    return {**choice, "delta": {**delta, "tool_calls": parts}}


def unspaced(lines: list[str]) -> list[str]:
    """`data:` without the space."""
    return [line.replace("data: ", "data:", 1) for line in lines]


def commented(lines: list[str]) -> list[str]:
    """A comment before each event."""
    return [f": keep-alive\n\n{line}" for line in lines]


def marked(lines: list[str]) -> list[str]:
    """A byte order mark before the first event."""
    return ["\ufeff" + lines[0], *lines[1:]]


def endless(lines: list[str]) -> list[str]:
    """No [DONE] at the end."""
    return lines[:-1]


def broken_off(payload: Payload, provider: Provider | None) -> Answer:
    """Three chunks, then an error event."""
    chunks = islice(chat_replies.chat_chunks(payload, provider), 3)
    return replies.streamed([*chunks, hostile_errors.event(provider)], provider)


def error_with_success(payload: Payload, provider: Provider | None) -> Answer:
    """Status 200 and an error as JSON where a stream is due."""
    return answer.whole(200, hostile_errors.event(provider))


def error_in_answer(payload: Payload, provider: Provider | None) -> Answer:
    """Status 200 and an error in place of an answer; its form as the provider sends it, where that is known."""
    return answer.whole(200, hostile_errors.business(provider))


def slow(payload: Payload, provider: Provider | None) -> Answer:
    """The first byte after twenty seconds, as a thinking model may send it."""
    usual = replies.reply("chat.completions", payload, provider)
    return Answer(usual.status, usual.parts, usual.kind, usual.headers, delay=20.0)
