"""A rewrite that is killed, or runs out of disk: every file is whole, and undo brings all of them back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from migrate_cli import api
from migrate_cli.model import UserError

SOURCE = """\
import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])
reply = client.chat.completions.create(model="gpt-4o", messages=[])
"""
FILES = 60
REWRITE = ["rewrite", "--to", "ernie", "--allow-dirty", "--no-report", "--quiet"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    home = tmp_path / "project"
    home.mkdir()
    for number in range(FILES):
        (home / f"m{number:02}.py").write_text(f"{SOURCE}print({number})\n", encoding="utf-8")
    return home


def texts(project: Path) -> dict[str, str]:
    """Every file of the program."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(project.glob("*.py"))}


def start(project: Path, code: str = "") -> subprocess.Popen[bytes]:
    """A rewrite in a process of its own, with `code` run before it."""
    program = f"import sys; {code}from migrate_cli.__main__ import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", program, *REWRITE, str(project)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill_after_first_write(process: subprocess.Popen[bytes], project: Path, before: dict[str, str]) -> None:
    """Kill the rewrite as soon as it has replaced a file."""
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if (project / "m00.py").read_text(encoding="utf-8") != before["m00.py"]:
            process.kill()
            break
    process.wait(30)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
@pytest.mark.slow
def test_a_killed_rewrite_leaves_whole_files_and_can_be_undone(project: Path) -> None:
    before = texts(project)
    whole = dict(before)
    kill_after_first_write(start(project), project, before)
    torn = texts(project)
    api.undo(project)
    assert texts(project) == whole
    api.apply(api.plan(api.scan([project]), "ernie"), allow_dirty=True)
    after = texts(project)
    assert all(text in (before[name], after[name]) for name, text in torn.items())


@pytest.mark.skipif(os.name == "nt", reason="SIGINT to a process is POSIX")
@pytest.mark.slow
@pytest.mark.parametrize("wait", [0.3, 0.6, 0.9, 1.2])
def test_ctrl_c_at_any_moment_leaves_all_or_nothing(project: Path, wait: float) -> None:
    before = texts(project)
    process = start(project)
    time.sleep(wait)
    process.send_signal(signal.SIGINT)
    process.wait(60)
    after = texts(project)
    changed = [name for name in before if before[name] != after[name]]
    assert len(changed) in (0, FILES)


@pytest.mark.skipif(os.name == "nt", reason="limits are POSIX")
def test_a_file_that_cannot_be_written_whole_stays_and_so_does_what_belongs_to_it(project: Path) -> None:
    filler = "".join(f"# {number:060}\n" for number in range(2_000))
    (project / "big.py").write_text(f"{SOURCE}{filler}", encoding="utf-8")
    before = texts(project)
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)); "
    assert start(project, limit).wait(120) != 0
    assert texts(project)["big.py"] == before["big.py"]
    assert all(text == before[name] or "qianfan" in text for name, text in texts(project).items())


def test_nothing_to_undo_is_said(project: Path) -> None:
    with pytest.raises(UserError, match="nothing to undo"):
        api.undo(project)
