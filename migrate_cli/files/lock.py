"""One writer at a time: two rewrites of one project at once would leave some files to each."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from migrate_cli.model import UserError

_BUSY = frozenset({errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})


def take(place: Path) -> int:
    """Lock the journal directory `place` for this process and return the handle to `release`.

    The system lets go by itself when the process ends. A file system without locks is taken as it is. Raises
    UserError when another process holds the lock, OSError when the directory cannot be written.
    """
    handle = os.open(place / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _lock(handle)
    except OSError as error:
        if error.errno in _BUSY:
            os.close(handle)
            raise UserError(
                f"another `migrate` is writing in {place.parent.parent}: run again when it is done"
            ) from None
    return handle


def release(handle: int) -> None:
    """Let the next one in."""
    os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
