"""One file of a plan: its new text and bytes, or why it stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from migrate_cli.files.document import Document, open_document
from migrate_cli.files.prefilter import read_bytes
from migrate_cli.files.text import Unreadable
from migrate_cli.files.write import writable
from migrate_cli.model import CreateFile, FileResult, Operation, Status

PYTHON = (".py", ".pyi", ".pyw", ".ipynb")


@dataclass(frozen=True, slots=True)
class Change:
    """One file ready to be written. `before` is None when it does not exist yet.

    `faulty` says that the edits, not the file, are why it stays.
    """

    result: FileResult
    before: bytes | None
    after: bytes
    faulty: bool = False

    @property
    def path(self) -> str:
        """The file, relative to the project."""
        return self.result.path

    @property
    def stays(self) -> bool:
        """Whether the file could not be changed as asked."""
        return self.result.status in (Status.REFUSED, Status.FAILED)


def prepare(
    root: Path, path: str, operations: Sequence[Operation], digest: str | None, dirty: bool
) -> Change:
    """Make the edits of one file in memory. `digest` is what it held when it was scanned."""
    made = [o for o in operations if isinstance(o, CreateFile)]
    try:
        before = read_bytes(root / path)
    except FileNotFoundError:
        if made:
            return _created(path, made[0], None)
        return left(path, Status.FAILED, "", "could not be read: No such file or directory")
    except OSError as error:
        return left(path, Status.FAILED, "", f"could not be read: {error.strerror or error}")
    if made:
        return _created(path, made[0], before)
    try:
        document = open_document(path, before)
    except Unreadable as error:
        return left(path, Status.REFUSED, "", error.reason, before)
    if dirty:
        reason = "has uncommitted changes; commit them or use --allow-dirty"
        return left(path, Status.REFUSED, document.text, reason, before)
    if not writable(root / path):
        return left(path, Status.FAILED, document.text, "read-only file", before)
    if hashlib.sha256(before).hexdigest() != digest:
        return left(path, Status.REFUSED, document.text, "changed since it was scanned; run again", before)
    return _transformed(path, document, before, operations)


def left(
    path: str, status: Status, text: str, reason: str, data: bytes = b"", faulty: bool = False
) -> Change:
    """A file that stays as it is, and why."""
    return Change(FileResult(path, status, text, text, reason), data, data, faulty)


def _created(path: str, operation: CreateFile, before: bytes | None) -> Change:
    """A file of our own; somebody else's of that name is left alone."""
    after = operation.text.encode("utf-8")
    if before is None:
        return Change(FileResult(path, Status.CHANGED, "", operation.text), None, after)
    old = before.decode("utf-8", "replace")
    if operation.mark not in old:
        return left(path, Status.REFUSED, old, "is there already and was not written by migrate", before)
    status = Status.UNCHANGED if after == before else Status.CHANGED
    return Change(FileResult(path, status, old, operation.text), before, after)


def _transformed(path: str, document: Document, before: bytes, operations: Sequence[Operation]) -> Change:
    """The edited file, if the result passes the self-check."""
    from migrate_cli.rewrite.errors import RewriteError

    try:
        text, reason = _edited(path, document.text, operations)
        after = before if reason else document.restore(text)
    except (RewriteError, Unreadable) as error:
        reason, after, text = str(error), before, document.text
    except RecursionError:
        reason, after, text = "nested too deeply to be edited", before, document.text
    if reason is not None:
        return left(path, Status.FAILED, document.text, reason, before, faulty=True)
    status = Status.UNCHANGED if after == before else Status.CHANGED
    return Change(FileResult(path, status, document.text, text), before, after)


def _edited(path: str, text: str, operations: Sequence[Operation]) -> tuple[str, str | None]:
    """The new text of a file, and what is wrong with it."""
    if path.endswith(PYTHON):
        from migrate_cli.rewrite.plain import rewrite_comments
        from migrate_cli.rewrite.selfcheck import self_check
        from migrate_cli.rewrite.transform import rewrite

        after = rewrite(*rewrite_comments(path, text, operations))
        return after, self_check(text, after)
    from migrate_cli.rewrite.plain import check_text, rewrite_text

    after = rewrite_text(path, text, operations)
    return after, check_text(path, text, after, operations)
