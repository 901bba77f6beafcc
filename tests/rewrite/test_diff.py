"""Diffs that git takes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from migrate_cli.rewrite.diff import unified


def test_headers_and_hunk() -> None:
    assert (
        unified("pkg/app.py", "a\nb\n", "a\nc\n")
        == "--- a/pkg/app.py\n+++ b/pkg/app.py\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"
    )


def test_nothing_changed() -> None:
    assert unified("app.py", "a\r\n", "a\r\n") == ""


def test_key_is_masked() -> None:
    key = "sk-" + "a1B2c3D4e5F6g7H8i9J0"
    text = unified("app.py", f"k = '{key}'\n", "k = None\n")
    assert key not in text
    assert "-k = 'sk-" in text


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\n", "a\nc\n"),
        ("a\nb", "a\nb\n"),
        ("a\nb\n", "a\nb"),
        ("a\nb", "c\nb"),
        ("a\r\nb\r\n", "a\r\nc\r\n"),
        ("a\r\nb\nc", "a\nb\r\nd"),
        ("a\x0cb\u2028c\x85d\rb\n", "a\x0cb\u2028c\x85e\rb\n"),
        ("", "a\n"),
        ("a\n" * 300, "a\n" * 150 + "b\n" + "a\n" * 150),
    ],
)
@pytest.mark.parametrize("path", ["app.py", "with space.py", "模型.py", 'quo"te.py', "a/b.py"])
def test_git_applies_it(tmp_path: Path, path: str, before: str, after: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(before.encode())
    patch = unified(path, before, after).encode()
    command = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"]
    done = subprocess.run(command, cwd=tmp_path, input=patch, capture_output=True, check=False)
    assert done.stderr == b""
    assert file.read_bytes() == after.encode()
