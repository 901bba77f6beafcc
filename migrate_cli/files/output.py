"""Files that are ours to write: reports asked for with `--output`, and the log of a crash."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from migrate_cli.files.write import NotWritable, write_bytes
from migrate_cli.model import UserError


def write_report(path: Path, text: str) -> None:
    """Write a report whole or not at all, as UTF-8; raises UserError when it cannot be written."""
    target = _real(path)
    data = text.encode("utf-8", "backslashreplace")  # names of files may hold any byte
    try:
        if target.is_dir():
            raise NotWritable("is a directory")
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a device or a pipe is written to, never replaced
        else:
            write_bytes(target, data, mode=0o666 & ~_umask())
    except (OSError, NotWritable) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(f"cannot write the report to {path}: {reason}") from None


def check_report(path: Path) -> None:
    """Raise UserError if a report clearly cannot be written to `path`: before long work, not after it."""
    target = _real(path)
    folder = target.parent
    if target.is_dir():
        problem = "is a directory"
    elif not folder.is_dir():
        problem = f"there is no directory {folder.name}"
    elif not os.access(target if target.exists() else folder, os.W_OK):
        problem = "no permission to write there"
    else:
        return
    raise UserError(f"cannot write the report to {path}: {problem}")


def append_report(path: Path, text: str) -> None:
    """Add a report, as UTF-8, at the end of a file; raises UserError when it cannot be written."""
    try:
        with path.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise UserError(f"cannot add the report to {path}: {error.strerror or error}") from None


def write_log(text: str) -> str:
    """Write `text` to a new private file in the temporary directory and return its path; raises OSError."""
    handle, path = tempfile.mkstemp(prefix="migrate-", suffix=".md")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    return path


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # RuntimeError: a symlink loop, before Python 3.13
        raise UserError(f"cannot write the report to {path}: a symlink that leads in a circle") from None


def _umask() -> int:
    """The process's umask; it can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
