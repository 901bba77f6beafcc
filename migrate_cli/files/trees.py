"""Folders of our own that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from migrate_cli.files.write import NotWritable, sync_directory, write_bytes

_STAGED = ".new-"


def stage(parent: Path, files: Mapping[str, bytes]) -> Path:
    """Write `files` (relative path to bytes) into a new hidden folder of `parent`, which is made if need be.

    Raises NotWritable; nothing is left behind then.
    """
    folder = parent / f"{_STAGED}{os.urandom(8).hex()}"
    try:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(path, data, mode=0o644)
    except BaseException as error:
        remove(folder)
        if isinstance(error, OSError):
            raise NotWritable(error.strerror or type(error).__name__) from None
        raise
    return folder


def settle(staged: Path, final: Path) -> None:
    """Give a staged folder its name, in place of what has it already. Raises NotWritable; it stays staged then."""
    try:
        if final.exists():
            shutil.rmtree(final)
        staged.rename(final)
    except OSError as error:
        raise NotWritable(error.strerror or type(error).__name__) from None
    sync_directory(final.parent)


def make(folder: Path) -> None:
    """Make a folder and those above it. Raises NotWritable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(error.strerror or type(error).__name__) from None


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, as far as the system lets us."""
    with contextlib.suppress(OSError):
        shutil.rmtree(folder)


def keep_only(parent: Path, wanted: Collection[str]) -> None:
    """Remove the folders in `parent` that are not `wanted`, those left by an interrupted run among them."""
    for path in sorted(parent.iterdir()):
        if path.is_dir() and path.name not in wanted:
            remove(path)


def read_limited(path: Path, most: int) -> bytes | None:
    """The bytes of a file, None when there are more than `most`. Raises OSError."""
    with path.open("rb") as stream:
        data = stream.read(most + 1)
    return data if len(data) <= most else None
