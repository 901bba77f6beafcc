"""An earlier state of a project, to run a program as it was: another directory, or a revision that git keeps."""

from __future__ import annotations

import contextlib
import io
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from migrate_cli.files.git import archive, prefix, top_level
from migrate_cli.model import UserError


@contextlib.contextmanager
def earlier(directory: Path, before: str) -> Iterator[Path]:
    """What `directory` was: `before` itself when that is a directory, else a copy of that git revision.

    The copy holds what git tracks, is removed at the end, and leaves the work tree alone. Raises UserError when
    `before` is neither.
    """
    if before and Path(before).is_dir():
        yield Path(before).absolute()
        return
    top = top_level(directory)
    data = archive(top, before) if top is not None else None
    if top is None or data is None:
        raise UserError(f"--compare wants a directory or a git revision, and {before} is neither here")
    with tempfile.TemporaryDirectory(prefix="migrate-before-") as scratch:
        home = Path(scratch).resolve()
        _unpack(data, home)
        place = home / prefix(directory)
        if not place.is_dir():
            raise UserError(f"--compare: the directory {directory} is not in revision {before}")
        yield place


def _unpack(data: bytes, home: Path) -> None:
    """Unpack what git made of its own tree; where Python can, links out of the copy are refused."""
    with tarfile.open(fileobj=io.BytesIO(data)) as archived:
        if hasattr(tarfile, "data_filter"):
            archived.extractall(home, filter="data")
        else:
            members = [m for m in archived.getmembers() if (m.isfile() or m.isdir()) and _is_inside(m.name)]
            archived.extractall(home, members)


def _is_inside(name: str) -> bool:
    return not Path(name).is_absolute() and ".." not in Path(name).parts
