"""What the offers of one provider come to, as frozen values; renderers only print them.

Money is exact and in the currency of the bill. A month is 365/12 days, a year 365.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from migrate_cli.catalogue.offer_terms import Condition
from migrate_cli.catalogue.types import Offer


@dataclass(frozen=True, slots=True)
class Sums:
    """Money in the first month, in the first year, and in a month after everything that ends has ended."""

    month: Decimal
    year: Decimal
    steady: Decimal

    def less(self, other: Sums) -> Sums:
        """These sums without `other`."""
        return Sums(self.month - other.month, self.year - other.year, self.steady - other.steady)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one model takes from an offer: `days` on which it does (None: without end), tokens and money saved.

    `saved` None: the model is not priced.
    """

    model: str
    days: Decimal | None
    tokens: Decimal
    saved: Decimal | None


@dataclass(frozen=True, slots=True)
class Value:
    """What an offer gives. `granted`, `used` and `left` are in `unit`: tokens, CNY or USD; None: without limit.

    `left` is what is there unused when the offer ends, `left_share` the same of 1. `days` is how long it is drawn on at
    this rate, of several grants the shortest; None: without end. An offer that does not end is `lasting`, and `used`,
    `tokens` and `saved` are those of the first year. `at_least`: a model in it has no price.
    """

    unit: str | None
    granted: Decimal | None
    used: Decimal | None
    left: Decimal | None
    left_share: Decimal | None
    days: Decimal | None
    tokens: Decimal
    saved: Decimal
    sums: Sums
    models: tuple[Drawn, ...]
    lasting: bool
    at_least: bool


@dataclass(frozen=True, slots=True)
class OfferResult:
    """One offer for one workload. `verdict` and `words` say how it stands, `counts` whether it is taken off the bill.

    `why_not` says why it is not. `questions` are the conditions that nobody has answered yet. `value` is what it
    takes off, None unless it counts. `up_to` is what it would take off alone, were it confirmed, in `currency`: 0 when
    it is meant for other use, None when it cannot be known or cannot be had. `claim_on` is the day on which it has to
    be claimed for this, `claim_until` the last one, `use_until` the last day of use; None where none is known.
    `needs` are all its conditions, `how` is the way to claim it, `remarks` are what to know before relying on it.
    """

    offer: Offer
    verdict: str
    words: str
    counts: bool
    why_not: str | None
    questions: tuple[Condition, ...]
    value: Value | None
    up_to: Decimal | None
    currency: str | None
    claim_on: date | None
    claim_until: date | None
    use_until: date | None
    needs: tuple[Condition, ...]
    how: str | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incentives:
    """The offers of one provider, those that count first, and what they take off the bill `without` them.

    `at_least`: a model has no price, so that the bill is higher than said. `questions` are those whose answers would
    change the money.
    """

    offers: tuple[OfferResult, ...]
    currency: str | None
    without: Sums
    saved: Sums
    at_least: bool
    questions: tuple[Condition, ...]

    @property
    def remaining(self) -> Sums:
        """The bill with the offers."""
        return self.without.less(self.saved)
