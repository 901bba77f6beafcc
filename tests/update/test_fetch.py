"""Getting a bundle: what is asked, what is refused, and that no secret of an address is told."""

from __future__ import annotations

import builtins
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pytest

from migrate_cli.update.failure import UpdateFailed
from migrate_cli.update.fetch import Fetched, Known, Limits, fetch, shown

Serve = Callable[[Callable[[BaseHTTPRequestHandler], None]], str]
SMALL = Limits(size=100, wait=0.3, whole=0.5)


def reply(status: int, body: bytes = b"", **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"content_length": str(len(body)), **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def canned(*answers: httpx.Response) -> httpx.MockTransport:
    """A network where each request in turn gets the next answer."""
    queue: Iterator[httpx.Response] = iter(answers)
    return httpx.MockTransport(lambda request: next(queue))


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a b.json"
    file.write_bytes(b"{}")
    assert fetch(str(file)) == fetch(file.as_uri()) == Fetched(b"{}")


def test_a_bundle_comes_with_what_its_server_says_of_it(serve: Serve) -> None:
    url = serve(reply(200, b"{}", etag='"1"', last_modified="Sun, 22 Nov 2026 00:00:00 GMT"))
    assert fetch(url) == Fetched(b"{}", '"1"', "Sun, 22 Nov 2026 00:00:00 GMT")


def test_what_is_known_is_asked_for_only_if_newer(serve: Serve) -> None:
    asked: dict[str, Any] = {}

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked.update(request.headers)
        reply(304)(request)

    assert fetch(serve(answer), Known('"1"', "yesterday")) is None
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"1"', "yesterday")
    assert asked["Accept-Encoding"] == "identity"


def test_not_modified_means_nothing_to_one_who_has_nothing(serve: Serve) -> None:
    with pytest.raises(UpdateFailed, match="HTTP 304"):
        fetch(serve(reply(304)))


@pytest.mark.parametrize("status", [204, 206, 401, 403, 404, 500, 503])
def test_any_other_answer_is_refused(serve: Serve, status: int) -> None:
    with pytest.raises(UpdateFailed, match=f"HTTP {status}"):
        fetch(serve(reply(status)))


def test_too_much_is_refused_while_it_comes(serve: Serve) -> None:
    with pytest.raises(UpdateFailed, match="more than 100 bytes"):
        fetch(serve(reply(200, b"x" * 101)), limits=SMALL)


def test_just_enough_is_taken(serve: Serve) -> None:
    fetched = fetch(serve(reply(200, b"x" * 100)), limits=SMALL)
    assert fetched is not None and len(fetched.data) == 100


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 101)
    with pytest.raises(UpdateFailed, match="larger than 100 bytes"):
        fetch(str(tmp_path / "big"), limits=SMALL)


@pytest.mark.parametrize("place", ["missing.json", "."])
def test_a_file_that_cannot_be_read_is_refused(place: str) -> None:
    with pytest.raises(UpdateFailed, match="cannot be read"):
        fetch(place)


def test_a_silent_server_is_given_up(serve: Serve) -> None:
    with pytest.raises(UpdateFailed, match=r"did not answer within 0\.3 seconds"):
        fetch(serve(lambda request: time.sleep(1)), limits=SMALL)


def test_a_trickle_is_given_up(serve: Serve) -> None:
    def trickle(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        with suppress(OSError):  # the client hangs up
            for _ in range(20):
                request.wfile.write(b"x")
                request.wfile.flush()
                time.sleep(0.1)

    with pytest.raises(UpdateFailed, match=r"took longer than 0\.5 seconds"):
        fetch(serve(trickle), limits=SMALL)


def test_half_a_bundle_is_refused(serve: Serve) -> None:
    with pytest.raises(UpdateFailed, match="could not be read"):
        fetch(serve(reply(200, b"{", content_length="100")))


def test_nobody_there_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        with pytest.raises(UpdateFailed, match="could not be read"):
            fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/x")


def test_compressed_data_is_refused(serve: Serve) -> None:
    with pytest.raises(UpdateFailed, match="compressed"):
        fetch(serve(reply(200, b"x", content_encoding="gzip")))


def test_a_redirect_to_https_is_followed() -> None:
    moved = httpx.Response(302, headers={"location": "https://b.example/c.json"})
    network = canned(moved, httpx.Response(200, stream=httpx.ByteStream(b"{}")))
    assert fetch("https://a.example/c.json", transport=network) == Fetched(b"{}")


@pytest.mark.parametrize("to", ["http://b.example/", "file:///etc/passwd", "ftp://b.example/"])
def test_a_redirect_to_anything_else_is_not(to: str) -> None:
    with pytest.raises(UpdateFailed, match="redirects to an address that is not https"):
        fetch("https://a.example/", transport=canned(httpx.Response(301, headers={"location": to})))


def test_a_redirect_from_this_machine_stays_encrypted(serve: Serve) -> None:
    with pytest.raises(UpdateFailed, match="not https"):
        fetch(serve(reply(302, location="/elsewhere")))


def test_a_ring_of_redirects_ends() -> None:
    ring = [httpx.Response(302, headers={"location": "https://a.example/"})] * 9
    with pytest.raises(UpdateFailed, match="more than 5 times"):
        fetch("https://a.example/", transport=canned(*ring))


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("http://a.example/c.json", "not encrypted"),
        ("ftp://a.example/c.json", "not from ftp://"),
        ("https:///c.json", "not from https://"),
        ("https://a.example:99999/", "not valid"),
        ("file://server/share/c.json", "three slashes"),
    ],
)
def test_other_addresses_are_refused(place: str, why: str) -> None:
    with pytest.raises(UpdateFailed, match=why):
        fetch(place)


def test_plain_http_is_taken_when_the_hash_is_demanded() -> None:
    network = canned(httpx.Response(200, stream=httpx.ByteStream(b"{}")))
    assert fetch("http://a.example/", trusted=True, transport=network) == Fetched(b"{}")


def test_what_is_secret_in_an_address_is_not_shown() -> None:
    assert shown("https://me:pass@a.example:8443/c.json?token=1#x") == "https://a.example:8443/c.json"
    assert shown("dir/c.json") == "dir/c.json"


def test_what_is_secret_in_an_address_is_not_in_a_failure() -> None:
    with pytest.raises(UpdateFailed) as failure:
        fetch("https://me:hush@a.example/c?token=hush", transport=canned(httpx.Response(404)))
    assert "hush" not in str(failure.value)


def test_without_httpx_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "httpx":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UpdateFailed, match=r"pip install 'migrate-cli\[update\]'"):
        fetch("https://a.example/")
