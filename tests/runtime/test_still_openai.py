"""A program that still asks OpenAI, by whatever way, does not pass; one that asks its provider the same way does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from migrate_cli.api_verify import verify
from migrate_cli.runtime.verify.verdict import Fared, Verdict
from tests.projects.environments import interpreter

OPENAI = "https://api.openai.com/v1/chat/completions"
GLM = "https://open.bigmodel.cn/api/paas/v4/chat/completions"
BODY = '{"model": "glm-5.3-flash", "messages": [{"role": "user", "content": "Hello"}]}'
# Each program takes an address and a key, and goes on whatever the answer is.
URLLIB = f"""\
import sys, urllib.error, urllib.request
headers = {{"Authorization": "Bearer " + sys.argv[2], "Content-Type": "application/json"}}
asked = urllib.request.Request(sys.argv[1], {BODY!r}.encode(), headers)
try:
    urllib.request.urlopen(asked)
except urllib.error.HTTPError:
    pass
"""
SOCKET = """\
import socket, sys
try:
    socket.create_connection((sys.argv[1].split("/")[2], 443))
except OSError:
    pass
"""
CHILD = "import subprocess, sys\nsubprocess.run([sys.executable, 'ask.py', *sys.argv[1:]], env={})\n"
THREAD = "import runpy, threading\nt = threading.Thread(target=runpy.run_path, args=('ask.py',))\nt.start()\nt.join()\n"
SDK = f"""\
import json, sys
from openai import OpenAI, OpenAIError
client = OpenAI(base_url=sys.argv[1].removesuffix("/chat/completions"), api_key=sys.argv[2], max_retries=0)
try:
    client.chat.completions.create(**json.loads({BODY!r}))
except OpenAIError:
    pass
"""
RAW = """\
import sys, {module} as http
headers = {{"Authorization": "Bearer " + sys.argv[2]}}
http.post(sys.argv[1], headers=headers, json={body})
"""
CURL = """\
curl -s --max-time 20 -H 'Content-Type: application/json' -H "Authorization: Bearer $2" -d '%s' "$1" || true
""".replace("%s", BODY)
OLD, NEW = [OPENAI, "$OPENAI_API_KEY"], [GLM, "$ZAI_API_KEY"]
WAYS = {"urllib": URLLIB, "child": CHILD, "thread": THREAD}
LIBRARIES = {
    "openai 1": ("1", SDK),
    "openai 2": ("2", SDK),
    "openai 3": ("3", SDK),
    "requests": ("0.28", RAW.format(module="requests", body=BODY)),
    "httpx": ("1", RAW.format(module="httpx", body=BODY)),
    "httpx2": ("3", RAW.format(module="httpx2", body=BODY)),
}


def fares(
    python: Path | str, code: str, asked: list[str], home: Path
) -> tuple[Verdict, list[Fared], list[str]]:
    """What becomes of a program: the verdict, how its requests fared, and where else it went."""
    (home / "ask.py").write_text(URLLIB, encoding="utf-8")
    (home / "app.py").write_text(code, encoding="utf-8")
    shell = f'exec "{python}" app.py {asked[0]} "{asked[1]}"'
    done = verify(["sh", "-c", shell], ["glm"], directory=home, environment={"PATH": os.environ["PATH"]})
    return done.verdict, [sent.fared for sent in done.sent], [escape.host for escape in done.escapes]


@pytest.mark.parametrize("way", WAYS)
def test_openai_is_not_asked_in_secret(way: str, tmp_path: Path) -> None:
    assert fares(sys.executable, WAYS[way], OLD, tmp_path) == (Verdict.REFUSED, [Fared.ELSEWHERE], [])


@pytest.mark.parametrize("way", WAYS)
def test_the_provider_is_asked_in_peace(way: str, tmp_path: Path) -> None:
    assert fares(sys.executable, WAYS[way], NEW, tmp_path) == (Verdict.PASSED, [Fared.ANSWERED], [])


def test_a_bare_socket_to_openai_is_refused(tmp_path: Path) -> None:
    assert fares(sys.executable, SOCKET, OLD, tmp_path) == (Verdict.REFUSED, [], ["api.openai.com"])


def test_a_request_to_the_provider_excuses_none_to_openai(tmp_path: Path) -> None:
    code = URLLIB + f"sys.argv[1] = {OPENAI!r}\n" + SOCKET
    told = fares(sys.executable, code, NEW, tmp_path)
    assert told == (Verdict.REFUSED, [Fared.ANSWERED], ["api.openai.com"])


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_curl_to_openai_is_refused(tmp_path: Path) -> None:
    (tmp_path / "app.sh").write_text(CURL, encoding="utf-8")
    command = ["sh", "-c", f'sh app.sh {OPENAI} "$OPENAI_API_KEY"']
    done = verify(command, ["glm"], directory=tmp_path, environment={"PATH": os.environ["PATH"]})
    assert (done.verdict, [escape.host for escape in done.escapes]) == (Verdict.REFUSED, ["api.openai.com"])


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_what_nobody_could_judge_is_not_verified(tmp_path: Path) -> None:
    (tmp_path / "app.sh").write_text(CURL, encoding="utf-8")
    code = URLLIB + "import subprocess\n" + "subprocess.run(['sh', 'app.sh', *sys.argv[1:]])\n"
    told = fares(sys.executable, code, NEW, tmp_path)
    assert told == (Verdict.UNVERIFIED, [Fared.ANSWERED], ["open.bigmodel.cn"])


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_curl_to_the_address_that_it_is_given_passes(tmp_path: Path) -> None:
    (tmp_path / "app.sh").write_text(CURL, encoding="utf-8")
    command = ["sh", "-c", 'sh app.sh "$MIGRATE_STANDIN_BASE_URL/chat/completions" "$ZAI_API_KEY"']
    done = verify(
        command,
        ["glm"],
        directory=tmp_path,
        environment={"PATH": os.environ["PATH"]},
        stdout=subprocess.DEVNULL,
    )
    assert (done.verdict, [sent.fared for sent in done.sent]) == (Verdict.PASSED, [Fared.ANSWERED])


@pytest.mark.slow
@pytest.mark.parametrize("name", LIBRARIES)
def test_openai_is_not_asked_by_a_library(name: str, tmp_path: Path) -> None:
    generation, code = LIBRARIES[name]
    told = fares(interpreter(generation), code, OLD, tmp_path)
    assert told == (Verdict.REFUSED, [Fared.ELSEWHERE], [])


@pytest.mark.slow
@pytest.mark.parametrize("name", LIBRARIES)
def test_the_provider_is_asked_by_a_library(name: str, tmp_path: Path) -> None:
    generation, code = LIBRARIES[name]
    assert fares(interpreter(generation), code, NEW, tmp_path) == (Verdict.PASSED, [Fared.ANSWERED], [])
