from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from migrate_cli.files.discover import IGNORED, MONSTROUS, TOO_LARGE, TOO_LONG, Discovery, discover
from migrate_cli.model import Skip, UserError

Make = Callable[..., None]
Git = Callable[..., str]


def _reasons(found: Discovery) -> dict[str, str]:
    return {skip.path: skip.reason for skip in found.skips}


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"path does not exist: .*nowhere"):
        discover([tmp_path / "nowhere"])


def test_walk_takes_python_and_notebooks_only(tmp_path: Path, tree: Make) -> None:
    tree("a.py", "b.pyw", "c.ipynb", "d.pyi", "e.txt", "f.py.bak", "g/h/i.py", "README.md", ".hidden/j.py")
    found = discover([tmp_path])
    assert found.root == tmp_path.resolve()
    assert found.files == (".hidden/j.py", "a.py", "b.pyw", "c.ipynb", "g/h/i.py")
    assert found.project == found.files
    assert found.skips == ()


def test_an_empty_directory_has_no_files(tmp_path: Path) -> None:
    assert discover([tmp_path]) == Discovery(tmp_path.resolve(), (), (), ())


def test_no_path_means_the_current_directory(
    tmp_path: Path, tree: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree("a.py")
    monkeypatch.chdir(tmp_path)
    assert discover([]).files == ("a.py",)


def test_walk_leaves_other_peoples_code(tmp_path: Path, tree: Make) -> None:
    tree(
        "app.py",
        ".venv/lib/x.py",
        "named/pyvenv.cfg",
        "named/lib/x.py",
        "node_modules/gyp/x.py",
        "build/lib/x.py",
        "__pycache__/x.py",
        ".git/hooks/x.py",
        ".migrate/journal/x.py",
        ".ipynb_checkpoints/a-checkpoint.ipynb",
        "lib/openai/_client.py",
        "lib/openai/resources/__init__.py",
        "old/openai/api_resources/__init__.py",
        "old/openai/version.py",
    )
    found = discover([tmp_path])
    assert found.files == ("app.py",)
    assert _reasons(found) == {
        ".venv": "virtual environment",
        "named": "virtual environment",
        "node_modules": "installed dependencies",
        "build": "build output",
        ".ipynb_checkpoints": "notebook checkpoints",
        "lib/openai": "vendored openai SDK",
        "old/openai": "vendored openai SDK",
    }
    assert not any(skip.problem for skip in found.skips)


def test_a_package_that_is_only_called_openai_is_read(tmp_path: Path, tree: Make) -> None:
    tree("providers/openai/__init__.py", "providers/openai/client.py", "providers/openai/_client.py")
    assert len(discover([tmp_path]).files) == 3


def test_git_lists_tracked_and_new_but_not_ignored(tmp_path: Path, git: Git, tree: Make) -> None:
    tree("tracked.py", "gone.py", "build/source.py", "ü x.py")
    (tmp_path / ".gitignore").write_text("ignored*\n")
    git("add", ".")
    (tmp_path / "gone.py").unlink()
    tree("new.py", "ignored.py", "ignored/x.py")
    found = discover([tmp_path])
    assert found.files == ("build/source.py", "new.py", "tracked.py", "ü x.py")
    assert found.skips == ()


def test_git_leaves_other_peoples_code_too(tmp_path: Path, git: Git, tree: Make) -> None:
    tree("a.py", "env/pyvenv.cfg", "env/x.py", "x/site-packages/y.py", "v/openai/_client.py")
    tree("v/openai/resources/chat/x.py", "v/other.py")
    found = discover([tmp_path])
    assert found.files == ("a.py", "v/other.py")
    assert _reasons(found) == {
        "env": "virtual environment",
        "x/site-packages": "installed dependencies",
        "v/openai": "vendored openai SDK",
    }


def test_asking_for_a_part_keeps_the_project_around_it(tmp_path: Path, git: Git, tree: Make) -> None:
    tree("app/main.py", "lib/client.py", "lib/.venv/x.py", "setup.py")
    found = discover([tmp_path / "app"])
    assert found.root == tmp_path.resolve()
    assert found.files == ("app/main.py",)
    assert found.project == ("app/main.py", "lib/client.py", "setup.py")
    assert found.skips == ()


def test_a_file_named_outright_is_taken_though_ignored(tmp_path: Path, git: Git, tree: Make) -> None:
    (tmp_path / ".gitignore").write_text("gen/\n")
    tree("gen/a.py", "gen/b.py", "c.py", ".venv/d.py")
    assert discover([tmp_path / "gen/a.py", tmp_path / ".venv/d.py"]).files == (".venv/d.py", "gen/a.py")


def test_an_ignored_directory_named_outright_is_walked(tmp_path: Path, git: Git, tree: Make) -> None:
    (tmp_path / ".gitignore").write_text("gen/\n")
    tree("gen/a.py", "gen/.venv/x.py", "c.py")
    found = discover([tmp_path / "gen"])
    assert found.files == ("gen/a.py",)
    assert found.project == ("c.py", "gen/a.py")


def test_a_named_file_is_read_whatever_its_name(tmp_path: Path, tree: Make) -> None:
    tree("notes.odd")
    found = discover([tmp_path / "notes.odd"])
    assert (found.files, found.around, found.skips) == ((), ("notes.odd",), ())


def test_configuration_is_listed_apart_and_the_rest_is_not(tmp_path: Path, tree: Make) -> None:
    tree("a.py", ".env.example", "k8s/app.yaml", "Dockerfile", "README.md", "logo.png", "data.csv", "LICENSE")
    found = discover([tmp_path])
    assert (found.files, found.around) == (
        ("a.py",),
        (".env.example", "Dockerfile", "README.md", "k8s/app.yaml"),
    )


def test_a_part_that_is_asked_for_leaves_the_configuration_beside_it(
    tmp_path: Path, git: Git, tree: Make
) -> None:
    tree("app/main.py", "app/app.toml", "config.yaml")
    found = discover([tmp_path / "app"])
    assert (found.around, found.beside) == (("app/app.toml",), ("app/app.toml", "config.yaml"))


def test_lock_files_of_others_and_data_are_told(tmp_path: Path, tree: Make) -> None:
    tree("package-lock.json", "evals/samples.jsonl", "uv.lock", "dist.min.json")
    found = discover([tmp_path])
    assert found.around == ("uv.lock",)
    assert _reasons(found) == {
        "package-lock.json": "lock file of another language",
        "evals/samples.jsonl": "data, not configuration",
        "dist.min.json": "minified file",
    }


def test_a_big_json_is_data_unless_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "big.json").write_bytes(b" " * 600_000)
    assert _reasons(discover([tmp_path])) == {"big.json": TOO_LONG}
    assert discover([tmp_path / "big.json"]).around == ("big.json",)


def test_a_monstrous_file_is_not_read_even_when_it_is_named(tmp_path: Path) -> None:
    with (tmp_path / "huge.json").open("wb") as stream:
        stream.truncate(50_000_000)
    assert discover([tmp_path / "huge.json"]).skips == (Skip("huge.json", MONSTROUS),)


def test_an_ignored_env_file_is_told_and_taken_when_named(tmp_path: Path, git: Git, tree: Make) -> None:
    (tmp_path / ".gitignore").write_text(".env\n.streamlit/\n")
    tree("a.py", ".env", ".streamlit/secrets.toml", ".envoy/x.py")
    assert _reasons(discover([tmp_path])) == {".env": IGNORED, ".streamlit/secrets.toml": IGNORED}
    assert discover([tmp_path / ".env"]).around == (".env",)


def test_a_tracked_env_file_is_simply_read(tmp_path: Path, git: Git, tree: Make) -> None:
    tree(".env")
    found = discover([tmp_path])
    assert (found.around, found.skips) == ((".env",), ())


def test_a_linked_configuration_counts_once(tmp_path: Path, tree: Make) -> None:
    tree("config.yaml")
    (tmp_path / "link.yaml").symlink_to("config.yaml")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    found = discover([tmp_path])
    assert found.around == ("config.yaml",)
    assert _reasons(found) == {"loop.yaml": "symlink loop"}


def test_a_named_script_is_taken_by_its_first_line(tmp_path: Path) -> None:
    (tmp_path / "tool").write_bytes(b"#!/usr/bin/env python3\nx = 1\n")
    (tmp_path / "shell").write_bytes(b"#!/bin/sh\n")
    assert discover([tmp_path / "tool", tmp_path / "shell"]).files == ("tool",)


def test_too_large_is_told_and_notebooks_may_be_larger(tmp_path: Path) -> None:
    for name, size in (("a.py", 101), ("b.py", 100), ("c.ipynb", 1000), ("d.ipynb", 1001)):
        (tmp_path / name).write_bytes(b"#" * size)
    found = discover([tmp_path], max_bytes=100)
    assert found.files == ("b.py", "c.ipynb")
    assert _reasons(found) == {"a.py": TOO_LARGE, "d.ipynb": TOO_LARGE}


@pytest.mark.parametrize("repository", [False, True])
def test_symlinks(tmp_path: Path, tree: Make, repository: bool, request: pytest.FixtureRequest) -> None:
    _ = [request.getfixturevalue(name) for name in ["git"] * repository]
    outside = tmp_path.with_name(tmp_path.name + "-outside")
    (outside / "pkg").mkdir(parents=True)
    (outside / "pkg/x.py").write_bytes(b"x = 1\n")
    tree("real.py", "sub/other.py")
    (tmp_path / "twin.py").symlink_to("real.py")
    (tmp_path / "away.py").symlink_to(outside / "pkg/x.py")
    (tmp_path / "loop.py").symlink_to("loop.py")
    (tmp_path / "dangling.py").symlink_to("nothing.py")
    (tmp_path / "sub/up").symlink_to("..")
    found = discover([tmp_path])
    assert found.files == ("real.py", "sub/other.py")
    assert _reasons(found) == {
        "away.py": "symlink outside the root",
        "loop.py": "symlink loop",
        "dangling.py": "broken symlink",
    }


def test_a_linked_directory_outside_is_told(tmp_path: Path, git: Git, tree: Make) -> None:
    outside = tmp_path.with_name(tmp_path.name + "-shared")
    outside.mkdir()
    tree("a.py")
    (tmp_path / "shared").symlink_to(outside)
    git("add", ".")
    assert _reasons(discover([tmp_path])) == {"shared": "symlink outside the root"}


def test_a_pipe_is_not_opened(tmp_path: Path, tree: Make) -> None:
    tree("a.py")
    os.mkfifo(tmp_path / "pipe.py")
    found = discover([tmp_path, tmp_path / "pipe.py"])
    assert found.files == ("a.py",)
    assert _reasons(found) == {"pipe.py": "not a regular file"}


def test_a_nested_repository_is_told_and_can_be_asked_for(tmp_path: Path, git: Git, tree: Make) -> None:
    tree("a.py", "inner/b.py")
    git("init", "-q", at=tmp_path / "inner")
    whole = discover([tmp_path])
    assert whole.files == ("a.py",)
    assert _reasons(whole) == {"inner": "nested git repository"}
    assert discover([tmp_path / "a.py", tmp_path / "inner"]).files == ("a.py", "inner/b.py")


def test_an_unreadable_directory_is_a_problem(
    tmp_path: Path, tree: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree("a.py", "locked/b.py")
    scandir = os.scandir

    def guarded(path: Path) -> object:
        refused = {"locked": PermissionError(13, "Permission denied")}.get(Path(path).name)
        return scandir(path) if refused is None else _raise(refused)

    monkeypatch.setattr(os, "scandir", guarded)
    found = discover([tmp_path])
    assert found.files == ("a.py",)
    assert found.skips == (Skip("locked", "unreadable directory: Permission denied", problem=True),)


def _raise(error: OSError) -> object:
    raise error


def test_without_git_the_work_tree_is_walked(
    tmp_path: Path, git: Git, tree: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree("a.py", "sub/b.py")
    monkeypatch.setenv("PATH", "")
    assert discover([tmp_path]).files == ("a.py", "sub/b.py")


def test_a_lone_file_brings_the_packages_it_can_import(tmp_path: Path, tree: Make) -> None:
    tree("proj/pkg/__init__.py", "proj/pkg/app.py", "proj/pkg/sub/__init__.py", "proj/pkg/sub/x.py")
    tree("proj/side.py", "proj/data/unrelated.py")
    found = discover([tmp_path / "proj/pkg/app.py"])
    assert found.root == tmp_path.resolve() / "proj"
    assert found.files == ("pkg/app.py",)
    assert found.project == (
        "pkg/__init__.py",
        "pkg/app.py",
        "pkg/sub/__init__.py",
        "pkg/sub/x.py",
        "side.py",
    )


def test_paths_given_twice_count_once(tmp_path: Path, tree: Make) -> None:
    tree("a.py", "s/b.py")
    assert discover([tmp_path, tmp_path / "a.py", tmp_path / "s", tmp_path]).files == ("a.py", "s/b.py")
