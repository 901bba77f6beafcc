from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from migrate_cli.files.git import dirty_files, listing, top_level
from migrate_cli.model import UserError

Make = Callable[..., None]
Git = Callable[..., str]


def test_no_repository_is_none(tmp_path: Path) -> None:
    assert top_level(tmp_path) is None
    assert dirty_files(tmp_path, ["a.py"]) is None


def test_top_level_of_a_file_deep_inside(tmp_path: Path, git: Git, tree: Make) -> None:
    tree("a/b/c.py")
    assert top_level(tmp_path / "a/b/c.py") == tmp_path.resolve()


def test_clean_files_are_not_dirty(tmp_path: Path, git: Git, tree: Make) -> None:
    tree("a.py", "b.py", "sub/c.py")
    git("add", ".")
    git("commit", "-qm", "x")
    assert dirty_files(tmp_path, ["a.py", "b.py", "sub/c.py"]) == frozenset()


def test_every_way_to_be_dirty(tmp_path: Path, git: Git, tree: Make) -> None:
    tree("clean.py", "changed.py", "staged.py", "old name.py")
    (tmp_path / ".gitignore").write_text("ignored/\n*.gen.py\n")
    git("add", ".")
    git("commit", "-qm", "x")
    tree("new.py", "ignored/i.py", "x.gen.py", "dir/ü n.py", "added.py")
    (tmp_path / "changed.py").write_text("x = 2\n")
    (tmp_path / "staged.py").write_text("x = 2\n")
    git("add", "staged.py", "added.py")
    git("mv", "old name.py", "new name.py")
    asked = [
        "new.py",
        "ignored/i.py",
        "x.gen.py",
        "dir/ü n.py",
        "added.py",
        "changed.py",
        "staged.py",
        "new name.py",
    ]
    assert dirty_files(tmp_path, ["clean.py", *asked]) == frozenset(asked)


def test_only_what_was_asked_is_told(tmp_path: Path, git: Git, tree: Make) -> None:
    tree("a.py", "b.py")
    assert dirty_files(tmp_path, ["a.py"]) == {"a.py"}


def test_names_are_no_patterns(tmp_path: Path, git: Git, tree: Make) -> None:
    tree("[a].py", "a.py")
    git("add", "[[]a].py")
    git("commit", "-qm", "x")
    assert dirty_files(tmp_path, ["[a].py"]) == frozenset()


def test_a_root_below_the_top_level(tmp_path: Path, git: Git, tree: Make) -> None:
    tree("sub/clean.py", "clean.py")
    git("add", ".")
    git("commit", "-qm", "x")
    tree("sub/new.py")
    assert dirty_files(tmp_path / "sub", ["clean.py", "new.py"]) == {"new.py"}


def test_more_paths_than_fit_a_command_line(tmp_path: Path, git: Git, tree: Make) -> None:
    names = [f"f{number}.py" for number in range(300)]
    tree(*names)
    git("add", ".")
    git("commit", "-qm", "x")
    (tmp_path / "f7.py").write_text("x = 2\n")
    assert dirty_files(tmp_path, names) == {"f7.py"}


def test_a_clean_file_of_a_submodule_is_clean(tmp_path: Path, git: Git, tree: Make) -> None:
    tree("sub/a.py")
    git("init", "-q", at=tmp_path / "sub")
    git("add", ".", at=tmp_path / "sub")
    git("commit", "-qm", "x", at=tmp_path / "sub")
    git("-c", "advice.addEmbeddedRepo=false", "add", "sub")
    git("commit", "-qm", "x")
    assert dirty_files(tmp_path, ["sub/a.py"]) == frozenset()
    (tmp_path / "sub/a.py").write_text("x = 2\n")
    assert dirty_files(tmp_path, ["sub/a.py"]) == {"sub/a.py"}


def test_a_repository_that_git_refuses_is_not_called_clean(tmp_path: Path, git: Git) -> None:
    (tmp_path / ".git" / "config").write_text("[broken\n")
    with pytest.raises(UserError, match="cannot ask git"):
        dirty_files(tmp_path, ["a.py"])


def test_a_missing_git_is_not_called_clean(tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert top_level(tmp_path) is None
    with pytest.raises(UserError, match="git was not found"):
        dirty_files(tmp_path, ["a.py"])


def test_the_scanned_repository_starts_no_program(tmp_path: Path, git: Git, tree: Make) -> None:
    tree("a.py")
    git("config", "core.fsmonitor", "touch started; false")
    dirty_files(tmp_path, ["a.py"])
    listing(tmp_path)
    assert not (tmp_path / "started").exists()


def test_another_repository_in_the_environment_is_not_asked(
    tmp_path: Path, git: Git, tree: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree("a.py")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert top_level(tmp_path) == tmp_path.resolve()
    assert dirty_files(tmp_path, ["a.py"]) == {"a.py"}
