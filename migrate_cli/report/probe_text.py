"""A probe for people: what will be asked and costs, then what differs from the catalogue, and the sum at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate_cli.catalogue.observed import Found, Observations
from migrate_cli.costs.money import one_text
from migrate_cli.costs.small_bill import SmallBill
from migrate_cli.report.words import line, plural
from migrate_cli.runtime.probe.aim import Aim
from migrate_cli.runtime.probe.verdict import Agreement, Run, Told

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {
    Agreement.DIFFERS: "red",
    Agreement.NEW: "yellow",
    Agreement.UNCLEAR: "yellow",
    Agreement.AGREES: "green",
}
_WORDS = frozenset({"accepted", "ignored", "refused"})
_OBSERVED = {
    "accepted": "accepted",
    "honoured": "accepted, with an effect",
    "ignored": "accepted, without effect",
    "refused": "refused",
}


def render_aim(aim: Aim, bill: SmallBill, console: Console) -> None:
    """Whom it asks, with which models, and what that costs at most."""
    embedding = f" and {aim.embedding}" if aim.embedding else ""
    line(console, ("asks  ", "bold"), f"{aim.provider.name} at {aim.base_url}, {aim.model}{embedding}")
    line(console, ("sends ", "bold"), f"{plural(len(aim.questions), 'request')}, {cost_words(bill)}")


def render_questions(aim: Aim, console: Console) -> None:
    """Each request with what it asks, and what the catalogue expects."""
    for number, asked in enumerate(aim.questions, 1):
        line(
            console,
            f"{number:>3}  ",
            (f"{asked.id:<22}  ", "bold"),
            f"{asked.question.asks}  ({_expects(asked.expected)})",
        )


def cost_words(bill: SmallBill) -> str:
    """`at most ¥0.03 at list prices`; what has no price is named, never 0."""
    told = [f"at most {one_text(amount, currency)}" for currency, amount in sorted(bill.amounts.items())]
    told = [text.replace("at most under", "under") for text in told]
    priced = f"{' and '.join(told)} at list prices" if told else ""
    missing = f"not priced: {', '.join(bill.unpriced)}" if bill.unpriced else ""
    return "; ".join(text for text in (priced, missing) if text) or "nothing to pay"


def render_probe(aim: Aim, run: Run, console: Console, *, quiet: bool = False, verbose: bool = False) -> None:
    """What differs, what is new and what could not be told, one by one; with `verbose` also what agrees."""
    shown = {Agreement.DIFFERS} | (set() if quiet else {Agreement.NEW, Agreement.UNCLEAR})
    shown |= {Agreement.AGREES} if verbose else set()
    for agreement in Agreement:
        for told in run.told:
            if told.agreement is agreement and agreement in shown and told.sent:
                head = (f"{agreement.value:<8}  ", _STYLES[agreement])
                line(console, head, (f"{told.asked.id:<22}  ", "bold"), said(told))
    if not quiet:
        _unasked(run, console)
        parts = (f"{run.count(agreement):,} {agreement.value}" for agreement in Agreement)
        line(console, (f"{plural(len(run.told), 'question')} = {' + '.join(parts)}", "bold"))
    if run.stopped:
        line(console, ("stopped: ", "bold red"), run.stopped)
    style = "red" if run.stopped or run.count(Agreement.DIFFERS) else "green"
    line(console, (f"{_verdict(aim, run)}", f"bold {style}"))


def _unasked(run: Run, console: Console) -> None:
    """The questions that were not asked, in one line for each reason."""
    reasons = dict.fromkeys(told.detail for told in run.told if not told.sent)
    for reason in reasons:
        names = ", ".join(told.asked.id for told in run.told if not told.sent and told.detail == reason)
        line(console, (f"{Agreement.UNCLEAR.value:<8}  ", "yellow"), f"{reason}: {names}")


def said(told: Told) -> str:
    """`documented as ignored, observed as refused (HTTP 400 invalid_request_error: …)`."""
    if told.agreement is Agreement.UNCLEAR:
        return f"{told.asked.question.asks} {_why(told)}"
    return f"{_expects(told.asked.expected)}, {_saw(told.observed)}{_brackets(told)}"


def _why(told: Told) -> str:
    return ": ".join(text for text in (told.detail or "could not be told", told.message) if text)


def _brackets(told: Told) -> str:
    status = f"HTTP {told.status}" if told.status not in (None, 200) else ""
    head = " ".join(text for text in (status, told.code or "") if text)
    parts = [
        f"{head}: {told.message}" if head and told.message else head or told.message or "",
        told.detail or "",
    ]
    inner = "; ".join(part for part in parts if part)
    return f" ({inner})" if inner else ""


def _expects(expected: str) -> str:
    if expected == "unknown":
        return "not proven"
    return f"documented as {expected}" if expected in _WORDS else f"documented: {expected}"


def _saw(observed: str) -> str:
    seen = _OBSERVED.get(observed)
    return f"observed as {seen}" if seen is not None else f"observed: {observed}"


def _verdict(aim: Aim, run: Run) -> str:
    differ = run.count(Agreement.DIFFERS)
    catalogue = f"the catalogue of {aim.provider.as_of}"
    if run.count(Agreement.UNCLEAR) == len(run.told):
        return "nothing could be told"
    if differ:
        return f"{plural(differ, 'observation')} {'differ' if differ > 1 else 'differs'} from {catalogue}"
    return f"what was observed{' so far' if run.stopped else ''} agrees with {catalogue}"


def render_kept(aim: Aim, path: object, console: Console) -> None:
    """Where the observations are kept, and whether later runs prefer them."""
    if aim.preferred:
        told = (
            "scan, rewrite, verify and standin prefer it to older facts; MIGRATE_NO_PROBE=1 leaves it aside"
        )
    else:
        told = (
            f"{aim.host} is none of {aim.provider.name}'s own hosts, so it is not preferred to the catalogue"
        )
    line(console, ("kept in ", "dim"), (f"{path}: {told}", "dim"))


def render_record(found: Found, console: Console) -> None:
    """The observations on record, the newest first."""
    for _, run in found.runs:
        line(console, f"{run.date}  ", (f"{run.provider:<12}  ", "bold"), _recorded(run))
    if not found.runs:
        line(console, "Nothing is on record.")


def _recorded(run: Observations) -> str:
    extent = "full" if run.full else "short"
    ended = ", stopped early" if run.stopped else ""
    return f"{run.host}, {run.model}, {extent}{ended}: {plural(len(run.answers), 'observation')}"
