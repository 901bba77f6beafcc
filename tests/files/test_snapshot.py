from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from migrate_cli.files.snapshot import earlier
from migrate_cli.model import UserError


def commit(root: Path, *words: str) -> None:
    """Run git in `root` without the developer's settings."""
    settings = ["-c", "user.email=a@example.com", "-c", "user.name=a", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *settings, *words], cwd=root, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose `inside/app.py` has changed since it was committed."""
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "app.py").write_text("old", encoding="utf-8")
    commit(tmp_path, "init", "-q")
    commit(tmp_path, "add", "-A")
    commit(tmp_path, "commit", "-qm", "one")
    (tmp_path / "inside" / "app.py").write_text("new", encoding="utf-8")
    return tmp_path


def test_a_revision_is_copied_and_the_work_tree_left_alone(repository: Path) -> None:
    with earlier(repository / "inside", "HEAD") as place:
        assert (place / "app.py").read_text(encoding="utf-8") == "old"
    assert not place.exists()
    assert (repository / "inside" / "app.py").read_text(encoding="utf-8") == "new"


def test_a_directory_is_itself(tmp_path: Path) -> None:
    with earlier(Path(), str(tmp_path)) as place:
        assert place == tmp_path
    assert tmp_path.is_dir()


@pytest.mark.parametrize("before", ["no-such-revision", "--output=x", ""])
def test_what_is_neither_is_refused(before: str, repository: Path) -> None:
    with (
        pytest.raises(UserError, match="--compare wants a directory or a git revision"),
        earlier(repository, before),
    ):
        pass
    assert not (repository / "x").exists()


def test_a_directory_that_is_new_is_refused(repository: Path) -> None:
    (repository / "later").mkdir()
    with pytest.raises(UserError, match="is not in revision HEAD"), earlier(repository / "later", "HEAD"):
        pass
