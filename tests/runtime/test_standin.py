"""The server itself: it answers over a socket, remembers, and keeps keys to itself."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from migrate_cli.runtime.standin import StandIn
from tests.runtime.acme import ACME, BASE, KEY, USER

CHAT: dict[str, Any] = {"model": "chat-1", "messages": [USER]}


def post(standin: StandIn, payload: dict[str, Any], **headers: str) -> tuple[int, str]:
    """Post a chat request and give back status and body."""
    url = urlsplit(standin.base_url(BASE))
    connection = HTTPConnection(url.netloc, timeout=10)
    try:
        sent = {"Authorization": f"Bearer {KEY}"} | headers
        connection.request("POST", f"{url.path}/chat/completions", json.dumps(payload), sent)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_it_answers_and_remembers() -> None:
    with StandIn(ACME, KEY) as standin:
        status, body = post(standin, CHAT | {"seed": 1, "logprobs": True})
    assert status == 200
    assert json.loads(body)["choices"][0]["message"]["content"]
    assert standin.refused == ()
    assert (standin.ignored, standin.unproven) == (("seed",), ("logprobs",))
    assert standin.exchanges[0].fields == ("logprobs", "messages", "model", "seed")


def test_it_refuses_and_remembers() -> None:
    with StandIn(ACME, KEY) as standin:
        status, body = post(standin, CHAT | {"model": "gpt-4o"})
    assert status == 404
    assert "gpt-4o" in json.loads(body)["error"]["message"]
    assert [e.verdict.model for e in standin.refused] == ["gpt-4o"]


def test_a_stream_ends_with_done() -> None:
    with StandIn(ACME, KEY) as standin:
        status, body = post(standin, CHAT | {"stream": True, "stream_options": {"include_usage": True}})
    events = body.strip().split("\n\n")
    assert status == 200
    assert events[-1] == "data: [DONE]"
    assert json.loads(events[-2].removeprefix("data: "))["choices"] == []


def test_many_at_once_are_all_remembered() -> None:
    with StandIn(ACME, KEY) as standin, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(standin, CHAT), range(24)))
    assert {status for status, _ in answers} == {200}
    assert len(standin.exchanges) == 24


def test_what_belongs_to_the_old_provider_is_a_leak() -> None:
    with StandIn(ACME, KEY, forbidden=("sk-old",)) as standin:
        post(standin, CHAT, **{"X-Extra": "sk-old", "OpenAI-Organization": "org-1"})
    assert standin.exchanges[0].leaks == ("openai-organization", "x-extra")


def test_a_clean_request_leaks_nothing() -> None:
    with StandIn(ACME, KEY, forbidden=("sk-old",)) as standin:
        post(standin, CHAT)
    assert standin.exchanges[0].leaks == ()


def test_no_key_is_kept() -> None:
    with StandIn(ACME, KEY, forbidden=("sk-old",)) as standin:
        post(standin, CHAT, Authorization="Bearer sk-old")
    assert "sk-old" not in repr(standin.exchanges) + "".join(map(str, standin.exchanges))
    assert standin.exchanges[0].verdict.auth == "wrong"


def test_the_base_url_keeps_the_path() -> None:
    with StandIn(ACME, KEY) as standin:
        assert standin.base_url(BASE) == f"{standin.origin}/api/v9"
        assert standin.netlocs() == ("api.acme.example",)
