"""A local server that plays a provider: strict on requests, deterministic in answers, and it keeps a log."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime import manners, profile, replies
from migrate_cli.runtime.checks import check
from migrate_cli.runtime.exchange import ORIGINAL, Exchange, Request, Verdict

_OLD_ACCOUNT = ("openai-organization", "openai-project")


class StandIn:
    """Play `provider` (OpenAI when None) on a free port of 127.0.0.1 while the `with` block runs.

    Only `key` opens it. A header that holds one of `forbidden`, or names an OpenAI organisation or project
    when another provider is played, is logged as a leak. Keys are never kept.
    """

    def __init__(self, provider: Provider | None, key: str, forbidden: tuple[str, ...] = ()) -> None:
        self.provider = provider
        self._key = key
        self._forbidden = forbidden
        self._lock = threading.Lock()
        self._exchanges: list[Exchange] = []
        self._server = _Server(("127.0.0.1", 0), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> StandIn:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def origin(self) -> str:
        """Where it listens, as `http://127.0.0.1:<port>`."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Every request so far, in order of arrival."""
        with self._lock:
            return tuple(self._exchanges)

    @property
    def refused(self) -> tuple[Exchange, ...]:
        """The requests the provider would not have answered."""
        return tuple(e for e in self.exchanges if e.verdict.refused)

    @property
    def unproven(self) -> tuple[str, ...]:
        """What was accepted though no source says that the provider takes it; sorted, each once."""
        return tuple(sorted({note for e in self.exchanges for note in e.verdict.notes.unproven}))

    @property
    def ignored(self) -> tuple[str, ...]:
        """What was accepted though it has no effect there; sorted, each once."""
        return tuple(sorted({note for e in self.exchanges for note in e.verdict.notes.ignored}))

    def base_url(self, original: str) -> str:
        """The address to use in place of the base URL `original`: same path, this server."""
        return self.origin + urlsplit(original).path

    def netlocs(self) -> tuple[str, ...]:
        """The hosts (with port, if any) this server stands in for; `*` in place of a placeholder."""
        starred = ("*".join(profile.split_placeholders(base)) for base in profile.bases(self.provider))
        return tuple(dict.fromkeys(urlsplit(base).netloc for base in starred))

    def handle(self, request: Request) -> Verdict:
        """Judge `request` and log it."""
        verdict = check(request, self.provider, self._key)
        status = verdict.refused.status if verdict.refused else 200
        exchange = Exchange(
            request.method, request.path, request.original, verdict, status, self._leaks(request)
        )
        with self._lock:
            self._exchanges.append(exchange)
        return verdict

    def _leaks(self, request: Request) -> tuple[str, ...]:
        sent = {name: value for name, value in request.headers.items() if name != ORIGINAL}
        keys = [name for name, value in sent.items() if any(secret in value for secret in self._forbidden)]
        accounts = [name for name in sent if name in _OLD_ACCOUNT and self.provider is not None]
        return tuple(sorted({*keys, *accounts}))


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], owner: StandIn) -> None:
        self.owner = owner
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up early is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        """Answer a GET."""
        self._serve(b"")

    def do_POST(self) -> None:
        """Answer a POST."""
        self._serve(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the log is `StandIn.exchanges`."""

    def _serve(self, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        verdict = self.server.owner.handle(Request(self.command, self.path, headers, body))
        provider = self.server.owner.provider
        if verdict.refused:
            self._send(verdict.refused.status, verdict.refused.body)
        elif verdict.payload.get("stream") and verdict.endpoint == "chat.completions":
            self._stream(replies.chat_chunks(verdict.payload, provider))
        elif verdict.payload.get("stream") and verdict.endpoint == "completions":
            self._stream(replies.completion_chunks(verdict.payload))
        else:
            self._send(200, replies.answer(str(verdict.endpoint), verdict.payload, provider))

    def _send(self, status: int, body: Mapping[str, Any]) -> None:
        data = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if status >= 400:
            self.send_header("x-should-retry", "false")
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, chunks: Iterator[Mapping[str, Any]]) -> None:
        provider = self.server.owner.provider
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for chunk in chunks:
            self.wfile.write(manners.event(json.dumps(chunk, ensure_ascii=False), provider).encode())
        self.wfile.write(manners.event("[DONE]", provider).encode())
        self.close_connection = True
