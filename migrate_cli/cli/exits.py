"""Exit codes, the highest that applies: a pure function of what was seen and done.

0 nothing to do, or all done; 1 findings, pending changes or manual work left; 2 usage or configuration
error; 3 some file could not be read, parsed or written, or the tool itself failed; 130 interrupted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from migrate_cli import tally
from migrate_cli.model import Outcome, Plan, Scan

OK = 0
FINDINGS = 1
USAGE = 2
PROBLEM = 3
INTERRUPTED = 130

if TYPE_CHECKING:
    from migrate_cli.files.journal import UndoResult
    from migrate_cli.runtime.probe.verdict import Run
    from migrate_cli.runtime.verify.verdict import Verification


def of_scan(scan: Scan, plans: Sequence[Plan] = ()) -> int:
    """For a scan: with plans it is what they still ask for that counts, else what reaches OpenAI."""
    if tally.problems(scan):
        return PROBLEM
    if plans:
        return FINDINGS if any(tally.pending(plan.decisions) for plan in plans) else OK
    return FINDINGS if tally.in_use(scan) else OK


def of_sarif(code: int) -> int:
    """SARIF carries its findings itself: only trouble fails the step."""
    return OK if code == FINDINGS else code


def of_outcome(outcome: Outcome, *, written: bool) -> int:
    """For a rewrite: what is left; when nothing was `written`, what is pending counts too."""
    if tally.problems(outcome.plan.scan) or tally.unwritten(outcome):
        return PROBLEM
    remaining = tally.left(outcome.decisions) if written else tally.pending(outcome.decisions)
    return FINDINGS if remaining else OK


def of_undo(results: Sequence[UndoResult]) -> int:
    """For an undo: a file that could not be restored is trouble."""
    from migrate_cli.files.journal import UndoStatus

    return PROBLEM if any(result.status is UndoStatus.REFUSED for result in results) else OK


def of_verification(done: Verification) -> int:
    """For a run of the user's command: its own code when it failed, else whether its requests are proven."""
    from migrate_cli.runtime.verify.verdict import Verdict

    if done.ended.reason == "interrupted":
        return INTERRUPTED
    return done.ended.code or (OK if done.verdict is Verdict.PASSED else FINDINGS)


def of_probe(done: Run) -> int:
    """For a probe: one that did not come to its end could not run; else whether something differs."""
    from migrate_cli.runtime.probe.verdict import Agreement

    if done.stopped or told_nothing(done):
        return USAGE
    return FINDINGS if done.count(Agreement.DIFFERS) else OK


def told_nothing(done: Run) -> bool:
    """Whether a probe observed nothing at all."""
    from migrate_cli.runtime.probe.verdict import Agreement

    return done.count(Agreement.UNCLEAR) == len(done.told)
