"""The guard in a child process: out goes nothing, and the address that was asked for is kept."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from migrate_cli.runtime.egress import escapes, guarded_environment
from migrate_cli.runtime.standin import StandIn
from tests.runtime.acme import ACME, KEY


def run(code: str, standin: StandIn, log: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `code` under the guard."""
    environment = guarded_environment({**os.environ, **variables}, standin, log)
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    "code",
    [
        "socket.create_connection(('elsewhere.invalid', 80))",
        "socket.getaddrinfo('elsewhere.invalid', 443)",
        "socket.socket().connect(('elsewhere.invalid', 80))",
        "socket.socket().connect_ex(('elsewhere.invalid', 80))",
        "urllib.request.urlopen('https://elsewhere.invalid')",
    ],
)
def test_other_hosts_are_refused_and_logged(code: str, tmp_path: Path) -> None:
    with StandIn(ACME, KEY) as standin:
        done = run(f"import socket, urllib.request\n{code}", standin, tmp_path / "log")
    assert done.returncode != 0
    assert "the guard refused to reach elsewhere.invalid" in done.stderr
    assert escapes(tmp_path / "log") == ("elsewhere.invalid",)


def test_this_machine_stays_within_reach(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, StandIn(ACME, KEY) as standin:
        port = server.getsockname()[1]
        done = run(
            f"import socket; socket.create_connection(('localhost', {port}))", standin, tmp_path / "log"
        )
    assert done.returncode == 0, done.stderr
    assert escapes(tmp_path / "log") == ()


def test_without_a_standin_the_guard_does_nothing() -> None:
    guard = str(Path(guarded_environment.__code__.co_filename).parent / "guard")
    code = (
        "import socket, sys\n"
        "ours = [f for f in sys.meta_path if type(f).__module__ == 'sitecustomize']\n"
        "print(socket.getaddrinfo.__module__, ours)"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MIGRATE_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**clean, "PYTHONPATH": guard},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "socket []"


@pytest.mark.parametrize(
    ("url", "there"),
    [
        ("https://api.acme.example/v1/models", "127.0.0.1"),
        ("https://elsewhere.invalid/v1/models", "elsewhere.invalid"),
    ],
)
def test_the_transport_inside_dspy_is_led_to_the_standin(url: str, there: str, tmp_path: Path) -> None:
    inside = tmp_path / "dspy" / "_vendor" / "lm15" / "transports"
    inside.mkdir(parents=True)
    (inside / "_sync.py").write_text(
        "class StdlibTransport:\n    def stream(self, request):\n        return request\n", encoding="utf-8"
    )
    code = (
        "from types import SimpleNamespace\n"
        "from urllib.parse import urlsplit\n"
        "from dspy._vendor.lm15.transports._sync import StdlibTransport\n"
        f"request = SimpleNamespace(url={url!r}, headers=[])\n"
        "print(urlsplit(StdlibTransport().stream(request).url).hostname)"
    )
    with StandIn(ACME, KEY) as standin:
        done = run(code, standin, tmp_path / "log", PYTHONPATH=str(tmp_path))
    assert done.stdout.strip() == there, done.stderr
