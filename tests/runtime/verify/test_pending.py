"""A command that just fails is told what the plan still would write; one whose requests tell the reason is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrate_cli.api_verify import verify
from migrate_cli.runtime.verify.pending import Pending
from migrate_cli.runtime.verify.verdict import Verdict, Verification
from tests.programs import write

CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
MOVED = """\
import os
from openai import OpenAI

client = OpenAI(api_key=os.environ["ZAI_API_KEY"], base_url="https://open.bigmodel.cn/api/paas/v4")
"""


def run(home: Path, program: str, ending: str, to: str = "glm") -> Verification:
    """The verdict on a command in a folder with `program`, which is not run itself."""
    write(home, {"app.py": program, "run.py": ending})
    command = [sys.executable, "run.py"]
    return verify(
        command, [to], directory=home, environment={"PATH": os.environ["PATH"]}, stdout=subprocess.DEVNULL
    )


@pytest.mark.parametrize(("ending", "code"), [("raise SystemExit(3)", 3), ("", 0)])
def test_a_command_that_fails_or_asks_nobody_is_told(ending: str, code: int, tmp_path: Path) -> None:
    done = run(tmp_path, CLIENT, ending)
    assert (done.verdict, done.ended.code) == (Verdict.UNVERIFIED, code)
    assert Pending("app.py", 3, "SDK08", "client-endpoint", False) in done.pending


def test_a_program_that_is_moved_is_told_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, MOVED, "raise SystemExit(3)").pending == ()


def test_not_all_that_somebody_has_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert run(tmp_path, CLIENT, "raise SystemExit(3)").pending == ()


def test_no_plan_leads_to_openai(tmp_path: Path) -> None:
    assert run(tmp_path, CLIENT, "raise SystemExit(3)", to="openai").pending == ()


ASK = """\
import json, os, urllib.error, urllib.request
url = "https://open.bigmodel.cn/api/paas/v4/chat/completions"
body = json.dumps({{"model": "{model}", "messages": [{{"role": "user", "content": "Hello"}}]}}).encode()
headers = {{"Authorization": "Bearer " + os.environ["ZAI_API_KEY"]}}
try:
    urllib.request.urlopen(urllib.request.Request(url, body, headers))
except urllib.error.HTTPError as error:
    error.close()
"""


@pytest.mark.parametrize(
    ("model", "verdict"), [("glm-5.3-flash", Verdict.PASSED), ("gpt-4o", Verdict.REFUSED)]
)
def test_requests_that_tell_are_enough(model: str, verdict: Verdict, tmp_path: Path) -> None:
    done = run(tmp_path, CLIENT, ASK.format(model=model))
    assert (done.verdict, done.pending) == (verdict, ())
