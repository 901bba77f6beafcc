"""Keeping a backup with a key in it unreadable: half lies in the project, half in the user's own directory.

A one-time pad needs no cryptography library and no password: either half alone is noise.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from migrate_cli.files.prefilter import read_bytes
from migrate_cli.files.write import write_bytes


def lock(data: bytes) -> tuple[bytes, bytes]:
    """`data` under a fresh random pad of its length: (locked, pad)."""
    pad = os.urandom(len(data))
    return unlock(data, pad), pad


def unlock(locked: bytes, pad: bytes) -> bytes:
    """Undo `lock`. Raises ValueError when the lengths differ."""
    if len(locked) != len(pad):
        raise ValueError("pad and data differ in length")
    mixed = int.from_bytes(locked, "big") ^ int.from_bytes(pad, "big")
    return mixed.to_bytes(len(locked), "big")


def state_directory() -> Path:
    """Where this user's programs keep their state, for `migrate`."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_STATE_HOME", "")
        if not os.path.isabs(base):  # the XDG rules: relative paths are to be ignored  # noqa: PTH117
            base = str(Path.home() / ".local" / "state")
    return Path(base) / "migrate"


def save(run: str, name: str, pad: bytes) -> None:
    """Store a pad, readable by this user only. Raises NotWritable or OSError."""
    directory = state_directory() / "pads" / run
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_bytes(directory / name, pad)


def remove(run: str, name: str) -> None:
    """Delete a pad, and the run's directory with the last one. Raises OSError for what was not there."""
    directory = state_directory() / "pads" / run
    (directory / name).unlink()
    directory.rmdir()


def load(run: str, name: str) -> bytes:
    """The pad of a saved file. Raises OSError."""
    return read_bytes(state_directory() / "pads" / run / name)
