from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from migrate_cli.files.write import ChangedMeanwhile, NotWritable, replace_bytes, write_bytes


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "code.py"
    path.write_bytes(b"old\r\n")
    return path


def _names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir())


def test_the_content_is_replaced_and_the_mode_kept(target: Path) -> None:
    target.chmod(0o751)
    replace_bytes(target, b"old\r\n", b"new")
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o751
    assert _names(target) == ["code.py"]


def test_the_same_bytes_are_not_written(target: Path) -> None:
    before = target.stat()
    replace_bytes(target, b"old\r\n", b"old\r\n")
    assert target.stat() == before


def test_a_link_stays_a_link(target: Path) -> None:
    link = target.with_name("link.py")
    link.symlink_to("code.py")
    replace_bytes(link, b"old\r\n", b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_changed_file_is_left_alone(target: Path) -> None:
    with pytest.raises(ChangedMeanwhile):
        replace_bytes(target, b"other", b"new")
    assert target.read_bytes() == b"old\r\n"


def test_a_file_that_is_gone_is_not_made_again(target: Path) -> None:
    target.unlink()
    with pytest.raises(ChangedMeanwhile):
        replace_bytes(target, b"old\r\n", b"new")
    assert _names(target) == []


def test_a_change_during_the_write_is_kept(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def meanwhile(handle: int) -> None:
        target.write_bytes(b"by another program")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(ChangedMeanwhile):
        replace_bytes(target, b"old\r\n", b"new")
    assert target.read_bytes() == b"by another program"
    assert _names(target) == ["code.py"]


def test_a_read_only_file_is_left_alone(target: Path) -> None:
    target.chmod(0o444)
    with pytest.raises(NotWritable, match="read-only file"):
        replace_bytes(target, b"old\r\n", b"new")
    assert target.read_bytes() == b"old\r\n"


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotWritable, match="is a directory"):
        replace_bytes(tmp_path, b"", b"new")


def test_a_pipe_is_refused_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotWritable, match="not a regular file"):
        replace_bytes(tmp_path / "pipe", b"", b"new")


FAILURES = [
    ("open", PermissionError(errno.EACCES, "Permission denied"), "Permission denied"),
    ("write", OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
    ("fsync", OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ("replace", PermissionError(errno.EPERM, "Operation not permitted"), "Operation not permitted"),
]


def _failing(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> None:
    """Let one system call fail; opening for reading still works."""
    genuine = getattr(os, name)

    def fail(*arguments: object, **keywords: object) -> object:
        if name == "open" and arguments[1] & os.O_CREAT == 0:  # type: ignore[operator]
            return genuine(*arguments, **keywords)
        raise error

    monkeypatch.setattr(os, name, fail)


@pytest.mark.parametrize(("call", "error", "reason"), FAILURES)
def test_a_failing_system_leaves_the_file_and_nothing_else(
    target: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: OSError, reason: str
) -> None:
    _failing(monkeypatch, call, error)
    with pytest.raises(NotWritable) as refusal:
        replace_bytes(target, b"old\r\n", b"new")
    monkeypatch.undo()
    assert refusal.value.reason == reason
    assert target.read_bytes() == b"old\r\n"
    assert _names(target) == ["code.py"]


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_an_interrupt_leaves_the_file_and_nothing_else(
    target: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    _failing(monkeypatch, call, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        replace_bytes(target, b"old\r\n", b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old\r\n"
    assert _names(target) == ["code.py"]


def test_short_writes_go_on(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:3]))
    replace_bytes(target, b"old\r\n", b"0123456789")
    assert target.read_bytes() == b"0123456789"


def test_our_own_files_are_private(tmp_path: Path) -> None:
    write_bytes(tmp_path / "pad", b"1")
    write_bytes(tmp_path / "pad", b"2")
    assert (tmp_path / "pad").read_bytes() == b"2"
    assert stat.S_IMODE((tmp_path / "pad").stat().st_mode) == 0o600
