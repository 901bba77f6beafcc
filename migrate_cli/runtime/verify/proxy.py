"""A proxy that lets nothing out and keeps a list: for programs that are not Python, and libraries in C.

What is meant for this machine is passed on: a program may give its proxy to every request, also to one that the guard
has already led to the stand-in.
"""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import SplitResult, urlsplit

from migrate_cli.runtime.background import Background
from migrate_cli.runtime.egress import Escape

_HERE = ("127.0.0.1", "localhost", "::1")
_HOP = ("connection", "proxy-connection", "proxy-authorization", "keep-alive")


class RefusingProxy(Background):
    """Listens on a free port of 127.0.0.1 while the `with` block runs, and answers 403 to whoever wants to leave."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._escapes: list[Escape] = []
        self._server = _Server(("127.0.0.1", 0), self)
        super().__init__(self._server)

    @property
    def address(self) -> str:
        """The value for `HTTPS_PROXY` and its like."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def escapes(self) -> tuple[Escape, ...]:
        """What was refused so far, in order."""
        with self._lock:
            return tuple(self._escapes)

    def note(self, target: str) -> None:
        """Keep the host and port of `target`, a `host:port` or a URL."""
        parts = urlsplit(target if "://" in target else f"//{target}")
        try:
            port = parts.port
        except ValueError:
            port = None
        with self._lock:
            self._escapes.append(Escape(parts.hostname or "", None if port is None else str(port)))


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], owner: RefusingProxy) -> None:
        self.owner = owner
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up early is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the list is `RefusingProxy.escapes`."""

    def _serve(self) -> None:
        target = urlsplit(self.path)
        if self.command != "CONNECT" and target.hostname in _HERE:
            self._pass_on(target)
        else:
            self._refuse()

    def _pass_on(self, target: SplitResult) -> None:
        """One request and its answer, as they are, on a connection of their own."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = target._replace(scheme="", netloc="").geturl() or "/"
        kept = [(n, v) for n, v in self.headers.items() if n.lower() not in _HOP]
        lines = [f"{self.command} {asked} HTTP/1.1", *(f"{n}: {v}" for n, v in kept), "Connection: close"]
        with socket.create_connection((target.hostname or "", target.port or 80)) as there:
            there.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
            while piece := there.recv(65536):
                self.wfile.write(piece)
        self.close_connection = True

    def _refuse(self) -> None:
        self.server.owner.note(self.path)
        body = b"migrate verify lets nothing out\n"
        self.send_response(403)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_CONNECT = do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _serve
