"""Which offers of the compared providers stand at a date. None of them is taken off a bill."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from migrate_cli.catalogue.types import Offer
from migrate_cli.costs.incentives.clocks import begins_on
from migrate_cli.costs.incentives.standing import OFFICIAL, verdict_at, verdict_words
from migrate_cli.costs.lines import OfferLine

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
    verdict, first = verdict_at(offer, as_of), begins_on(offer)
    begun = first is None or first <= as_of
    return OfferLine(offer, verdict, verdict_words(verdict, offer), counts=verdict == OFFICIAL and begun)
