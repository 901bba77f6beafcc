"""A data directory of the test's own, and a server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from migrate_cli.catalogue import installed
from migrate_cli.catalogue.compile import compile_catalogue
from migrate_cli.update import install, verify

Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged catalogue as the wheel has it, which loads many times faster than its sources."""
    folder = tmp_path_factory.mktemp("packaged")
    compile_catalogue(installed.PACKAGED, folder)
    return folder


@pytest.fixture(autouse=True)
def packaged(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (installed, install, verify):
        monkeypatch.setattr(module, "PACKAGED", compiled)
    return compiled


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory for updates, empty."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "data"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "data" / "migrate" / "catalogue"


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], str]]:
    """Starts a server that answers each GET as told, and gives its address."""
    running: list[ThreadingHTTPServer] = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer(self)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_port}/catalogue.json"

    yield start
    for server in running:
        server.shutdown()
        server.server_close()
