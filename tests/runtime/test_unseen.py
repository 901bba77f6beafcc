"""Programs that the guard does not see into: told where the words that start them show it, and never invented."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.runtime.egress import GUARD, Unseen
from migrate_cli.runtime.guard.migrate_egress.blind import blind, split
from migrate_cli.runtime.verify.run import Observed, observe

KNOWN = open_catalogue()
GLM = KNOWN.provider("glm")

UNSEEN = {
    "python -I app.py": "-I keeps the guard out",
    "/usr/bin/python3.12 -E -m app": "-E keeps the guard out",
    "python -uSc 'print(1)'": "-S keeps the guard out",
    "python -W error -I app.py": "-I keeps the guard out",
    "python -Werror -I app.py": "-I keeps the guard out",
    "env -i python app.py": "`env -i` keeps the guard out",
    "env -u PYTHONPATH python app.py": "`env -u PYTHONPATH` keeps the guard out",
    "env PYTHONPATH=src python app.py": "`env PYTHONPATH=src` keeps the guard out",
    "sh -c 'PYTHONPATH=src python app.py'": "`PYTHONPATH=src` keeps the guard out",
    "docker run --rm -e KEY image": "what runs in a container is out of the guard's sight",
    "docker compose up": "what runs in a container is out of the guard's sight",
    "timeout -k 3 60 ssh host app": "what runs on another machine is out of the guard's sight",
    "sh -c 'cd src && python -I app.py'": "-I keeps the guard out",
    "bash -lc 'A=1 sudo app'": "it clears the environment, and the guard with it",
    "deno run app.ts": "the guard is for Python and Node",
}
SEEN = (
    "python app.py -I",
    "python -c 'import sys' -E",
    "python -m app -I -S",
    "python -X dev -u app.py",
    "python -X importtime=1 app.py",
    "python -",
    "python",
    "env A=1 python app.py",
    "sh -c 'PYTHONPATH=src:$PYTHONPATH python app.py'",
    f"env PYTHONPATH=src{os.pathsep}{GUARD} python app.py",
    "env -u OPENAI_API_KEY python app.py",
    "node app.js",
    "echo docker run",
    "docker ps",
    "pytest -x",
    "sh run.sh -c 'docker run'",
    "sh -c",
    "",
)


@pytest.mark.parametrize(("line", "reason"), UNSEEN.items(), ids=UNSEEN.keys())
def test_what_is_started_out_of_sight_is_told(line: str, reason: str) -> None:
    assert blind(split(line)) == reason


@pytest.mark.parametrize("line", SEEN)
def test_what_is_in_sight_is_not_called_otherwise(line: str) -> None:
    assert blind(split(line)) is None


def test_a_line_that_cannot_be_taken_apart_is_no_error() -> None:
    assert blind(split("python -I 'unfinished")) == "-I keeps the guard out"


def run(code: str, home: Path, *options: str) -> Observed:
    """Run `code` as `program.py` in `home`, with glm to be asked."""
    (home / "program.py").write_text(f"import os, subprocess, sys\n{code}\n", encoding="utf-8")
    return observe([sys.executable, *options, "program.py"], [GLM], home, os.environ, KNOWN)


@pytest.mark.parametrize(
    "start",
    [
        "subprocess.run([sys.executable, '-I', '-c', ''])",
        "subprocess.run(f'{sys.executable} -I -c pass', shell=True)",
        "os.system(f'{sys.executable} -I -c pass')",
        "os.spawnv(os.P_WAIT, sys.executable, [sys.executable, '-I', '-c', ''])",
        "os.posix_spawn(sys.executable, [sys.executable, '-I', '-c', ''], {})",
        "os.execv(sys.executable, [sys.executable, '-I', '-c', ''])",
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="these ways to start a program")
def test_a_child_out_of_sight_is_told_with_its_line(start: str, tmp_path: Path) -> None:
    told = {(each.reason, each.source) for each in run(start, tmp_path).unseen}
    assert told == {("-I keeps the guard out", "program.py:2")}


def test_arguments_are_not_kept(tmp_path: Path) -> None:
    seen = run("subprocess.run([sys.executable, '-I', '-c', '', 'sk-proj-0123456789'])", tmp_path)
    assert "sk-proj" not in repr(seen)
    assert len(seen.unseen) == 1


def test_the_command_itself_is_told(tmp_path: Path) -> None:
    assert run("pass", tmp_path, "-I").unseen == (
        Unseen(Path(sys.executable).name, "-I keeps the guard out"),
    )


def test_an_ordinary_program_with_children_is_in_sight(tmp_path: Path) -> None:
    seen = run("subprocess.run([sys.executable, '-c', '', '-I'])\nos.system('true')", tmp_path)
    assert (seen.ended.code, seen.unseen) == (0, ())


REACH = 'import socket; socket.create_connection(("elsewhere.invalid", 80))'


@pytest.mark.parametrize(
    "start",
    [
        f"os.environ.clear(); subprocess.run([sys.executable, '-c', {REACH!r}])",
        f"os.environ.pop('PYTHONPATH'); subprocess.run([sys.executable, '-c', {REACH!r}])",
        f"os.environ.clear(); subprocess.run([sys.executable, '-c', {REACH!r}], env={{}})",
        f"os.execve(sys.executable, [sys.executable, '-c', {REACH!r}], {{}})",
        f"os.environ.clear(); os.execv(sys.executable, [sys.executable, '-c', {REACH!r}])",
        f"os.environ.clear(); os.spawnv(os.P_WAIT, sys.executable, [sys.executable, '-c', {REACH!r}])",
        f"os.waitpid(os.posix_spawn(sys.executable, [sys.executable, '-c', {REACH!r}], {{}}), 0)",
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="these ways to start a program")
def test_a_program_that_clears_the_environment_keeps_its_children_guarded(start: str, tmp_path: Path) -> None:
    assert [escape.host for escape in run(start, tmp_path).escapes] == ["elsewhere.invalid"]
