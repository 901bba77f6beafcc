"""The two clocks of an offer: the last day to claim it, and the days in which it can be used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from migrate_cli.catalogue.types import Offer

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Window:
    """When an offer is claimed and used. `opens` and `closes` count days from the start of use, `closes` is exclusive.

    `until` is the last day of use. None in both: no end is published, or it renews.
    """

    claim_on: date
    opens: int
    closes: int | None
    until: date | None


def claim_until(offer: Offer) -> date | None:
    """The last day on which the offer can be had; None when none is known."""
    return offer.terms.claim_until or _day(offer.ends)


def begins_on(offer: Offer) -> date | None:
    """The first day of the offer; None when none is known."""
    return offer.terms.begins_on or _day(offer.starts)


def window(offer: Offer, start: date) -> Window | None:
    """When the offer can be used by a program that starts at `start`; None when it would be over by then.

    It is claimed on the first day of use, or before it where the last day to claim comes earlier.
    """
    terms, last, first = offer.terms, claim_until(offer), begins_on(offer)
    claim_on = start if last is None else min(start, last)
    claim_on = claim_on if first is None else max(claim_on, first)
    ends = [end for end in (terms.until, _after(claim_on, terms.days)) if end is not None]
    until = min(ends, default=None)
    opens = max((claim_on - start).days, 0)
    closes = None if until is None else (until - start).days + 1
    if closes is not None and closes <= opens:
        return None
    return Window(claim_on, opens, closes, until)


def _after(claimed: date, days: int | None) -> date | None:
    """The last of `days` days of which the first is the day of the claim."""
    return None if days is None else claimed + timedelta(days=days - 1)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and _DAY.fullmatch(text) else None
