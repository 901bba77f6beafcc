"""Which findings of a plan can be written: the edits of one finding all together, and a call only with its client.

A file that cannot be changed takes back every finding that needs it, also their edits in other files. Edits that do
not fit into a file are found one finding at a time, so that one of them does not cost the file the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from migrate_cli.model import Decision, Fate, Finding, Level, Operation, Plan, SiteId
from migrate_cli.rewrite.prepare import Change

Prepare = Callable[[str, Sequence[Operation]], Change]


@dataclass(frozen=True, slots=True)
class Written:
    """The changes that stand, and why findings (by decision and place in it) were taken back."""

    changes: tuple[Change, ...]
    withheld: Mapping[tuple[int, int], str]


def fit(plan: Plan, prepare: Prepare) -> Written:
    """Make all edits of a plan in memory; take back what cannot be written until the rest fits together."""
    groups = {
        (number, place): finding
        for number, decision in enumerate(plan.decisions)
        for place, finding in enumerate(decision.findings)
        if finding.level is Level.EDIT and finding.edits
    }
    owned = {operation for finding in groups.values() for operation in finding.edits}
    free = [o for group in plan.operations.values() for o in group if o not in owned]
    known: dict[tuple[str, tuple[Operation, ...]], Change] = {}
    withheld: dict[tuple[int, int], str] = {}
    while True:
        alive = {key: finding for key, finding in groups.items() if key not in withheld}
        wanted = by_file([*(o for finding in alive.values() for o in finding.edits), *free])
        changes = [
            known.setdefault((path, operations), prepare(path, operations))
            if (path, operations) not in known
            else known[path, operations]
            for path, operations in wanted.items()
        ]
        lost = dict(_lost(changes, alive, prepare, plan)) | dict(_orphans(plan, alive, withheld))
        lost |= _bundled(groups, withheld | lost)
        if not lost:
            asked = {change.path for change in changes}
            stuck = {
                path: change for (path, _), change in known.items() if change.stays and path not in asked
            }
            return Written((*changes, *stuck.values()), withheld)
        withheld |= lost


def _lost(
    changes: Iterable[Change], alive: Mapping[tuple[int, int], Finding], prepare: Prepare, plan: Plan
) -> Iterable[tuple[tuple[int, int], str]]:
    """The findings that cannot be written as the files are, each with the reason."""
    for change in changes:
        if not change.stays:
            continue
        reason = f"not written: {change.path}: {change.result.reason}"
        concerned = {
            key: [e for e in finding.edits if e.path == change.path]
            for key, finding in alive.items()
            if any(e.path == change.path for e in finding.edits)
        }
        faulty = _culprits(change.path, concerned, prepare) if change.faulty else {}
        for key in concerned if not change.faulty else faulty:
            yield key, faulty.get(key, reason)


def _culprits(
    path: str, concerned: Mapping[tuple[int, int], Sequence[Operation]], prepare: Prepare
) -> dict[tuple[int, int], str]:
    """The findings whose edits do not go with those before them. All of them when no single one is to blame."""
    taken: list[Operation] = []
    guilty: dict[tuple[int, int], str] = {}
    for key, operations in concerned.items():
        tried = tuple(dict.fromkeys([*taken, *operations]))
        change = prepare(path, tried)
        if change.stays:
            guilty[key] = f"not written: {path}: {change.result.reason}"
        else:
            taken = list(tried)
    return guilty or dict.fromkeys(concerned, f"not written: {path}: the edits do not fit together")


def _orphans(
    plan: Plan, alive: Mapping[tuple[int, int], Finding], withheld: Mapping[tuple[int, int], str]
) -> Iterable[tuple[tuple[int, int], str]]:
    """Findings of calls whose client could not be written: a call moves with its client or not at all.

    So it is with a key that is read for such a client: it must not go to the old address.
    """
    stuck: dict[SiteId, str] = {}
    for (number, _), reason in withheld.items():
        stuck.setdefault(plan.decisions[number].site.id, reason)
    for (number, place), finding in alive.items():
        site = plan.decisions[number].site
        clients = (*site.clients, *(n for n in finding.needs if not isinstance(n, str)))
        held = next((stuck[c] for c in clients if c in stuck), None)
        if held is not None:
            yield (number, place), f"its client was {held}"


def _bundled(
    groups: Mapping[tuple[int, int], Finding], withheld: Mapping[tuple[int, int], str]
) -> dict[tuple[int, int], str]:
    """The other findings of a bundle that lost one, and those that need such a bundle."""
    stuck: dict[object, str] = {
        bundle: reason for key, reason in withheld.items() if (bundle := groups[key].bundle) is not None
    }
    return {
        key: stuck[lost[0]]
        for key, finding in groups.items()
        if key not in withheld and (lost := [b for b in (finding.bundle, *finding.needs) if b in stuck])
    }


def by_file(operations: Iterable[Operation]) -> dict[str, tuple[Operation, ...]]:
    """Operations grouped by file, each once, in a stable order."""
    files: dict[str, dict[Operation, None]] = {}
    for operation in operations:
        files.setdefault(operation.path, {})[operation] = None
    return {path: tuple(files[path]) for path in sorted(files)}


def decisions(plan: Plan, withheld: Mapping[tuple[int, int], str]) -> tuple[Decision, ...]:
    """The plan's decisions, where sites with edits taken back, and calls of such clients, are work by hand."""
    reasons: dict[int, str] = {}
    for (number, _), reason in withheld.items():
        reasons.setdefault(number, reason)
    stuck = {plan.decisions[number].site.id: reason for number, reason in reasons.items()}
    return tuple(_after(d, reasons.get(n), stuck) for n, d in enumerate(plan.decisions))


def _after(decision: Decision, reason: str | None, stuck: Mapping[SiteId, str]) -> Decision:
    if reason is None and decision.fate is Fate.REWRITTEN:
        feeding = next((stuck[c] for c in decision.site.clients if c in stuck), None)
        reason = f"its client was {feeding}" if feeding is not None else None
    if reason is None or decision.fate is Fate.SKIPPED:
        return decision
    return replace(decision, fate=Fate.MANUAL, reason=reason)
