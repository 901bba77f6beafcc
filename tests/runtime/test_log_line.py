"""The log in words: every verdict has its own, and no key is in it."""

from __future__ import annotations

import pytest

from migrate_cli.runtime.checks.request import check
from migrate_cli.runtime.exchange import Exchange, Request
from migrate_cli.runtime.hostile.server import Hostile
from migrate_cli.runtime.log_line import line, summary
from tests.runtime.acme import ACME, KEY, chat, post

SECRET = "sk-proj-0123456789abcdef0123456789abcdef"


def exchange(request: Request, *, leaks: tuple[str, ...] = (), hostile: str | None = None) -> Exchange:
    """The log entry of a request to Acme."""
    verdict = check(request, ACME, KEY)
    status = verdict.refused.status if verdict.refused else 200
    return Exchange(request.method, request.path, None, verdict, status, leaks, None, hostile)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (exchange(chat()), "chat-1: answered"),
        (exchange(chat(seed=7)), "answered; ignored: seed"),
        (exchange(chat(logprobs=True)), "answered; not proven: logprobs"),
        (exchange(chat(), leaks=("x-old",)), "answered; belongs to OpenAI: x-old"),
        (exchange(chat(), hostile="unpaid"), "hostile (unpaid)"),
        (
            exchange(chat(model="nope")),
            "refused (model): there is no model nope; not proven: the form of this error",
        ),
    ],
)
def test_each_verdict_has_its_words(entry: Exchange, said: str) -> None:
    assert line(entry).endswith(said)


@pytest.mark.parametrize("path", [f"/chat/completions?key={SECRET}", "/chat\x1b[2J/completions", "/a\nb"])
def test_neither_keys_nor_control_characters_get_into_the_log(path: str) -> None:
    said = line(exchange(post(path, {}, key=SECRET)))
    assert SECRET not in said
    assert said.isprintable()


def test_an_error_on_record_has_no_remark() -> None:
    schema = {"type": "json_schema", "json_schema": {"name": "x", "schema": {}}}
    assert "not proven" not in line(exchange(chat(response_format=schema)))


def test_the_sum_counts_what_was_refused_and_lists_each_note_once() -> None:
    entries = [exchange(chat(seed=1)), exchange(chat(seed=2)), exchange(chat(model="nope"))]
    assert list(summary(entries)) == ["3 requests: 1 refused, 2 accepted", "ignored there: seed"]


def test_nothing_asked_is_nothing_said_but_the_count() -> None:
    assert list(summary([])) == ["0 requests: 0 refused, 0 accepted"]
    assert list(summary([], Hostile()))[1:] == ["hostile answers met: none"]
