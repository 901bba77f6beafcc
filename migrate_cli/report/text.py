"""Plan and outcome for people, on a rich console."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from migrate_cli import tally
from migrate_cli.files.secrets import mask
from migrate_cli.model import Decision, Fate, Level, Outcome, Plan
from migrate_cli.report import words
from migrate_cli.report.evidence import render_evidence

if TYPE_CHECKING:
    from rich.console import Console

_SETTLED = frozenset({Fate.SKIPPED, Fate.MIGRATED})
_LEFT = frozenset({Level.REVIEW, Level.MANUAL})
_REMARKS = 12
_NOTES = frozenset({Level.NOTE, Level.MIGRATED, Level.SKIP})


def render_plans(
    plans: Sequence[Plan],
    names: Mapping[str, str],
    console: Console,
    *,
    evidence: bool = False,
    quiet: bool = False,
    verbose: bool = False,
) -> None:
    """What `rewrite` would do on each provider, site by site; settled sites only when `verbose`."""
    scan = plans[0].scan
    if not quiet:
        words.line(console, (words.scope(scan), "bold"))
    words.skips(scan, console, verbose=verbose)
    for plan in plans if scan.sites else ():
        if not quiet:
            words.heading(console, f"{names[plan.provider]}, --to {plan.provider}")
        shown = plan.decisions if verbose else tally.pending(plan.decisions)
        levels = _LEFT | {Level.EDIT} | (_NOTES if verbose else frozenset())
        _decisions(shown, console, levels, written=False, evidence=evidence)
        if not quiet:
            words.line(console, (words.sum_line(plan.decisions, written=False), "bold"))


def render_outcome(
    outcome: Outcome,
    name: str,
    console: Console,
    *,
    written: bool,
    evidence: bool = False,
    quiet: bool = False,
    verbose: bool = False,
) -> None:
    """What a rewrite did, or would do when it was not `written`: the edits, what is left, and the sum."""
    notes = _NOTES if verbose else frozenset()
    if not quiet:
        words.line(console, (words.scope(outcome.plan.scan), "bold"))
    words.skips(outcome.plan.scan, console, verbose=verbose)
    edited = tally.edited(outcome)
    if edited and not quiet:
        words.heading(console, f"{'Rewritten' if written else 'To rewrite'} for {name}")
        _decisions(edited, console, notes | {Level.EDIT}, written=written, evidence=evidence)
    _unwritten(outcome, console)
    if left := tally.left(outcome.decisions):
        words.heading(console, f"Left for you: {words.plural(len(left), 'site')}")
        _decisions(left, console, notes | _LEFT, written=written, evidence=evidence)
    if not (quiet or verbose):
        _remarks(outcome.decisions, console)
    settled = [d for d in outcome.decisions if d.fate in _SETTLED]
    if settled and verbose:
        words.heading(console, "Nothing to do")
        _decisions(settled, console, notes, written=written, evidence=evidence)
    if not quiet:
        console.print()
    words.line(console, (words.sum_line(outcome.decisions, written=written), "bold"))


def _remarks(decisions: Sequence[Decision], console: Console) -> None:
    """Notes on what moved, each once with the first place it is true of."""
    remarks = tally.remarks(decisions)
    if not remarks:
        return
    words.heading(console, "Worth knowing")
    width = words.place_width(site.location for site, _, _ in remarks)
    for site, finding, count in remarks[:_REMARKS]:
        more = f" (and {words.plural(count - 1, 'more site')})" if count > 1 else ""
        code = (f"{finding.rule.code:<7}", "cyan")
        words.line(console, words.place(site.location, width), code, finding.message, (more, "dim"))
    if len(remarks) > _REMARKS:
        words.line(console, (f"    … and {len(remarks) - _REMARKS} more with --verbose", "dim"))


def render_undo_hint(outcome: Outcome, console: Console) -> None:
    """The command that takes this run back, from wherever it is typed."""
    root = shlex.quote(outcome.plan.scan.root)
    words.line(console, "Take it back with ", (f"migrate undo {outcome.run} --root {root}", "bold"))


def _decisions(
    decisions: Sequence[Decision],
    console: Console,
    levels: frozenset[Level],
    *,
    written: bool,
    evidence: bool,
) -> None:
    """The findings of these `levels`, one per line; a decision without any says its reason."""
    width = words.place_width(decision.site.location for decision in decisions)
    for decision in decisions:
        place = words.place(decision.site.location, width)
        findings = [finding for finding in decision.findings if finding.level in levels]
        if not findings:
            fate = words.fate_cell(decision.fate, written=written)
            words.line(console, place, fate, f"{decision.site.symbol}: {mask(decision.reason)}")
        for finding in findings:
            word = words.level_cell(finding.level, written=written)
            words.line(console, place, word, (f"{finding.rule.code:<7}", "cyan"), mask(finding.message))
            if finding.advice:
                words.line(console, ("    do: ", "dim"), mask(finding.advice))
        if evidence:
            render_evidence(decision.site, console)


def _unwritten(outcome: Outcome, console: Console) -> None:
    kept = tally.unwritten(outcome)
    if kept:
        words.heading(console, "Left as they were")
    for result in kept:
        words.line(console, (f"{result.path}: ", "red"), result.reason or result.status.value)
