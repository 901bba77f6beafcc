"""What to know about an offer before relying on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from migrate_cli.catalogue.types import Offer
from migrate_cli.costs.incentives.clocks import Window
from migrate_cli.costs.incentives.results import Value

_AT_ZERO = {
    "stops": "when it is used up, calls are refused",
    "bills": "when it is used up, calls are billed",
}


def remarks(
    offer: Offer, use: Window | None, value: Value | None, start: date, even_so: str | None
) -> Iterator[str]:
    """Sentences without a full stop, in the order of their weight.

    `value` None: the offer does not count. `even_so`: what would be in its way were it confirmed.
    """
    terms = offer.terms
    if even_so is not None:
        yield f"even if it were confirmed: {even_so}"
    if use is not None and use.claim_on < start:
        yield f"to be claimed by {use.claim_on}, before the start on {start}; its days run from then"
    if terms.days is not None and terms.days_at_most is not None:
        yield f"valid {terms.days} to {terms.days_at_most} days by model, counted with {terms.days}"
    if use is not None and use.until is None and terms.period is None:
        yield "no end is published"
    if terms.shared_by == "account":
        yield "one for the whole account: all its keys, users and teams share it"
    if terms.on_exhaustion in _AT_ZERO:
        yield _AT_ZERO[terms.on_exhaustion]
    if value is not None and not value.models:
        yield "never drawn on: other offers come first until it ends"
