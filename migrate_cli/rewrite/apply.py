"""Carries a plan out, file by file: transform, check, journal, replace. A dry run stops before the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from migrate_cli.files.document import Document, open_document
from migrate_cli.files.git import dirty_files
from migrate_cli.files.journal import Journal
from migrate_cli.files.prefilter import read_bytes
from migrate_cli.files.secrets import contains_key
from migrate_cli.files.text import Unreadable
from migrate_cli.files.write import ChangedMeanwhile, NotWritable, replace_bytes
from migrate_cli.model import (
    Decision,
    Fate,
    FileResult,
    Level,
    Operation,
    Outcome,
    Plan,
    SiteId,
    Status,
    UserError,
)


@dataclass(frozen=True, slots=True)
class _Change:
    """One file ready to be written."""

    result: FileResult
    before: bytes
    after: bytes


def apply_plan(plan: Plan, *, dry_run: bool, allow_dirty: bool) -> Outcome:
    """Write `plan`, or only compute what would be written.

    Files with uncommitted changes, files that changed since they were scanned, and files whose result does not pass
    the self-check are left exactly as they are, and their sites become work by hand. When the run is interrupted,
    what it had written is put back.
    """
    root = Path(plan.scan.root)
    dirty = frozenset[str]() if allow_dirty or dry_run else dirty_files(root, plan.operations) or frozenset()
    changes = [_prepare(root, path, plan, path in dirty) for path in plan.operations]
    run = None
    if not dry_run and any(c.result.status is Status.CHANGED for c in changes):
        run, changes = _write(root, plan, changes)
    files = tuple(c.result for c in changes)
    return Outcome(plan, _decisions(plan, files), files, run)


def _prepare(root: Path, path: str, plan: Plan, dirty: bool) -> _Change:
    """The file's new text and bytes, or the reason why it stays."""
    try:
        before = read_bytes(root / path)
    except OSError as error:
        return _left(path, Status.FAILED, "", f"could not be read: {error.strerror or error}")
    try:
        document = open_document(path, before)
    except Unreadable as error:
        return _left(path, Status.REFUSED, "", error.reason, before)
    if dirty:
        reason = "has uncommitted changes; commit them or use --allow-dirty"
        return _left(path, Status.REFUSED, document.text, reason, before)
    if hashlib.sha256(before).hexdigest() != plan.scan.digests.get(path):
        return _left(path, Status.REFUSED, document.text, "changed since it was scanned; run again", before)
    return _transformed(path, document, before, plan.operations[path])


def _transformed(path: str, document: Document, before: bytes, operations: Sequence[Operation]) -> _Change:
    """The edited file, if the result passes the self-check."""
    from migrate_cli.rewrite.errors import RewriteError
    from migrate_cli.rewrite.selfcheck import self_check
    from migrate_cli.rewrite.transform import rewrite

    try:
        text = rewrite(document.text, operations)
        reason = self_check(document.text, text)
        after = before if reason else document.restore(text)
    except (RewriteError, Unreadable) as error:
        reason, after, text = str(error), before, document.text
    except RecursionError:
        reason, after, text = "nested too deeply to be edited", before, document.text
    if reason is not None:
        return _left(path, Status.FAILED, document.text, reason, before)
    status = Status.UNCHANGED if after == before else Status.CHANGED
    return _Change(FileResult(path, status, document.text, text), before, after)


def _left(path: str, status: Status, text: str, reason: str, data: bytes = b"") -> _Change:
    return _Change(FileResult(path, status, text, text, reason), data, data)


def _write(root: Path, plan: Plan, changes: Sequence[_Change]) -> tuple[str | None, list[_Change]]:
    """Journal and replace each changed file; put everything back when interrupted or out of means to undo it."""
    journal = Journal.begin(root, plan.provider)
    results: list[_Change] = []
    written: list[_Change] = []
    try:
        for change in changes:
            if change.result.status is not Status.CHANGED:
                results.append(change)
                continue
            path = change.result.path
            journal.record(path, change.before, change.after, secrets=_has_secrets(change))
            written.append(change)
            results.append(_replaced(root, change))
            if results[-1] is not change:
                written.pop()
                journal.retract()
    except BaseException as error:
        stuck = sum(not _put_back(root, change) for change in written)
        if not stuck:
            journal.withdraw()
        if isinstance(error, UserError):
            raise UserError(f"{error}; {_aftermath(stuck)}") from error
        raise
    finally:
        journal.finish()
    return journal.run if any(c.result.status is Status.CHANGED for c in results) else None, results


def _has_secrets(change: _Change) -> bool:
    return contains_key(change.result.before) or contains_key(change.before.decode("utf-8", "replace"))


def _replaced(root: Path, change: _Change) -> _Change:
    """The file written, or left with the reason."""
    try:
        replace_bytes(root / change.result.path, change.before, change.after)
    except (ChangedMeanwhile, NotWritable) as error:
        return _left(change.result.path, Status.FAILED, change.result.before, error.reason, change.before)
    return change


def _put_back(root: Path, change: _Change) -> bool:
    """Whether the file is as it was before the run; if not, the journal still has it for `migrate undo`."""
    path = root / change.result.path
    try:
        if read_bytes(path) != change.before:
            replace_bytes(path, change.after, change.before)
    except (ChangedMeanwhile, NotWritable, OSError):
        return False
    return True


def _aftermath(stuck: int) -> str:
    if not stuck:
        return "every file is as it was"
    return f"{stuck} changed already and could not be put back: `migrate undo` does when the cause is gone"


def _decisions(plan: Plan, files: Sequence[FileResult]) -> tuple[Decision, ...]:
    """Decisions with the sites of files that stayed turned into work by hand."""
    stuck = {f.path: f for f in files if f.status in (Status.REFUSED, Status.FAILED)}
    if not stuck:
        return plan.decisions
    clients = {d.site.id: stuck[path] for d in plan.decisions if (path := _stuck_path(d, stuck)) is not None}
    return tuple(_after(d, stuck, clients) for d in plan.decisions)


def _stuck_path(decision: Decision, stuck: Mapping[str, FileResult]) -> str | None:
    """A file that this decision wanted to edit and that stayed."""
    edits = (e for f in decision.findings if f.level is Level.EDIT for e in f.edits)
    return next((e.path for e in edits if e.path in stuck), None)


def _after(
    decision: Decision, stuck: Mapping[str, FileResult], clients: Mapping[SiteId, FileResult]
) -> Decision:
    if decision.fate is not Fate.REWRITTEN:
        return decision
    path = _stuck_path(decision, stuck)
    if path is not None:
        return replace(decision, fate=Fate.MANUAL, reason=f"not written: {path} {stuck[path].reason}")
    feeding = next((clients[c] for c in decision.site.clients if c in clients), None)
    if feeding is not None and not any(f.level is Level.EDIT for f in decision.findings):
        words = f"its client was not written: {feeding.path} {feeding.reason}"
        return replace(decision, fate=Fate.MANUAL, reason=words)
    return decision
