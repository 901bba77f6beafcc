"""A plan cut down to the changes that a person chose."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from migrate_cli.model import Decision, Fate, Finding, Level, Plan, SiteId, SiteKind
from migrate_cli.rules.decide import by_file
from migrate_cli.rules.todo import todos

Key = tuple[int, int]  # place of the decision in the plan, place of the finding in the decision
_FEEDERS = (SiteKind.CLIENT, SiteKind.SETTING)


@dataclass(frozen=True, slots=True)
class Choice:
    """One change that can be taken or left: all edits of one finding."""

    key: Key
    decision: Decision
    finding: Finding


def choices(plan: Plan) -> tuple[Choice, ...]:
    """The changes of a plan, clients before what depends on them, else in the order of the files."""
    found = [
        Choice((number, place), decision, finding)
        for number, decision in enumerate(plan.decisions)
        for place, finding in enumerate(decision.findings)
        if finding.level is Level.EDIT and finding.edits
    ]
    return tuple(sorted(found, key=lambda c: (c.decision.site.kind not in _FEEDERS, c.key)))


def follows(choice: Choice, plan: Plan, left: Collection[Key]) -> bool:
    """Whether a change makes no sense any more, because a client of its site was left as it is."""
    stay = {plan.decisions[number].site.id for number, _ in left}
    return any(client in stay for client in choice.decision.site.clients)


def choose(plan: Plan, taken: Collection[Key]) -> Plan:
    """The plan with only the changes in `taken`; the other ones wait for a look, as do the calls of their clients."""
    decisions = [_cut(decision, number, taken) for number, decision in enumerate(plan.decisions)]
    left = {
        d.site.id: "its client was left as it is"
        for d in decisions
        if d.site.kind in _FEEDERS and d.fate is Fate.REVIEW
    }
    settled = tuple(_dependent(decision, left) for decision in decisions)
    edits = (e for d in settled for f in d.findings if f.level is Level.EDIT for e in f.edits)
    comments = todos(settled) if plan.options.todo else ()
    return replace(plan, decisions=settled, operations=by_file((*edits, *comments)))


def _cut(decision: Decision, number: int, taken: Collection[Key]) -> Decision:
    """A decision whose untaken changes wait."""
    findings = tuple(
        replace(finding, level=Level.REVIEW)
        if finding.level is Level.EDIT and finding.edits and (number, place) not in taken
        else finding
        for place, finding in enumerate(decision.findings)
    )
    waiting = [f.message for f in findings if f.level is Level.REVIEW]
    if findings == decision.findings or decision.fate is not Fate.REWRITTEN:
        return replace(decision, findings=findings)
    return replace(decision, findings=findings, fate=Fate.REVIEW, reason="; ".join(dict.fromkeys(waiting)))


def _dependent(decision: Decision, left: Mapping[SiteId, str]) -> Decision:
    """A call whose client stays: none of its changes is made."""
    reason = next((left[client] for client in decision.site.clients if client in left), None)
    if reason is None or decision.fate is not Fate.REWRITTEN:
        return decision
    findings = tuple(
        replace(f, level=Level.REVIEW) if f.level is Level.EDIT and f.edits else f for f in decision.findings
    )
    return replace(decision, findings=findings, fate=Fate.REVIEW, reason=reason)
