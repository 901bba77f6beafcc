"""Which offers of the compared providers stand at a date. None of them is taken off a bill."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from migrate_cli.catalogue.types import Offer
from migrate_cli.costs.lines import OfferLine

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ORDER = ("active_official", "active_reported", "unverified", "expired")


def offer_lines(offers: Iterable[Offer], providers: Sequence[str], as_of: date) -> tuple[OfferLine, ...]:
    """The offers of `providers` (ids), firm ones first. Those whose source was rejected are left out."""
    lines = [
        _line(offer, as_of) for offer in offers if offer.provider in providers and offer.verdict != "rejected"
    ]
    return tuple(
        sorted(
            lines, key=lambda line: (providers.index(line.offer.provider or ""), _ORDER.index(line.verdict))
        )
    )


def _line(offer: Offer, as_of: date) -> OfferLine:
    verdict = offer.verdict
    end = date.fromisoformat(offer.ends) if offer.ends and _DAY.fullmatch(offer.ends) else None
    start = date.fromisoformat(offer.starts) if offer.starts and _DAY.fullmatch(offer.starts) else None
    if end is not None and end < as_of:
        verdict = "expired"
    begun = start is None or start <= as_of
    return OfferLine(offer, verdict, _words(verdict, offer), counts=verdict == "active_official" and begun)


def _words(verdict: str, offer: Offer) -> str:
    if verdict == "expired":
        return f"expired on {offer.ends}"
    until = f", until {offer.ends}" if offer.ends else ""
    return {
        "active_official": f"active, on the provider's own page{until}",
        "active_reported": f"reported as active{until}; no page of the provider was read, so ask them",
        "unverified": "unverified: neither an end date nor a page of the provider was found, so ask them",
    }[verdict]
