"""Hostile mode: every answer a provider may give that breaks a program, one per request in turn, each with a name.

The list is the project's survey of such answers (section 6 of its verification study, 2026-11-21). Nothing is left to
chance: the same requests in the same order meet the same items.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime.hostile import chat as chat
from migrate_cli.runtime.hostile import errors as hostile_errors
from migrate_cli.runtime.hostile.chat import Play
from migrate_cli.runtime.replies import chat as chat_replies
from migrate_cli.runtime.replies.envelope import digest

BOUND = 3  # requests that the openai package makes in all for one call: the first and two retries
ONCE, ALWAYS = "once", "always"


@dataclass(frozen=True, slots=True)
class Item:
    """One unfriendly answer. `needs`: what the request must be (`chat`, `stream`, `whole`, `tools`, `json`,
    `text`).

    `again` says what the same request meets when it is sent again: `ONCE` the usual answer, `ALWAYS` the same one.
    `compatible`: it is about the form of the OpenAI-compatible API, and means nothing in a provider's own dialect.
    """

    name: str
    about: str
    play: Play
    needs: frozenset[str] = frozenset()
    again: str = ""
    compatible: bool = False


def _item(name: str, needs: str, about: str, play: Play, again: str = "") -> Item:
    return Item(name, about, play, frozenset(needs.split()), again)


def _form(name: str, needs: str, about: str, play: Play) -> Item:
    return Item(name, about, play, frozenset(needs.split()), compatible=True)


ITEMS = (
    _item(
        "empty-arguments", "tools", "a tool call with empty arguments", chat.saying(chat.with_arguments(""))
    ),
    _form(
        "chunk-without-choices",
        "stream",
        "a chunk without choices amid a stream",
        chat.in_chunks(chat.hollow),
    ),
    _item("no-content", "text", "no content, finish reason length", chat.saying(chat.silent, "length")),
    _item(
        "broken-arguments", "tools", "a tool call with broken JSON", chat.saying(chat.with_arguments("{bad"))
    ),
    _form(
        "usage-only-chunk", "stream", "a chunk with usage and no choices", chat.in_chunks(chat.usage_first)
    ),
    _item("fenced-json", "json", "JSON inside a Markdown fence", chat.saying(chat.fenced)),
    _item(
        "retry-after",
        "",
        "429 with Retry-After, once",
        lambda _, provider: hostile_errors.too_fast(provider, 1),
        ONCE,
    ),
    _item("two-tool-calls", "tools", "two calls in one answer", chat.saying(chat.twice)),
    _form(
        "nameless-delta",
        "stream tools",
        "parts of a call without index and id",
        chat.in_chunks(chat.nameless),
    ),
    _form("no-space", "stream", "data: without a space", chat.in_lines(chat.unspaced)),
    _item("stop-with-tools", "tools", "tool calls, finish reason stop", chat.saying(dict, "stop")),
    _form("comments", "stream", "comment lines between events", chat.in_lines(chat.commented)),
    _item("rate-limit", "", "429 without Retry-After, once", lambda _, p: hostile_errors.too_fast(p), ONCE),
    _form("byte-order-mark", "stream", "a byte order mark at the start", chat.in_lines(chat.marked)),
    _form("no-done", "stream", "no [DONE] at the end", chat.in_lines(chat.endless)),
    _item("filtered", "", "the content filter refuses", lambda _, p: hostile_errors.filtered(p), ALWAYS),
    _item(
        "error-with-200", "stream", "status 200 and an error in place of a stream", chat.error_with_success
    ),
    _item("error-amid-stream", "stream", "an error event after three chunks", chat.broken_off),
    _item(
        "unpaid", "", "429 that no retry mends", lambda _, provider: hostile_errors.unpaid(provider), ALWAYS
    ),
    _item("error-in-answer", "whole", "status 200 and an error in place of an answer", chat.error_in_answer),
)
SLOW = _item("slow", "chat", "the first byte after 20 seconds", chat.slow)


class Hostile:
    """Which item comes next, and how often each refused request was sent. `slow` adds the wait of 20 seconds.

    With `only`, that item is met by the first request of each conversation that it fits, and no other is played: a
    program that tries again, or asks for a repair, gets the usual answer, as it would of a model.
    """

    def __init__(self, *, slow: bool = False, only: Item | None = None) -> None:
        self._items = (only,) if only is not None else (*ITEMS, *((SLOW,) if slow else ()))
        self._aimed = only is not None
        self._struck: set[str] = set()
        self._played: Counter[str] = Counter()
        self._pending: dict[str, Item] = {}
        self._sent: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """The items that were played, in the order of the list."""
        return tuple(item.name for item in self._items if self._played[item.name])

    @property
    def retries(self) -> tuple[tuple[str, int], ...]:
        """Each refused request: the item it met, and how often it was sent in all."""
        with self._lock:
            return tuple((name, count) for (name, _), count in self._sent.items())

    @property
    def overtried(self) -> tuple[str, ...]:
        """The items that never pass, where the same request came more than `BOUND` times."""
        lasting = {item.name for item in self._items if item.again == ALWAYS}
        return tuple(sorted({n for n, count in self.retries if count > BOUND and n in lasting}))

    def next(
        self, endpoint: str, payload: Mapping[str, Any], provider: Provider | None, *, native: bool = False
    ) -> Item | None:
        """The item for this request; None when it gets the usual answer, as after a 429 that passes.

        `native`: it came in a dialect of the provider's own.
        """
        met = kinds(endpoint, payload, provider)
        key = digest([endpoint, payload])
        with self._lock:
            pending = self._pending.get(key)
            if pending is not None:
                self._sent[pending.name, key] += 1
                if pending.again == ONCE:
                    del self._pending[key]
                    return None
                return pending
            fitting = [i for i in self._items if i.needs <= met and not (native and i.compatible)]
            if not fitting or self._was_struck(endpoint, payload):
                return None
            item: Item = min(fitting, key=lambda each: self._played[each.name])
            self._played[item.name] += 1
            if item.again:
                self._pending[key] = item
                self._sent[item.name, key] = 1
            return item

    def _was_struck(self, endpoint: str, payload: Mapping[str, Any]) -> bool:
        """Whether this conversation has already met the one item; it counts as met from here on."""
        if not self._aimed:
            return False
        said = digest([endpoint, _opening(payload)])
        was = said in self._struck
        self._struck.add(said)
        return was


def _opening(payload: Mapping[str, Any]) -> Any:
    """What a conversation begins with, which repairs and tool rounds keep: the first turn of the user."""
    messages = payload.get("messages")
    turns = [m for m in messages if isinstance(m, Mapping)] if isinstance(messages, list) else []
    return next((turn.get("content") for turn in turns if turn.get("role") == "user"), payload)


def kinds(endpoint: str, payload: Mapping[str, Any], provider: Provider | None) -> frozenset[str]:
    """What a request is, in the words of `Item.needs`."""
    if endpoint != "chat.completions":
        return frozenset()
    spoken = chat_replies.message(payload, provider)
    form = payload.get("response_format")
    is_json = isinstance(form, Mapping) and form.get("type") in ("json_object", "json_schema")
    found = {
        "chat": True,
        "stream": bool(payload.get("stream")),
        "whole": not payload.get("stream"),
        "tools": bool(spoken.get("tool_calls")),
        "text": spoken.get("content") is not None,
        "json": is_json and spoken.get("content") is not None,
    }
    return frozenset(name for name, holds in found.items() if holds)
