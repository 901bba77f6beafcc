"""What a rewrite hands over: what changed, what is left and how long that takes, and what to do next, in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from migrate_cli import tally
from migrate_cli.catalogue.types import Provider, SiteAddress
from migrate_cli.model import (
    Decision,
    Fate,
    Finding,
    Level,
    Location,
    NextStep,
    Outcome,
    SiteKind,
    Status,
    StepKind,
)

_LEFT = (Level.REVIEW, Level.MANUAL)
_OLD_KEY = "OPENAI_API_KEY"


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that was written: how many edits, and the rules behind them as (code, name), each once."""

    path: str
    edits: int
    rules: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Something left for a person, once for all places it is true of; `minutes` is our estimate for all of them."""

    level: Level
    code: str
    message: str
    advice: str | None
    places: tuple[Location, ...]
    minutes: int
    editable: bool


@dataclass(frozen=True, slots=True)
class Handover:
    """The whole of it. `notices` are places near the use of OpenAI, which count as no site."""

    files: tuple[FileChange, ...]
    kept: tuple[tuple[str, str], ...]
    tasks: tuple[Task, ...]
    notices: tuple[Task, ...]
    steps: tuple[NextStep, ...]

    @property
    def minutes(self) -> int:
        """Estimated minutes of work by hand."""
        return sum(task.minutes for task in self.tasks)


def handover(
    outcome: Outcome,
    provider: Provider,
    address: SiteAddress,
    others: Iterable[tuple[Provider, SiteAddress]] = (),
) -> Handover:
    """All that a person needs after a run, or before it when nothing was written.

    `others` are the providers that single capabilities go to.
    """
    kept = tuple((r.path, r.reason or r.status.value) for r in tally.unwritten(outcome))
    return Handover(
        files=tuple(_files(outcome)),
        kept=kept,
        tasks=tasks(outcome.decisions),
        notices=tasks(outcome.plan.notices),
        steps=tuple(_steps(outcome, provider, address, others)),
    )


def _files(outcome: Outcome) -> Iterable[FileChange]:
    acted = [f for d in tally.edited(outcome) for f in d.findings if f.level is Level.EDIT]
    for result in outcome.files:
        if result.status is not Status.CHANGED:
            continue
        here = [f for f in acted if any(e.path == result.path for e in f.edits)]
        edits = {e for f in here for e in f.edits if e.path == result.path}
        rules = dict.fromkeys((f.rule.code, f.rule.name) for f in here)
        yield FileChange(result.path, len(edits), tuple(rules))


def tasks(decisions: Iterable[Decision]) -> tuple[Task, ...]:
    """What is left, alike ones together: by hand first, then what takes longest."""
    groups: dict[tuple[Level, str, str], list[tuple[Decision, Finding | None]]] = {}
    for decision in tally.left(decisions):
        asking = [f for f in decision.findings if f.level in _LEFT]
        for finding in asking:
            key = (finding.level, finding.rule.code, finding.message)
            groups.setdefault(key, []).append((decision, finding))
        if not asking:
            level = Level.MANUAL if decision.fate is Fate.MANUAL else Level.REVIEW
            groups.setdefault((level, "", decision.reason), []).append((decision, None))
    made = (_task(*key, members) for key, members in groups.items())
    return tuple(sorted(made, key=lambda t: (t.level is not Level.MANUAL, -t.minutes, t.places)))


def _task(level: Level, code: str, message: str, members: Sequence[tuple[Decision, Finding | None]]) -> Task:
    places = sorted({(f.place if f and f.place else d.site.location) for d, f in members}, key=_order)
    first = members[0][1]
    return Task(
        level=level,
        code=code,
        message=message,
        advice=first.advice if first is not None else None,
        places=tuple(places),
        minutes=len(members) * (first.rule.minutes if first is not None else 0),
        editable=first is not None and bool(first.edits),
    )


def _order(place: Location) -> tuple[str, int, int, int]:
    return (place.path, place.cell or 0, place.line, place.column)


def _steps(
    outcome: Outcome,
    provider: Provider,
    address: SiteAddress,
    others: Iterable[tuple[Provider, SiteAddress]],
) -> Iterable[NextStep]:
    """What to do outside of the code, in order, each once. Nothing when nothing moved."""
    acted = tally.edited(outcome)
    found = [step for d in (*acted, *tally.left(outcome.decisions)) for f in d.findings for step in f.steps]
    if any(step.kind is StepKind.PACKAGE for step in found):
        told = (step for d in outcome.decisions for f in d.findings for step in f.steps)
        found += [step for step in told if step.kind is StepKind.LOCK]
    if acted:
        found += _account(provider, address, outcome.decisions)
        used = {f.provider for d in acted for f in d.findings if f.level is Level.EDIT}
        in_ci = any(step.kind is StepKind.SECRET for step in found)
        for other, where in others:
            if other.id in used - {provider.id}:
                found += _account(other, where, ())
                variable = where.key_variable or other.key_variable
                words = f"create the secret {variable} in the repository's settings and hand it to the workflow too"
                found += [NextStep(StepKind.SECRET, words)] if in_ci and variable is not None else []
        found.append(NextStep(StepKind.TEST, "run your tests against the new provider"))
    order = {kind: number for number, kind in enumerate(StepKind)}
    yield from sorted(dict.fromkeys(found), key=lambda step: order[step.kind])


def _needed(variable: str, decisions: Collection[Decision]) -> bool:
    """Whether the program reads the variable: not where each client has a variable of the project's own for its key."""
    findings = [finding for decision in decisions for finding in decision.findings]
    named = any(step.kind is StepKind.VARIABLE for finding in findings for step in finding.steps)
    written = (str(getattr(edit, "code", "")) for finding in findings for edit in finding.edits)
    read = any(decision.site.variable == variable for decision in decisions)
    return not named or read or any(variable in code for code in written)


def _account(provider: Provider, address: SiteAddress, decisions: Collection[Decision]) -> Iterable[NextStep]:
    """The key: where it comes from, and where it goes."""
    where = f" at {address.console}" if address.console else ""
    note = "" if provider.status == "open" else f" ({provider.status_note})"
    yield NextStep(StepKind.KEY, f"get a key for {provider.name}{where}{note}")
    variable = address.key_variable or provider.key_variable
    if variable is None or not _needed(variable, decisions):
        return
    still = any(
        d.site.kind is SiteKind.ENVIRONMENT and d.site.variable == _OLD_KEY and d.fate is not Fate.REWRITTEN
        for d in decisions
    )
    rest = f"; keep {_OLD_KEY} for what stays" if still else ""
    yield NextStep(StepKind.VARIABLE, f"set {variable} where the program runs{rest}", f"export {variable}=…")
