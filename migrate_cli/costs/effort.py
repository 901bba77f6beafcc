"""How much work a move is: the sites of a plan by what becomes of them, why, and our estimate of the time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from migrate_cli.handover import Task, tasks
from migrate_cli.model import Compatibility, Decision, Fate, Finding, Level, Plan

# Rules that say of a whole service that the provider has nothing like it.
_SERVICES = ("END", "ENV07", "MED05", "MED06", "MED07", "MED08")


class Hold(str, Enum):
    """Why a site does not move by itself, the hardest first: nothing like it there, work by hand, a look."""

    NOT_AT_ALL = "not at all"
    BY_HAND = "by hand"
    REVIEW = "to review"


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule says of `places` lines (its `code`, empty where no rule asks), and the `minutes` for all of them.

    `message` is the most frequent wording; `others` counts the lines where the rule says it of another name or value.
    """

    hold: Hold
    code: str
    message: str
    places: int
    minutes: int
    others: int = 0


@dataclass(frozen=True, slots=True)
class Effort:
    """Sites that a move has to change, by how; those that stay as they are count nowhere. `minutes` are estimated.

    `reasons` are what keeps sites from moving by themselves, the hardest and then the most frequent first. A site may
    have several, and a reason may stand at another line than its site.
    """

    automatic: int
    review: int
    by_hand: int
    impossible: int
    minutes: int
    reasons: tuple[Reason, ...] = ()

    @property
    def sites(self) -> int:
        """All that have to change."""
        return self.automatic + self.review + self.by_hand + self.impossible


def effort(plan: Plan) -> Effort:
    """The work of a plan. `impossible` are calls of what the provider is known not to have at all."""
    counts = dict.fromkeys(Fate, 0)
    absent = 0
    for decision in plan.decisions:
        counts[decision.fate] += 1
        absent += decision.fate is Fate.MANUAL and any(map(_is_absent, decision.findings))
    left = tasks(plan.decisions)
    return Effort(
        automatic=counts[Fate.REWRITTEN],
        review=counts[Fate.REVIEW],
        by_hand=counts[Fate.MANUAL] - absent,
        impossible=absent,
        minutes=sum(task.minutes for task in left),
        reasons=_reasons(plan.decisions, left),
    )


def _is_absent(finding: Finding) -> bool:
    return (
        finding.level is Level.MANUAL
        and finding.compatibility is Compatibility.UNSUPPORTED
        and finding.rule.code.startswith(_SERVICES)
    )


def _reasons(decisions: Sequence[Decision], left: Iterable[Task]) -> tuple[Reason, ...]:
    """One reason per rule and kind of work; tasks that no rule asks for stay apart."""
    absent = {(f.rule.code, f.message) for d in decisions for f in d.findings if _is_absent(f)}
    groups: dict[tuple[Hold, str, str], list[Task]] = {}
    for task in left:
        key = (_hold(task, absent), task.code, "" if task.code else task.message)
        groups.setdefault(key, []).append(task)
    order = list(Hold)
    found = (_reason(hold, code, members) for (hold, code, _), members in groups.items())
    return tuple(sorted(found, key=lambda r: (order.index(r.hold), -r.places, -r.minutes, r.code, r.message)))


def _hold(task: Task, absent: set[tuple[str, str]]) -> Hold:
    if task.level is Level.REVIEW:
        return Hold.REVIEW
    return Hold.NOT_AT_ALL if (task.code, task.message) in absent else Hold.BY_HAND


def _reason(hold: Hold, code: str, members: Sequence[Task]) -> Reason:
    first = min(members, key=lambda task: (-len(task.places), task.message))
    places = {place for task in members for place in task.places}
    minutes = sum(task.minutes for task in members)
    return Reason(hold, code, first.message, len(places), minutes, len(places - set(first.places)))
