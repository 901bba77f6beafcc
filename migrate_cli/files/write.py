"""Replacing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from migrate_cli.files.prefilter import read_bytes


class ChangedMeanwhile(Exception):
    """The file no longer holds the bytes it was read with; it was left alone."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"changed meanwhile: {path}")
        self.reason = "changed meanwhile"


class NotWritable(Exception):
    """The file could not be replaced and is as it was."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def replace_bytes(path: Path, expected: bytes, new: bytes) -> None:
    """Atomically replace the content of `path`, or of the file it links to, keeping mode and owner.

    Raises ChangedMeanwhile unless the file holds exactly `expected`, NotWritable when it is no regular file,
    is read-only, or the system refuses. After any error, an interrupt included, the file is as it was and no
    temporary file is left.
    """
    target = Path(os.path.realpath(path))
    state = _present(target, path, expected)
    if new != expected:
        _swap(target, new, state, path)


def write_bytes(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Atomically create or overwrite one of our own files. Raises NotWritable."""
    _swap(path, data, None, path, mode)


def create_bytes(path: Path, data: bytes) -> None:
    """Atomically create a file of the project. Raises ChangedMeanwhile when it is there already, NotWritable."""
    if path.exists() or path.is_symlink():
        raise ChangedMeanwhile(path)
    _swap(path, data, None, path, 0o644)


def remove_file(path: Path, expected: bytes) -> None:
    """Remove a file that holds exactly `expected`; one that is gone is fine.

    Raises ChangedMeanwhile when it holds something else, NotWritable when the system refuses.
    """
    try:
        if read_bytes(path) != expected:
            raise ChangedMeanwhile(path)
        path.unlink()
    except FileNotFoundError:
        return
    except OSError as error:
        raise NotWritable(_words(error)) from error
    sync_directory(path.parent)


def _present(target: Path, path: Path, expected: bytes) -> os.stat_result:
    """The state of a file that holds `expected` and may be written."""
    try:
        state = target.lstat()
        if not stat.S_ISREG(state.st_mode):
            raise NotWritable("is a directory" if stat.S_ISDIR(state.st_mode) else "not a regular file")
        held = read_bytes(target)
    except FileNotFoundError:
        raise ChangedMeanwhile(path) from None
    except OSError as error:
        raise NotWritable(_words(error)) from error
    if held != expected:
        raise ChangedMeanwhile(path)
    if not _may_write(target, state):
        raise NotWritable("read-only file")
    return state


def writable(path: Path) -> bool:
    """Whether an existing file may be replaced, as far as its mode and owner tell."""
    target = Path(os.path.realpath(path))
    return _may_write(target, target.stat())


def _may_write(target: Path, state: os.stat_result) -> bool:
    # The mode too: whoever may write anywhere still should not change what was marked read-only.
    return bool(state.st_mode & 0o222) and os.access(target, os.W_OK)


def _swap(target: Path, data: bytes, state: os.stat_result | None, path: Path, mode: int = 0o600) -> None:
    """Write a neighbour and rename it over `target`, unless that differs from `state` by then."""
    temporary = target.with_name(f".migrate-{os.urandom(8).hex()}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            _fill(handle, data)
        finally:
            os.close(handle)
        if state is not None:
            _dress(temporary, state)
            if _mark(target.lstat()) != _mark(state):
                raise ChangedMeanwhile(path)
        else:
            temporary.chmod(mode)
        os.replace(temporary, target)  # noqa: PTH105  (the name that tests make fail)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise NotWritable(_words(error)) from error
        raise
    sync_directory(target.parent)


def _fill(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
    os.fsync(handle)


def _dress(temporary: Path, state: os.stat_result) -> None:
    """Give the new file the owner and mode of the old one; in that order, since chown clears mode bits."""
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(temporary, state.st_uid, state.st_gid)
    temporary.chmod(stat.S_IMODE(state.st_mode))


def _mark(state: os.stat_result) -> tuple[int, int, int]:
    return state.st_ino, state.st_size, state.st_mtime_ns


def sync_directory(directory: Path) -> None:
    """Make a rename or creation in `directory` durable, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _words(error: OSError) -> str:
    return error.strerror or type(error).__name__
