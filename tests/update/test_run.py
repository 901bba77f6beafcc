"""From an address to the catalogue in use, against a server on this machine."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from migrate_cli.catalogue.installed import in_use
from migrate_cli.update.failure import UpdateFailed
from migrate_cli.update.run import update
from tests.update.bundles import NEWER, repriced

DATA = repriced(0.7)


class Host:
    """Serves one bundle under a tag, and remembers what was asked for."""

    def __init__(self, data: bytes) -> None:
        self.data, self.tag, self.asked = data, '"1"', []

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.headers.get("If-None-Match"))
        known = self.asked[-1] == self.tag
        request.send_response(304 if known else 200)
        request.send_header("ETag", self.tag)
        request.send_header("Content-Length", "0" if known else str(len(self.data)))
        request.end_headers()
        request.wfile.write(b"" if known else self.data)


def test_the_second_time_nothing_is_new(serve: Any) -> None:
    host = Host(DATA)
    url = serve(host)
    first = update(url, "2027-01-02")
    assert first is not None and first.compiled == NEWER
    assert update(url, "2027-01-03") is None
    assert host.asked == [None, '"1"']


@pytest.mark.parametrize("again", ["{}?v=2", "{}x"])
def test_another_address_is_asked_for_everything(serve: Any, again: str) -> None:
    host = Host(DATA)
    url = serve(host)
    update(url, "2027-01-02")
    update(again.format(url), "2027-01-03")
    assert host.asked == [None, None]


def test_another_hash_is_asked_for_everything(serve: Any) -> None:
    host = Host(DATA)
    url = serve(host)
    update(url, "2027-01-02")
    with pytest.raises(UpdateFailed, match="was demanded"):
        update(url, "2027-01-03", sha256="0" * 64)
    assert host.asked == [None, None]


def test_a_transfer_that_breaks_off_changes_nothing(serve: Any) -> None:
    def cut(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(DATA)))
        request.end_headers()
        request.wfile.write(DATA[:1000])

    with pytest.raises(UpdateFailed, match="could not be read"):
        update(serve(cut), "2027-01-02")
    assert in_use().origin == "package"


def test_user_names_and_queries_are_not_stored(serve: Any, home: Any) -> None:
    url = serve(Host(DATA)).replace("http://", "http://me:hush@") + "?token=hush"
    done = update(url, "2027-01-02")
    assert done is not None and "hush" not in done.source
    assert "hush" not in (home / "state.json").read_text(encoding="utf-8")
