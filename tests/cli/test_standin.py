"""`migrate standin` as people start it: in the foreground, stopped from outside, with a line per request."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest

from migrate_cli.cli.app import run
from migrate_cli.model import UserError

BODY = json.dumps({"model": "glm-5.3", "messages": [{"role": "user", "content": "Hello"}]})


@contextmanager
def started(*options: str) -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own, on a free port."""
    command = [sys.executable, "-m", "migrate_cli", "standin", "--port", "0", *options]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def post(port: int, path: str, key: str) -> tuple[int, str | None]:
    """The status of a chat, and the hostile item it met."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", f"{path}/chat/completions", BODY, {"Authorization": f"Bearer {key}"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.getheader("X-Migrate-Hostile")


def greeting(process: subprocess.Popen[str]) -> str:
    """What it says before the first request."""
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "Ctrl-C ends it.\n")
    return "".join(lines)


def port_of(text: str) -> int:
    """The port in the greeting."""
    return int(re.findall(r"127\.0\.0\.1:(\d+)", text)[0])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_logs_and_ends_well(number: signal.Signals) -> None:
    with started("--as", "zhipu") as process:
        said = greeting(process)
        good = post(port_of(said), "/api/paas/v4", "standin-glm")
        bad = post(port_of(said), "/api/paas/v4", "sk-proj-0123456789abcdef0123456789abcdef")
        process.send_signal(number)
        rest, _ = process.communicate(timeout=20)
    assert (good, bad) == ((200, None), (401, None))
    assert f"export OPENAI_BASE_URL=http://127.0.0.1:{port_of(said)}/api/paas/v4\n" in said
    assert "export ZAI_API_KEY=standin-glm\n" in said
    assert rest.splitlines()[0].startswith("200 POST /api/paas/v4/chat/completions glm-5.3: answered")
    assert rest.splitlines()[1].startswith("401 POST /api/paas/v4/chat/completions: refused (auth)")
    assert "2 requests: 1 refused, 1 accepted" in rest
    assert "sk-proj" not in rest
    assert process.returncode == 0


def test_one_process_plays_everybody_and_no_key_crosses_over() -> None:
    with started("--as", "all") as process:
        said = greeting(process)
        port = port_of(said)
        met = [
            post(port, "/glm/api/paas/v4", "standin-glm")[0],
            post(port, "/openai/v1", "standin-openai")[0],
            post(port, "/openai/v1", "standin-glm")[0],
            post(port, "/nobody/v1", "standin-glm")[0],
        ]
    assert met == [200, 200, 401, 404]
    assert f"qwen at http://127.0.0.1:{port}/qwen/compatible-mode/v1  key standin-qwen\n" in said


@pytest.mark.parametrize(
    ("name", "pointer"),
    [
        ("qwen", "  SDK dashscope: DASHSCOPE_HTTP_BASE_URL=http://{at}/api/v1\n"),
        ("tencent", '  SDK tencentcloud: HttpProfile(protocol="http", endpoint="{at}")\n'),
    ],
)
def test_a_providers_own_sdk_is_told_where_to_go(name: str, pointer: str) -> None:
    with started("--as", name) as process:
        said = greeting(process)
    assert pointer.format(at=f"127.0.0.1:{port_of(said)}") in said


def test_openai_has_no_other_sdk() -> None:
    with started("--as", "openai") as process:
        assert "SDK" not in greeting(process)


def test_hostile_mode_names_what_it_does() -> None:
    with started("--as", "glm", "--mode", "hostile") as process:
        port = port_of(greeting(process))
        met = [post(port, "/api/paas/v4", "standin-glm") for _ in range(2)]
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=20)
    assert met == [(200, "no-content"), (429, "retry-after")]
    assert "hostile answers met: no-content, retry-after" in rest


@pytest.mark.parametrize("name", ["gml", "", "all of them"])
def test_nobody_is_played_for_a_wrong_name(name: str) -> None:
    with pytest.raises(UserError, match="unknown provider"):
        run(["standin", "--as", name])


def test_waiting_belongs_to_hostile_mode() -> None:
    with pytest.raises(UserError, match="add --mode hostile"):
        run(["standin", "--as", "glm", "--slow"])


def test_a_taken_port_is_one_line_that_says_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=rf"127\.0\.0\.1:{port} .*--port, or 0 for any"):
            run(["standin", "--as", "glm", "--port", str(port)])


@pytest.mark.parametrize(
    "options", [[], ["--as", "glm", "--port", "70000"], ["--as", "glm", "--mode", "sad"]]
)
def test_wrong_options_are_usage_errors(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["standin", *options]) == 2
    assert "standin" in capsys.readouterr().err
