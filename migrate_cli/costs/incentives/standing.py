"""How an offer stands at a date, in one word and in words."""

from __future__ import annotations

from datetime import date

from migrate_cli.catalogue.types import Offer
from migrate_cli.costs.incentives.clocks import claim_until

OFFICIAL = "active_official"
# Verdicts under which an offer may still exist, so that asking for it makes sense.
OPEN = (OFFICIAL, "active_reported", "unverified")

_WORDS = {
    "active_official": "active, on the provider's own page{until}",
    "active_reported": "reported as active{until}; no page of the provider was read, so ask them",
    "unverified": "unverified: nothing was found that shows it still running, so ask them",
    "expired": "expired{on}",
    "rejected": "rejected: the source is not credible",
}


def verdict_at(offer: Offer, as_of: date) -> str:
    """The catalogue's verdict, or `expired` from the day after the offer's last one."""
    last = claim_until(offer)
    over = [day for day in (last, offer.terms.until) if day is not None and day < as_of]
    return "expired" if over and offer.verdict in OPEN else offer.verdict


def verdict_words(verdict: str, offer: Offer) -> str:
    """The verdict for people, with the offer's end as the catalogue writes it."""
    until, on = (f", until {offer.ends}", f" on {offer.ends}") if offer.ends else ("", "")
    return _WORDS[verdict].format(until=until, on=on)
