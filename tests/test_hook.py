"""The pre-commit hooks: what they load, what they hand over, and the real pre-commit running them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import migrate_cli.__main__ as entry
from migrate_cli.hook import main

CLEAN = "import json\n\nprint(json.dumps({}))\n"
CALL = "client.chat.completions.create(model=MODEL, messages=[])\n"
USES = f"from openai import OpenAI\n\nMODEL = 'gpt-4o'\nclient = OpenAI()\n{CALL}"
LOOK_ALIKE = f"from groq import Groq\n\nMODEL = 'llama'\nclient = Groq()\n{CALL}"
REPOSITORY = Path(__file__).resolve().parent.parent
SHIPPED = ("migrate_cli", ".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """The command lines that reach the full tool."""
    calls: list[Sequence[str]] = []

    def record(arguments: Sequence[str]) -> int:
        calls.append(arguments)
        return 1

    monkeypatch.setattr(entry, "main", record)
    return calls


def test_a_file_without_openai_stops_here(tmp_path: Path, handed_over: list[Sequence[str]]) -> None:
    (tmp_path / "clean.py").write_text(CLEAN)
    assert main(["scan", str(tmp_path / "clean.py")]) == 0
    assert handed_over == []


def test_a_file_with_openai_is_handed_over(tmp_path: Path, handed_over: list[Sequence[str]]) -> None:
    (tmp_path / "uses.py").write_text(USES)
    assert main(["scan", "--to", "ernie", str(tmp_path / "uses.py")]) == 1
    assert handed_over == [["scan", "--quiet", "--to", "ernie", str(tmp_path / "uses.py")]]


def test_the_name_of_a_provider_is_not_a_file(
    tmp_path: Path, handed_over: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["scan", "--to", "openai"]) == 0
    assert handed_over == []


def test_what_cannot_be_read_is_left_to_the_tool_to_explain(
    tmp_path: Path, handed_over: list[Sequence[str]]
) -> None:
    assert main(["scan", str(tmp_path)]) == 1
    assert len(handed_over) == 1


def test_without_files_there_is_nothing_to_do(handed_over: list[Sequence[str]]) -> None:
    assert main(["scan"]) == 0
    assert handed_over == []


def test_a_clean_file_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "clean.py").write_text(CLEAN)
    names = ("typer", "rich", "libcst", "yaml", "httpx", "ast", "re", "dataclasses", "migrate_cli.model")
    probe = (
        "import sys; bare = set(sys.modules)\n"
        "from migrate_cli.hook import main\n"
        f"code = main(['scan', {str(tmp_path / 'clean.py')!r}])\n"
        f"print(code, [name for name in {names!r} if name in sys.modules and name not in bare])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout == "0 []\n"


def test_the_checked_project_is_not_on_the_import_path(tmp_path: Path) -> None:
    """`python -m` alone would let a `rich/` or `yaml.py` of the checked project shadow ours, and run it."""
    import yaml

    hooks = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    entries = [hook["entry"].split() for hook in hooks]
    assert [words[:4] for words in entries] == [["python", "-I", "-m", "migrate_cli.hook"]] * 2
    probe = [sys.executable, "-I", "-c", "import sys; print(sys.path)"]
    done = subprocess.run(probe, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert str(tmp_path) not in done.stdout
    assert "''" not in done.stdout


def git(where: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=where, check=True, capture_output=True)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A committed copy of what a user's pre-commit would clone."""
    place = tmp_path_factory.mktemp("published")
    for name in SHIPPED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, place / name)
    git(place, "init", "--quiet")
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "--message", "release")
    git(place, "tag", "v1")
    return place


@pytest.fixture
def project(tmp_path: Path, published: Path) -> Path:
    """A user's repository with both hooks set up."""
    (tmp_path / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {published.as_uri()}\n  rev: v1\n  hooks:\n  - id: migrate-scan\n"
        "  - id: migrate-rewrite\n    args: [--to, ernie]\n    stages: [manual]\n"
    )
    git(tmp_path, "init", "--quiet")
    return tmp_path


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """pre-commit's own cache, shared by the tests so that the hook is installed once."""
    return {**os.environ, "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit"))}


def hook(project: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    git(project, "add", "--all")
    command = [sys.executable, "-m", "pre_commit", "run", "--color=never", *arguments]
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.slow
def test_pre_commit_passes_a_clean_file(project: Path, environment: dict[str, str]) -> None:
    (project / "clean.py").write_text(CLEAN)
    done = hook(project, environment, "migrate-scan")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


@pytest.mark.slow
def test_pre_commit_passes_a_look_alike(project: Path, environment: dict[str, str]) -> None:
    (project / "groq_app.py").write_text(LOOK_ALIKE)
    done = hook(project, environment, "migrate-scan")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_pre_commit_fails_on_openai_with_its_line(project: Path, environment: dict[str, str]) -> None:
    (project / "uses.py").write_text(USES)
    done = hook(project, environment, "migrate-scan")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "- exit code: 1" in done.stdout
    assert "uses.py:4:" in done.stdout


@pytest.mark.slow
def test_pre_commit_rewrites_and_then_passes(project: Path, environment: dict[str, str]) -> None:
    (project / "uses.py").write_text(USES)
    (project / "clean.py").write_text(CLEAN)
    first = hook(project, environment, "migrate-rewrite", "--hook-stage", "manual")
    assert "files were modified by this hook" in first.stdout
    second = hook(project, environment, "migrate-rewrite", "--hook-stage", "manual")
    assert second.returncode == 0, second.stdout + second.stderr
    assert (project / "clean.py").read_text() == CLEAN
