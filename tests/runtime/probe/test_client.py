"""A probe's requests over real sockets: to one host, with the key there and nowhere else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from migrate_cli.model import UserError
from migrate_cli.runtime.probe.client import asking, checked_base, host_of, is_local

KEY = "canary-0123456789abcdef"
Play = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Play], str]]:
    """Starts a server that answers as told, and gives its address; the proxies of the developer stay out."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    running: list[ThreadingHTTPServer] = []

    def start(play: Play) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                play(self)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def answered(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, length: int | None = None, **headers: str
) -> None:
    """Sends one answer."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def test_the_key_travels_in_its_header_and_the_answer_comes_back(serve: Callable[[Play], str]) -> None:
    seen: list[tuple[str, str | None]] = []

    def play(handler: BaseHTTPRequestHandler) -> None:
        seen.append((handler.path, handler.headers["Authorization"]))
        answered(handler, 200, b'{"choices": []}', Content_Type="application/json")

    with asking(serve(play) + "/v1", KEY, 5) as ask:
        reply = ask("POST", "/chat/completions", {"model": "m"})
    assert seen == [("/v1/chat/completions", f"Bearer {KEY}")]
    assert (reply.status, reply.data, reply.problem) == (200, {"choices": []}, None)


def test_a_redirect_is_not_followed_and_the_key_stays_here(serve: Callable[[Play], str]) -> None:
    elsewhere: list[str] = []
    other = serve(lambda handler: elsewhere.append(handler.path))
    here = serve(lambda handler: answered(handler, 307, b"", Location=f"{other}/steal"))
    with asking(here, KEY, 5) as ask:
        reply = ask("POST", "/chat/completions", {})
    assert (reply.status, reply.problem) == (307, "it redirects elsewhere, which is not followed")
    assert elsewhere == []


@pytest.mark.parametrize(
    ("play", "problem"),
    [
        (lambda h: answered(h, 200, b"<html>", Content_Type="text/html"), "the answer is a web page"),
        (
            lambda h: answered(h, 200, b'{"choices"', 100, Content_Type="application/json"),
            "the answer broke off",
        ),
        (lambda h: answered(h, 200, b"x" * 4_000_001), "the answer is larger than 4,000,000 bytes"),
        (lambda h: h.wfile.write(b"nonsense\r\n\r\n"), "the answer broke off"),
        (lambda h: time.sleep(3), "there was no answer within 1 seconds"),
    ],
    ids=["page", "half", "huge", "nonsense", "silence"],
)
def test_what_is_no_answer_is_a_problem_and_not_fatal(
    play: Play, problem: str, serve: Callable[[Play], str]
) -> None:
    with asking(serve(play), KEY, 1) as ask:
        reply = ask("POST", "/chat/completions", {})
    assert (reply.problem, reply.fatal) == (problem, False)


def test_a_server_that_drips_is_not_waited_for(serve: Callable[[Play], str]) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        answered(handler, 200, b"", 1000)
        for _ in range(20):
            handler.wfile.write(b" ")
            time.sleep(0.2)

    start = time.monotonic()
    with asking(serve(drip), KEY, 1) as ask:
        reply = ask("POST", "/chat/completions", {})
    assert reply.problem == "the answer took too long"
    assert time.monotonic() - start < 3


def test_nobody_there_is_fatal() -> None:
    with asking("http://127.0.0.1:1", KEY, 1) as ask:
        reply = ask("POST", "/chat/completions", {})
    assert (reply.fatal, reply.problem) == (True, "it cannot be reached")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://api.example.com/v1", "not encrypted"),
        ("ftp://api.example.com", "wants an address"),
        ("api.example.com/v1", "wants an address"),
        ("https://", "wants an address"),
        (f"https://user:{KEY}@api.example.com/v1", "no user name"),
        (f"https://api.example.com/v1?key={KEY}", "no user name"),
        ("https://api.example.com:port/v1", "no valid address"),
    ],
)
def test_no_key_is_sent_to_such_an_address(url: str, why: str) -> None:
    with pytest.raises(UserError, match=why) as error:
        checked_base(url)
    assert KEY not in str(error.value)


@pytest.mark.parametrize(
    "url", ["https://api.example.com/v1/", "http://localhost:8000/v1", "http://127.0.0.1:1"]
)
def test_such_an_address_may_get_it(url: str) -> None:
    assert checked_base(url) == url.rstrip("/")


def test_host_and_place_of_an_address() -> None:
    assert host_of("https://API.example.com:8443/v1") == "api.example.com:8443"
    assert is_local("http://localhost:8000/v1")
    assert not is_local("https://localhost.example.com/v1")
