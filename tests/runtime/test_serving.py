"""The HTTP side under load and ill use: connections are kept, streams are whole, nonsense gets an answer."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

import pytest

from migrate_cli.runtime import serving
from migrate_cli.runtime.standin import StandIn
from tests.runtime.acme import ACME, KEY, USER

CHAT: dict[str, Any] = {"model": "chat-1", "messages": [USER]}
STREAM = CHAT | {"stream": True}
PATH = "/api/v9/chat/completions"
HEADERS = {"Authorization": f"Bearer {KEY}"}


@pytest.fixture
def standin() -> Iterator[StandIn]:
    """Acme, played."""
    with StandIn(ACME, KEY) as running:
        yield running


def address(standin: StandIn) -> tuple[str, int]:
    """Where it listens."""
    host, _, port = standin.origin.removeprefix("http://").partition(":")
    return host, int(port)


def raw(standin: StandIn, sent: bytes) -> str:
    """All that comes back until the server hangs up."""
    with socket.create_connection(address(standin), timeout=10) as link:
        link.sendall(sent)
        link.shutdown(socket.SHUT_WR)
        with link.makefile("rb") as answer:
            return answer.read().decode()


def ask(connection: HTTPConnection, payload: dict[str, Any]) -> tuple[int, bytes]:
    """One request on a connection that stays open."""
    connection.request("POST", PATH, json.dumps(payload), HEADERS)
    response = connection.getresponse()
    return response.status, response.read()


def test_one_connection_serves_whole_answers_and_streams(standin: StandIn) -> None:
    connection = HTTPConnection(*address(standin), timeout=10)
    payloads = (CHAT, STREAM, CHAT | {"model": "nope"}, CHAT)
    statuses, links = [], set()
    for payload in payloads:
        statuses.append(ask(connection, payload)[0])
        links.add(id(connection.sock))
    connection.close()
    assert statuses == [200, 200, 404, 200]
    assert len(links) == 1


@pytest.mark.parametrize("payload", [CHAT, STREAM])
def test_who_asks_for_the_end_of_the_connection_is_told_of_it(
    payload: dict[str, Any], standin: StandIn
) -> None:
    connection = HTTPConnection(*address(standin), timeout=10)
    connection.request("POST", PATH, json.dumps(payload), HEADERS | {"Connection": "close"})
    response = connection.getresponse()
    assert response.read()
    assert response.getheader("Connection") == "close"
    assert connection.sock is None


def test_a_hundred_streams_at_once_are_whole(standin: StandIn) -> None:
    def stream(number: int) -> bytes:
        connection = HTTPConnection(*address(standin), timeout=30)
        try:
            return ask(connection, STREAM | {"messages": [USER | {"content": f"Number {number}"}]})[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(100) as pool:
        bodies = list(pool.map(stream, range(100)))
    assert [body for body in bodies if not body.endswith(b"data: [DONE]\n\n")] == []
    assert len(set(bodies)) == len(standin.exchanges) == 100


def test_a_client_of_http_1_0_gets_the_stream_bare(standin: StandIn) -> None:
    body = json.dumps(STREAM)
    head = f"POST {PATH} HTTP/1.0\r\nAuthorization: Bearer {KEY}\r\nContent-Length: {len(body)}\r\n\r\n"
    answer = raw(standin, (head + body).encode())
    assert "chunked" not in answer
    assert answer.endswith("data: [DONE]\n\n")


def test_a_chunked_request_is_read(standin: StandIn) -> None:
    body = json.dumps(CHAT).encode()
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:9], body[9:])) + b"0\r\n\r\n"
    assert raw(standin, head.encode() + chunks).startswith("HTTP/1.1 200")


BROKEN = {
    "no HTTP": (b"NONSENSE\r\n\r\n", 400),
    "a length that is no number": (b"POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", 400),
    "a negative length": (b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n", 400),
    "a chunk without size": (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
    "a body that ends early": (b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{}", 400),
    "a body beyond the limit": (b"POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413),
    "a chunk beyond the limit": (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n", 413),
    "a method nobody knows": (b"BREW / HTTP/1.1\r\n\r\n", 501),
}


@pytest.mark.parametrize(("sent", "status"), BROKEN.values(), ids=BROKEN.keys())
def test_nonsense_gets_an_error_and_a_line_in_the_log(standin: StandIn, sent: bytes, status: int) -> None:
    answer = raw(standin, sent)
    assert json.loads(answer.rpartition("\r\n\r\n")[2])["error"]["message"]
    assert [exchange.status for exchange in standin.refused] == [status]


def test_after_nonsense_the_next_client_is_served(standin: StandIn) -> None:
    raw(standin, b"NONSENSE\r\n\r\n")
    connection = HTTPConnection(*address(standin), timeout=10)
    assert ask(connection, CHAT)[0] == 200
    connection.close()


def test_who_hangs_up_amid_a_stream_leaves_no_trace(
    standin: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(5):
        with socket.create_connection(address(standin), timeout=10) as link:
            body = json.dumps(STREAM)
            head = (
                f"POST {PATH} HTTP/1.1\r\nAuthorization: Bearer {KEY}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            link.sendall((head + body).encode())
    connection = HTTPConnection(*address(standin), timeout=10)
    assert ask(connection, CHAT)[0] == 200
    connection.close()
    assert capsys.readouterr() == ("", "")


def test_a_slow_client_does_not_hold_up_others(standin: StandIn) -> None:
    with socket.create_connection(address(standin), timeout=10) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\n{")
        connection = HTTPConnection(*address(standin), timeout=10)
        assert ask(connection, CHAT)[0] == 200
        connection.close()


def test_a_silent_client_is_let_go(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving._Handler, "timeout", 0.1)
    with socket.create_connection(address(standin), timeout=10) as silent:
        assert silent.recv(1) == b""
    assert standin.exchanges == ()


@pytest.mark.parametrize(
    ("method", "status"), [("OPTIONS", 204), ("GET", 405), ("DELETE", 405), ("PUT", 405)]
)
def test_other_methods_are_answered_as_http_wants(standin: StandIn, method: str, status: int) -> None:
    connection = HTTPConnection(*address(standin), timeout=10)
    connection.request(method, PATH, "{}", HEADERS)
    response = connection.getresponse()
    response.read()
    connection.close()
    assert response.status == status


def test_a_head_has_no_body(standin: StandIn) -> None:
    connection = HTTPConnection(*address(standin), timeout=10)
    connection.request("HEAD", "/api/v9/models", headers=HEADERS)
    response = connection.getresponse()
    assert (response.status, response.read()) == (200, b"")
    assert ask(connection, CHAT)[0] == 200
    connection.close()
