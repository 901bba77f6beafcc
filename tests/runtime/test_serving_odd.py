"""Odd but proper HTTP: what clients may do is served, and what is cut short is told why."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

import pytest

from migrate_cli.runtime import serving
from migrate_cli.runtime.answer import Answer
from migrate_cli.runtime.exchange import Request
from migrate_cli.runtime.standin import StandIn
from tests.runtime.acme import ACME, KEY, USER

CHAT: dict[str, Any] = {"model": "chat-1", "messages": [USER]}
BODY = json.dumps(CHAT).encode()
PATH = "/api/v9/chat/completions"


@pytest.fixture
def standin() -> Iterator[StandIn]:
    """Acme, played."""
    with StandIn(ACME, KEY) as running:
        yield running


def link(standin: StandIn) -> socket.socket:
    """A connection by hand."""
    host, _, port = standin.origin.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=10)


def head(length: int | None = len(BODY), version: str = "1.1", **headers: str) -> bytes:
    """The head of a chat request; names of headers with `_` in place of `-`."""
    lines = [f"POST {PATH} HTTP/{version}", "Host: x", f"Authorization: Bearer {KEY}"]
    lines += [f"Content-Length: {length}"] if length is not None else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def rest(open_link: socket.socket) -> str:
    """All that comes until the server hangs up, when nothing more is sent."""
    open_link.shutdown(socket.SHUT_WR)
    with open_link.makefile("rb") as answer:
        return answer.read().decode()


def asked(standin: StandIn, body: bytes, **headers: str) -> int:
    """The status of a request sent whole."""
    with link(standin) as one:
        one.sendall(head(len(body), **headers) + body)
        return int(rest(one).split(" ", 2)[1])


def test_who_expects_to_be_asked_for_the_body_is_asked_at_once(standin: StandIn) -> None:
    with link(standin) as one:
        one.sendall(head(Expect="100-continue"))
        assert one.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        one.sendall(BODY)
        assert rest(one).startswith("HTTP/1.1 200")


def test_requests_that_come_in_one_piece_are_answered_in_turn(standin: StandIn) -> None:
    other = json.dumps(CHAT | {"model": "nope"}).encode()
    with link(standin) as one:
        one.sendall(head() + BODY + head(len(other)) + other + head() + BODY)
        answers = rest(one)
    assert [part[:3] for part in answers.split("HTTP/1.1 ")[1:]] == ["200", "404", "200"]


@pytest.mark.parametrize(("keeps", "answers"), [("keep-alive", 2), ("close", 1)])
def test_a_client_of_http_1_0_says_whether_the_connection_stays(
    standin: StandIn, keeps: str, answers: int
) -> None:
    with link(standin) as one:
        one.sendall((head(version="1.0", Connection=keeps) + BODY) * 2)
        assert rest(one).count(" 200 ") == answers


@pytest.mark.parametrize(
    ("packing", "body"), [("gzip", gzip.compress(BODY)), ("deflate", zlib.compress(BODY)), ("identity", BODY)]
)
def test_packed_bodies_are_read(standin: StandIn, packing: str, body: bytes) -> None:
    assert asked(standin, body, Content_Encoding=packing) == 200


@pytest.mark.parametrize(
    ("packing", "body", "status"),
    [
        ("br", BODY, 415),
        ("gzip", BODY, 400),
        ("gzip", gzip.compress(BODY)[:-9], 400),
        ("gzip", gzip.compress(b" " * (serving.MAX_BODY + 1)), 413),
    ],
    ids=["unknown", "not packed", "cut short", "a bomb"],
)
def test_packing_that_cannot_be_undone_is_refused(
    standin: StandIn, packing: str, body: bytes, status: int
) -> None:
    assert asked(standin, body, Content_Encoding=packing) == status


def test_that_nobody_documents_packing_or_another_content_type_is_said(standin: StandIn) -> None:
    asked(standin, gzip.compress(BODY), Content_Encoding="gzip")
    asked(standin, BODY, Content_Type="text/plain; charset=utf-8")
    assert standin.unproven == ("a body packed with gzip", "content type text/plain")


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=utf-8", "application/x+json"]
)
def test_json_is_no_remark(standin: StandIn, kind: str) -> None:
    asked(standin, BODY, Content_Type=kind)
    assert standin.unproven == ()


@pytest.mark.parametrize(
    "body",
    [b'{"model": NaN}', b"[" * 200_000, b"\xff\xfe{}", b"", b'"text"', b"model=chat-1&n=2"],
    ids=["NaN", "endless nesting", "not UTF-8", "nothing", "no object", "a form"],
)
def test_what_is_no_json_object_is_refused(standin: StandIn, body: bytes) -> None:
    assert asked(standin, body) == 400
    assert [each.verdict.refused.check for each in standin.refused if each.verdict.refused] == ["json"]


def test_half_a_character_breaks_nothing(standin: StandIn) -> None:
    tool = {"type": "function", "function": {"name": "\ud83d", "parameters": {"type": "object"}}}
    assert asked(standin, json.dumps(CHAT | {"tools": [tool]}).encode()) == 200
    assert asked(standin, json.dumps(CHAT | {"tools": [tool], "stream": True}).encode()) == 200


def test_who_sends_too_much_can_read_why(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MAX_BODY", 1_000_000)
    big = json.dumps(CHAT | {"padding": " " * 8_000_000})
    connection = HTTPConnection(standin.origin.removeprefix("http://"), timeout=10)
    connection.request("POST", PATH, big, {"Authorization": f"Bearer {KEY}"})
    response = connection.getresponse()
    assert (response.status, b"larger than" in response.read()) == (413, True)
    connection.close()


def test_a_failure_of_our_own_is_told_and_logged(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(request: Request) -> Answer:
        raise KeyError("a secret of the user's")

    monkeypatch.setattr(standin, "answer", fail)
    assert asked(standin, BODY) == 500
    assert "failed at this request (KeyError)" in str(standin.exchanges[0])
    assert "secret" not in repr(standin.exchanges)


def test_slow_readers_do_not_hold_up_who_is_fast(standin: StandIn) -> None:
    stream = json.dumps(CHAT | {"stream": True}).encode()
    done = threading.Event()

    def crawl() -> None:
        with link(standin) as one:
            one.sendall(head(len(stream)) + stream)
            while not done.wait(0.05):
                one.recv(1)

    with ThreadPoolExecutor(12) as pool:
        slow = [pool.submit(crawl) for _ in range(8)]
        start = time.monotonic()
        statuses = {asked(standin, stream) for _ in range(20)}
        seconds = time.monotonic() - start
        done.set()
        assert [each.exception() for each in slow] == [None] * 8
    assert statuses == {200}
    assert seconds < 5


def test_who_leaves_in_the_midst_of_many_streams_harms_none(standin: StandIn) -> None:
    stream = json.dumps(CHAT | {"stream": True}).encode()

    def leave(number: int) -> int:
        with link(standin) as one:
            one.sendall(head(len(stream)) + stream)
            return len(one.recv(1))

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(leave, range(40))) == 40
    assert asked(standin, stream) == 200
    assert len(standin.exchanges) == 41


def test_keep_alive_serves_many_requests_on_one_connection(standin: StandIn) -> None:
    connection = HTTPConnection(standin.origin.removeprefix("http://"), timeout=10)
    statuses = []
    for _ in range(200):
        connection.request("POST", PATH, BODY, {"Authorization": f"Bearer {KEY}"})
        response = connection.getresponse()
        response.read()
        statuses.append(response.status)
    connection.close()
    assert statuses == [200] * 200


def version_6() -> bool:
    """Whether this machine has ::1."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


@pytest.mark.skipif(not version_6(), reason="no IPv6 here")
def test_it_listens_on_version_6_where_that_is_asked_for() -> None:
    with StandIn(ACME, KEY, at=("::1", 0)) as standin:
        assert standin.address.startswith("http://[::1]:")
        connection = HTTPConnection("::1", int(standin.origin.rpartition(":")[2]), timeout=10)
        connection.request("GET", "/api/v9/models", headers={"Authorization": f"Bearer {KEY}"})
        assert connection.getresponse().status == 200
        connection.close()
