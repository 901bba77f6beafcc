"""A plan cut down to the changes that a person chose."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from migrate_cli.model import Decision, Fate, Finding, Level, Operation, Plan, SiteId, SiteKind
from migrate_cli.rules.decide import by_file
from migrate_cli.rules.todo import todos

Key = tuple[int, int]  # place of the decision in the plan, place of the finding in the decision
_FEEDERS = (SiteKind.CLIENT, SiteKind.SETTING)


@dataclass(frozen=True, slots=True)
class Choice:
    """One change that can be taken or left: the edits of one finding, and of all others in its bundle."""

    key: Key
    decision: Decision
    finding: Finding
    edits: tuple[Operation, ...]
    places: int = 1  # how many places change with it


def choices(plan: Plan) -> tuple[Choice, ...]:
    """The changes of a plan, clients before what depends on them, else in the order of the files.

    A bundle is one of them: half of it would not run.
    """
    bundles = _bundles(plan)
    found: list[Choice] = []
    for key, finding in _edits(plan).items():
        members = bundles.get(finding.bundle or "", {key: finding})
        if key == next(iter(members)):
            edits = tuple(dict.fromkeys(e for f in members.values() for e in f.edits))
            sites = {plan.decisions[number].site.id for number, _ in members}
            found.append(Choice(key, plan.decisions[key[0]], finding, edits, len(sites)))
    return tuple(sorted(found, key=lambda c: (c.decision.site.kind not in _FEEDERS, c.key)))


def follows(choice: Choice, plan: Plan, left: Collection[Key]) -> bool:
    """Whether a change makes no sense any more, because a client of its site, or a bundle, was left as it is."""
    bundles = _bundles(plan)
    gone = {name: members for name, members in bundles.items() if not members.keys().isdisjoint(left)}
    if not gone.keys().isdisjoint(choice.finding.needs):
        return True
    stay = {plan.decisions[n].site.id for n, _ in [*left, *(key for keys in gone.values() for key in keys)]}
    own = choice.decision.site
    mates = (own.id,) if own.kind in _FEEDERS else ()
    return any(site in stay for site in (*own.clients, *choice.finding.needs, *mates))


def choose(plan: Plan, taken: Collection[Key]) -> Plan:
    """The plan with only the changes in `taken` (keys of choices); the others wait, as do calls of their clients."""
    whole = _whole(plan, taken)
    decisions = [_cut(decision, number, whole) for number, decision in enumerate(plan.decisions)]
    left = {
        d.site.id: "its client was left as it is"
        for d in decisions
        if d.site.kind in _FEEDERS and d.fate is Fate.REVIEW
    }
    settled = tuple(_dependent(decision, left) for decision in decisions)
    edits = (e for d in settled for f in d.findings if f.level is Level.EDIT for e in f.edits)
    comments = todos(settled) if plan.options.todo else ()
    return replace(plan, decisions=settled, operations=by_file((*edits, *comments)))


def _edits(plan: Plan) -> dict[Key, Finding]:
    """The findings that would be written."""
    return {
        (number, place): finding
        for number, decision in enumerate(plan.decisions)
        for place, finding in enumerate(decision.findings)
        if finding.level is Level.EDIT and finding.edits
    }


def _bundles(plan: Plan) -> dict[str, dict[Key, Finding]]:
    """The findings of each bundle."""
    found: dict[str, dict[Key, Finding]] = {}
    for key, finding in _edits(plan).items():
        if finding.bundle is not None:
            found.setdefault(finding.bundle, {})[key] = finding
    return found


def _whole(plan: Plan, taken: Collection[Key]) -> set[Key]:
    """What was taken, bundles whole or not at all, and nothing that needs one which was left."""
    bundles = _bundles(plan)
    gone = {name for name, members in bundles.items() if next(iter(members)) not in taken}
    members = {key: name for name, keys in bundles.items() for key in keys}
    return {
        key
        for key, finding in _edits(plan).items()
        if (members[key] not in gone if key in members else key in taken) and gone.isdisjoint(finding.needs)
    }


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
    """A call whose client stays: none of its changes is made. So it is with a key that is read for such a client."""
    needs = [need for f in decision.findings for need in f.needs if not isinstance(need, str)]
    reason = next((left[client] for client in (*decision.site.clients, *needs) if client in left), None)
    if reason is None or decision.fate is not Fate.REWRITTEN:
        return decision
    findings = tuple(
        replace(f, level=Level.REVIEW) if f.level is Level.EDIT and f.edits else f for f in decision.findings
    )
    return replace(decision, findings=findings, fate=Fate.REVIEW, reason=reason)
