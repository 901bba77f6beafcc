"""What a probe showed: each question's answer held against the catalogue, and what may be kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from migrate_cli.catalogue.observed import Answer, Seen
from migrate_cli.runtime.probe.plan import Asked


class Agreement(str, Enum):
    """How an observation stands to the catalogue. NEW: the catalogue does not know. UNCLEAR: it could not be told."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NEW = "new"
    UNCLEAR = "unclear"


# Pairs of (expected, observed) that agree although they are not the same word.
_AGREE = frozenset({("accepted", "honoured"), ("ignored", "accepted")})


@dataclass(frozen=True, slots=True)
class Told:
    """One question and what came of it. `sent` False: it was not asked, and `detail` says why.

    `observed` are words as in `Asked.expected`. `code` and `message` are of the error, cleaned of keys and ids.
    """

    asked: Asked
    seen: Seen
    observed: str
    sent: bool = True
    status: int | None = None
    code: str | None = None
    message: str | None = None
    detail: str | None = None

    @property
    def agreement(self) -> Agreement:
        """How the observation stands to the catalogue."""
        expected = self.asked.expected
        if self.seen is Seen.UNCLEAR:
            return Agreement.UNCLEAR
        if expected == "unknown":
            return Agreement.NEW
        same = expected == self.observed or (expected, self.observed) in _AGREE
        return Agreement.AGREES if same else Agreement.DIFFERS


@dataclass(frozen=True, slots=True)
class Run:
    """The answers in the order of the questions; `stopped` says, as a clause, why not all were asked."""

    told: tuple[Told, ...]
    stopped: str | None = None

    def count(self, agreement: Agreement) -> int:
        """How many questions came out like this."""
        return sum(each.agreement is agreement for each in self.told)

    @property
    def requests(self) -> int:
        """How many requests were sent for an answer."""
        return sum(each.sent for each in self.told)


def kept(told: Sequence[Told]) -> tuple[Answer, ...]:
    """What is stored of the answers: no text of the provider, and nothing of what could not be told."""
    return tuple(_kept(each) for each in told if each.seen is not Seen.UNCLEAR)


def _kept(each: Told) -> Answer:
    question = each.asked.question
    return Answer(
        question=each.asked.id,
        kind=question.settles if question.fact else None,
        name=question.fact,
        models=each.asked.models,
        whole=question.whole,
        expected=each.asked.expected,
        observed=each.observed,
        status=each.status,
        code=each.code,
    )
