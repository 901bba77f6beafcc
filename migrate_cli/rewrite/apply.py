"""Carries a plan out: what fits is written, journalled first. A dry run stops before the journal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from migrate_cli.files.git import dirty_files
from migrate_cli.files.journal import Journal
from migrate_cli.files.prefilter import read_bytes
from migrate_cli.files.secrets import contains_key
from migrate_cli.files.write import ChangedMeanwhile, NotWritable, create_bytes, remove_file, replace_bytes
from migrate_cli.model import Operation, Outcome, Plan, Status, UserError
from migrate_cli.rewrite.diff import unified
from migrate_cli.rewrite.groups import Written, by_file, decisions, fit
from migrate_cli.rewrite.prepare import Change, left, prepare


def apply_plan(plan: Plan, *, dry_run: bool, allow_dirty: bool) -> Outcome:
    """Write `plan`, or only compute what would be written.

    Files with uncommitted changes, files that changed since they were scanned, and files whose result does not pass
    the self-check are left exactly as they are; a finding that needs such a file is not written at all, and its site
    becomes work by hand. When the run is interrupted, what it had written is put back.
    """
    root = Path(plan.scan.root)
    dirty = frozenset[str]() if allow_dirty or dry_run else dirty_files(root, plan.operations) or frozenset()
    blocked: dict[str, Change] = {}

    def prepared(path: str, operations: Sequence[Operation]) -> Change:
        known = blocked.get(path)
        return known or prepare(root, path, operations, plan.scan.digests.get(path), path in dirty)

    while True:
        fitted = fit(plan, prepared)
        run = None
        if not dry_run and any(c.result.status is Status.CHANGED for c in fitted.changes):
            run, failed = _write(root, plan, fitted.changes)
            if failed is not None:
                blocked[failed.path] = failed
                continue
        return _outcome(plan, fitted, run)


def preview(plan: Plan, edits: Sequence[Operation]) -> tuple[str, ...]:
    """The lines of a diff with the edits of one change, keys masked; empty when they cannot be made alone."""
    root = Path(plan.scan.root)
    lines: list[str] = []
    for path, operations in by_file(edits).items():
        result = prepare(root, path, operations, plan.scan.digests.get(path), dirty=False).result
        lines += unified(path, result.before, result.after).split("\n")[:-1]
    return tuple(lines)


def _outcome(plan: Plan, fitted: Written, run: str | None) -> Outcome:
    files = sorted((c.result for c in fitted.changes), key=lambda result: result.path)
    return Outcome(plan, decisions(plan, fitted.withheld), tuple(files), run)


def _write(root: Path, plan: Plan, changes: Sequence[Change]) -> tuple[str | None, Change | None]:
    """Journal and replace each changed file; the run's name, or the file that could not be replaced.

    In the latter case, and when interrupted, every file is put back: what belongs together is written together.
    """
    journal = Journal.begin(root, plan.provider)
    written: list[Change] = []
    try:
        for change in changes:
            if change.result.status is not Status.CHANGED:
                continue
            journal.record(change.path, change.before, change.after, secrets=_has_secrets(change))
            written.append(change)
            failed = _replaced(root, change)
            if failed is not None:
                written.pop()
                journal.retract()
                if all(_put_back(root, one) for one in reversed(written)):
                    journal.discard()
                    return None, failed
                raise UserError(f"{change.path} {failed.result.reason}")
    except BaseException as error:
        stuck = sum(not _put_back(root, change) for change in written)
        if not stuck:
            journal.withdraw()
        if isinstance(error, UserError):
            raise UserError(f"{error}; {_aftermath(stuck)}") from error
        raise
    finally:
        journal.finish()
    return journal.run, None


def _has_secrets(change: Change) -> bool:
    return contains_key(change.result.before) or contains_key(
        (change.before or b"").decode("utf-8", "replace")
    )


def _replaced(root: Path, change: Change) -> Change | None:
    """Write the file; the reason when it could not be."""
    try:
        if change.before is None:
            create_bytes(root / change.path, change.after)
        else:
            replace_bytes(root / change.path, change.before, change.after)
    except (ChangedMeanwhile, NotWritable) as error:
        return left(change.path, Status.FAILED, change.result.before, error.reason, change.before or b"")
    return None


def _put_back(root: Path, change: Change) -> bool:
    """Whether the file is as it was before the run; if not, the journal still has it for `migrate undo`."""
    path = root / change.path
    try:
        if change.before is None:
            remove_file(path, change.after)
        elif read_bytes(path) != change.before:
            replace_bytes(path, change.after, change.before)
    except (ChangedMeanwhile, NotWritable, OSError):
        return False
    return True


def _aftermath(stuck: int) -> str:
    if not stuck:
        return "every file is as it was"
    return f"{stuck} changed already and could not be put back: `migrate undo` does when the cause is gone"
