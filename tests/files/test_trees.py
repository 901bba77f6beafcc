"""Folders that appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate_cli.files.trees import keep_only, read_limited, settle, stage
from migrate_cli.files.write import NotWritable


def test_a_staged_folder_gets_its_name_in_one_step(tmp_path: Path) -> None:
    staged = stage(tmp_path / "new", {"a.json": b"1", "sub/b.json": b"2"})
    settle(staged, tmp_path / "new" / "one")
    assert (tmp_path / "new" / "one" / "sub" / "b.json").read_bytes() == b"2"
    assert not staged.exists()


def test_what_had_the_name_is_replaced_whole(tmp_path: Path) -> None:
    settle(stage(tmp_path, {"a": b"1", "old": b""}), tmp_path / "one")
    settle(stage(tmp_path, {"a": b"2"}), tmp_path / "one")
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "one").iterdir()] == [("a", b"2")]


def test_a_folder_that_cannot_be_filled_is_not_left(tmp_path: Path) -> None:
    with pytest.raises(NotWritable):
        stage(tmp_path, {"a": b"1", "a/b": b"2"})
    assert list(tmp_path.iterdir()) == []


def test_only_other_folders_are_cleared_away(tmp_path: Path) -> None:
    for name in ("one", "two", ".new-3"):
        (tmp_path / name).mkdir()
    (tmp_path / "state.json").write_bytes(b"{}")
    keep_only(tmp_path, {"one"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "state.json"]


@pytest.mark.parametrize(("most", "read"), [(3, b"abc"), (4, b"abc"), (2, None)])
def test_a_file_is_read_up_to_its_limit(tmp_path: Path, most: int, read: bytes | None) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    assert read_limited(tmp_path / "file", most) == read
