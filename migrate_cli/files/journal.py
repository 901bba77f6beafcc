"""The undo journal: what every file of a rewrite held before.

One directory per run under `.migrate/journal/` of the project. `journal.jsonl` has a header line and one
line per file, each made durable before that file is replaced: a run that was interrupted can be undone all
the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from migrate_cli.files import lock, pads
from migrate_cli.files.prefilter import read_bytes
from migrate_cli.files.write import (
    ChangedMeanwhile,
    NotWritable,
    remove_file,
    replace_bytes,
    sync_directory,
    write_bytes,
)
from migrate_cli.model import UserError

if TYPE_CHECKING:
    from datetime import datetime

_VERSION = 1
_LINES = "journal.jsonl"
_UNDONE = "undone"
_ABSENT = "absent"  # in place of the digest of a file that did not exist
_STAMP = "%Y%m%dT%H%M%S.%fZ"


class UndoStatus(str, Enum):
    """What became of one file in an undo."""

    RESTORED = "restored"
    ALREADY = "already as before"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class UndoResult:
    """One file of an undone run; `reason` says why it was refused."""

    path: str
    status: UndoStatus
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Record:
    path: str
    before: str  # sha256, or _ABSENT
    after: str  # sha256
    saved: str
    locked: bool


@dataclass(slots=True)
class Journal:
    """The journal of one run while it writes; `count` is the number of files recorded so far.

    `number` names the next saved copy, `end` is where the last record starts, in bytes. `lock` keeps a second
    writer out until `finish`.
    """

    root: Path
    run: str
    lock: int
    count: int = 0
    number: int = 0
    end: int = 0

    @staticmethod
    def begin(root: Path, provider: str) -> Journal:
        """Open a journal for a run that moves `root` to `provider`.

        Raises UserError when the project's directory cannot be written, or somebody else is writing.
        """
        place = _place(root)
        run, held = "", None
        try:
            place.mkdir(parents=True, exist_ok=True)
            if not (place / ".gitignore").exists():
                write_bytes(place / ".gitignore", b"*\n", mode=0o644)
            held = lock.take(place)
            run = _new_run(place)
            header = {"version": _VERSION, "run": run, "provider": provider}
            _append(place / run / _LINES, header)
            sync_directory(place)
        except (OSError, NotWritable) as error:
            _remove(place, run)
            if held is not None:
                lock.release(held)
            raise UserError(
                f"cannot keep an undo journal in {place}: {_words(error)}; nothing was changed"
            ) from error
        return Journal(root, run, held)

    def record(self, path: str, before: bytes | None, after: bytes, *, secrets: bool) -> None:
        """Save what `path` (POSIX, relative to the root) holds before it is replaced by `after`, None for a new file.

        Call it before replacing the file. `secrets` says that `before` holds a literal key: the copy is then
        locked with a pad kept in the user's state directory. Raises UserError when the copy cannot be stored.
        """
        directory = _place(self.root) / self.run
        self.number += 1
        saved = f"{self.number:05}.saved"
        stored = before or b""
        try:
            self.end = (directory / _LINES).stat().st_size
            if secrets:
                stored, pad = pads.lock(stored)
                pads.save(self.run, saved, pad)
            write_bytes(directory / saved, stored)
            held = _ABSENT if before is None else _digest(before)
            line = _Record(path, held, _digest(after), saved, secrets)
            _append(directory / _LINES, {name: getattr(line, name) for name in _Record.__slots__})
        except (OSError, NotWritable) as error:
            self._drop()
            raise UserError(f"cannot save {path} for undo: {_words(error)}") from error
        self.count += 1

    def retract(self) -> None:
        """Take the last record back, because its file was not replaced after all. Once per `record`."""
        self._drop()
        self.count -= 1

    def withdraw(self) -> None:
        """Say that every file is as it was before the run, so that `undo` looks for an earlier one."""
        if self.count:
            with contextlib.suppress(NotWritable):  # a run too many to undo does no harm
                write_bytes(_place(self.root) / self.run / _UNDONE, b"")

    def discard(self) -> None:
        """Forget the whole run, because every file is as it was before it."""
        directory = _place(self.root) / self.run
        with contextlib.suppress(OSError):
            (directory / _LINES).unlink()  # first: without it the copies mean nothing
        for number in range(1, self.number + 1):
            saved = f"{number:05}.saved"
            with contextlib.suppress(OSError):
                (directory / saved).unlink()
            with contextlib.suppress(OSError):
                pads.remove(self.run, saved)
        self.count = 0

    def finish(self) -> None:
        """Close the run: one that recorded nothing leaves nothing behind."""
        if not self.count:
            _remove(_place(self.root), self.run)
        lock.release(self.lock)

    def _drop(self) -> None:
        """Cut the journal where the last record starts, and remove the copy that belongs to it."""
        directory = _place(self.root) / self.run
        saved = f"{self.number:05}.saved"
        with contextlib.suppress(OSError):
            os.truncate(directory / _LINES, self.end)
        with contextlib.suppress(OSError):
            (directory / saved).unlink()
        with contextlib.suppress(OSError):
            pads.remove(self.run, saved)


def undo(root: Path, run: str | None = None) -> tuple[UndoResult, ...]:
    """Restore the files of a run, by default the last one not undone yet, finished or not.

    A file is restored only if it still holds exactly what the run wrote; else it is left alone and refused.
    The run counts as undone once no file is refused, and can be named again after that. Raises UserError when
    there is nothing to undo, the run is unknown, its journal is damaged, or somebody else is writing.
    """
    chosen = _named(root, run) if run is not None else _last(root)
    try:
        held = lock.take(_place(root))
    except OSError as error:
        raise UserError(f"cannot write in {_place(root)}: {_words(error)}; nothing was changed") from error
    try:
        return _undone(root, chosen)
    finally:
        lock.release(held)


def _undone(root: Path, chosen: str) -> tuple[UndoResult, ...]:
    """Restore the files of a known run, and mark it."""
    results: dict[str, UndoResult] = {}
    for record in reversed(_records(root, chosen)):
        results[record.path] = _restore(root, chosen, record)
    ordered = tuple(results[path] for path in sorted(results))
    if all(result.status is not UndoStatus.REFUSED for result in ordered):
        try:
            write_bytes(_place(root) / chosen / _UNDONE, b"")
        except NotWritable as error:
            raise UserError(
                f"restored, but run {chosen} could not be marked undone: {error.reason}"
            ) from error
    return ordered


def _last(root: Path) -> str:
    for run in reversed(_all_runs(_place(root))):
        if not (_place(root) / run / _UNDONE).exists() and _records(root, run):
            return run
    raise UserError(f"nothing to undo in {root}")


def _named(root: Path, run: str) -> str:
    known = _all_runs(_place(root))
    if run in known and _records(root, run):
        return run
    listed = f"known runs: {', '.join(known)}" if known else "there is nothing to undo"
    raise UserError(f"no rewrite called {run} in {root}; {listed}")


def _restore(root: Path, run: str, record: _Record) -> UndoResult:
    """Put one file back, if it is still what the run made of it."""

    def refused(reason: str) -> UndoResult:
        return UndoResult(record.path, UndoStatus.REFUSED, reason)

    target = root / record.path
    try:
        if not target.resolve().is_relative_to(root.resolve()):
            return refused("now leads outside the project")
        present = read_bytes(target)
    except FileNotFoundError:
        gone = record.before == _ABSENT
        return UndoResult(record.path, UndoStatus.ALREADY) if gone else refused("deleted since the rewrite")
    except OSError as error:
        return refused(f"unreadable: {_words(error)}")
    held = _digest(present)
    if held == record.before:
        return UndoResult(record.path, UndoStatus.ALREADY)
    if held != record.after:
        return refused("changed since the rewrite")
    try:
        if record.before == _ABSENT:
            remove_file(target, present)
            return UndoResult(record.path, UndoStatus.RESTORED)
        before = read_bytes(_place(root) / run / record.saved)
        if record.locked:
            before = pads.unlock(before, pads.load(run, record.saved))
    except FileNotFoundError:
        return refused("its saved copy, or the pad that unlocks it, is missing")
    except (ChangedMeanwhile, NotWritable) as error:
        return refused(error.reason)
    except (OSError, ValueError) as error:
        return refused(f"its saved copy is unreadable: {_words(error)}")
    if _digest(before) != record.before:
        return refused("its saved copy is damaged")
    try:
        replace_bytes(target, present, before)
    except (ChangedMeanwhile, NotWritable) as error:
        return refused(error.reason)
    return UndoResult(record.path, UndoStatus.RESTORED)


def _records(root: Path, run: str) -> tuple[_Record, ...]:
    """The files of a run. A torn last line is an interrupted `record`: its file had not been replaced yet."""
    directory = _place(root) / run
    try:
        lines = read_bytes(directory / _LINES).split(b"\n")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise UserError(f"cannot read the undo journal {directory}: {_words(error)}") from error
    whole = lines[:-1]  # what follows the last newline is empty, or torn
    if not whole:
        return ()
    try:
        header, *rest = (json.loads(line) for line in whole)
        if header["version"] != _VERSION:
            raise UserError(f"the undo journal {directory} was written by another version of migrate")
        return tuple(_checked(entry) for entry in rest)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise UserError(
            f"the undo journal {directory / _LINES} is damaged; nothing was changed, and the saved copies "
            "lie beside it"
        ) from None


def _checked(entry: dict[str, Any]) -> _Record:
    """A record from its line; a path that leaves the project is damage, or an attack by the repository."""
    record = _Record(**entry)
    parts = PurePosixPath(record.path).parts
    texts = (record.path, record.before, record.after, record.saved)
    if not all(isinstance(text, str) for text in texts) or not isinstance(record.locked, bool):
        raise ValueError("wrong type")
    if (
        not parts
        or ".." in parts
        or Path(record.path).is_absolute()
        or Path(record.saved).name != record.saved
    ):
        raise ValueError("path outside the project")
    return record


def _remove(place: Path, run: str) -> None:
    """Take away a run without records, and the journal's own directories if that leaves them empty."""
    with contextlib.suppress(OSError):
        if run:
            (place / run / _LINES).unlink(missing_ok=True)
            (place / run).rmdir()
        place.rmdir()
        place.parent.rmdir()


def _append(path: Path, entry: dict[str, Any]) -> None:
    """Add one line and wait until it is on the disk."""
    with path.open("ab") as stream:
        stream.write(json.dumps(entry).encode("ascii") + b"\n")
        stream.flush()
        os.fsync(stream.fileno())


def _new_run(place: Path) -> str:
    """Make the directory of a run whose name sorts after every earlier one, whatever the clock says."""
    from datetime import datetime, timedelta, timezone

    now = datetime.now(timezone.utc)
    earlier = [when for run in _all_runs(place) if (when := _when(run)) is not None]
    if earlier and earlier[-1] >= now:
        now = earlier[-1] + timedelta(microseconds=1)
    run = f"{now.strftime(_STAMP)}-{os.urandom(2).hex()}"
    (place / run).mkdir(mode=0o700)
    return run


def _when(run: str) -> datetime | None:
    from datetime import datetime, timezone

    try:
        return datetime.strptime(run.rpartition("-")[0], _STAMP).replace(tzinfo=timezone.utc)
    except ValueError:
        return None


def _all_runs(place: Path) -> list[str]:
    if not place.is_dir():
        return []
    return sorted(entry.name for entry in place.iterdir() if entry.is_dir() and _when(entry.name) is not None)


def _place(root: Path) -> Path:
    return root / ".migrate" / "journal"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _words(error: Exception) -> str:
    if isinstance(error, NotWritable):
        return error.reason
    return getattr(error, "strerror", None) or type(error).__name__
