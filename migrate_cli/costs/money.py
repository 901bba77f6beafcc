"""Yuan and dollars: conversion and rounding happen here and only for printing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from migrate_cli.catalogue.types import Rate
from migrate_cli.costs.age import age_in_days
from migrate_cli.costs.pricing import Cost
from migrate_cli.model import UserError

_SIGNS = {"CNY": "¥", "USD": "$"}
_OTHER = {"CNY": "USD", "USD": "CNY"}
_CENT = Decimal("0.01")
_UNDER = "under "
_OLD_RATE_DAYS = 45


@dataclass(frozen=True, slots=True)
class Exchange:
    """The rate in use, in yuan per dollar; `as_of` is None for a rate the user gave.

    `low` and `high` are the band of the catalogue's last year, `old` asks for a newer rate.
    """

    cny_per_usd: Decimal
    as_of: str | None
    source: str
    low: Decimal
    high: Decimal
    old: bool

    @property
    def effect(self) -> Decimal:
        """Change of the dollar value of a yuan bill, in percent, if the rate went to the top of the band."""
        return (self.cny_per_usd / self.high - 1) * 100


def exchange(default: Rate, chosen: Decimal | None, as_of: date) -> Exchange:
    """The rate to use at `as_of`: the user's `chosen` one, else the catalogue's.

    Raises UserError when `chosen` is not a positive number.
    """
    if chosen is None:
        age = age_in_days(default.fact.as_of, as_of)
        old = age is None or age > _OLD_RATE_DAYS
        source = default.fact.source or "unknown"
        return Exchange(default.cny_per_usd, default.fact.as_of, source, default.low, default.high, old)
    if not chosen.is_finite() or chosen <= 0:
        raise UserError(
            f"the exchange rate must be a positive number of yuan per dollar, such as 6.65, not {chosen}"
        )
    return Exchange(chosen, None, "given by you", default.low, default.high, old=False)


def has_rate(currency: str) -> bool:
    """Whether there is a rate for `currency`."""
    return currency in _SIGNS


def convert(amount: Decimal, currency: str, to: str, cny_per_usd: Decimal) -> Decimal:
    """`amount` in the currency `to`, unrounded. Raises ValueError for a currency other than CNY and USD."""
    for code in (currency, to):
        if code not in _SIGNS:
            raise ValueError(f"no exchange rate for {code}")
    if currency == to:
        return amount
    return amount / cny_per_usd if to == "USD" else amount * cny_per_usd


def cents(amount: Decimal) -> Decimal:
    """`amount` rounded half up to two places."""
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)


def exact_cents(amount: Decimal) -> Decimal:
    """`amount` in cents; what is not 0 and would round to it keeps its first two digits, for machines."""
    rounded = cents(amount)
    if rounded or not amount:
        return rounded
    return amount.quantize(Decimal(1).scaleb(amount.adjusted() - 1), rounding=ROUND_HALF_UP)


def both(amount: Decimal, currency: str, cny_per_usd: Decimal) -> str:
    """`¥194.00 ($29.16)`: the amount in its own currency, then in the other one."""
    return cost_text(Cost(amount, amount, currency), cny_per_usd)


def cost_text(bill: Cost, cny_per_usd: Decimal) -> str:
    """`¥260.00 to 520.00 ($39.08 to 78.16)`, or one amount where both ends are equal."""
    other = _OTHER[bill.currency]
    low, high = (convert(end, bill.currency, other, cny_per_usd) for end in (bill.low, bill.high))
    return f"{_range(bill.low, bill.high, bill.currency)} ({_range(low, high, other)})"


def rate_text(rate: Decimal | None) -> str:
    """A list price as published, without padding or rounding: `0.075`; `?` when it is unknown."""
    if rate is None:
        return "?"
    plain = format(rate, "f")
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"


def sign(currency: str) -> str:
    """`¥`, `$`, or the code itself."""
    return _SIGNS.get(currency, currency + " ")


def one_text(amount: Decimal, currency: str) -> str:
    """`$1,250.00`; what is not 0 never looks like it: `under $0.01`."""
    return _range(amount, amount, currency)


def at_least(text: str) -> str:
    """`at least ¥12.00`; what would be at least `under ¥0.01` is over 0."""
    if not text.startswith(_UNDER):
        return f"at least {text}"
    return f"over {text.removeprefix(_UNDER).replace(str(_CENT), '0', 1)}"


def up_to(text: str) -> str:
    """`up to ¥12.00`, or `under ¥0.01`."""
    return text if text.startswith(_UNDER) else f"up to {text}"


def _range(low: Decimal, high: Decimal, currency: str) -> str:
    """Both ends, the sign once. An end above 0 and below half a cent is `under` one."""
    ends = [(_UNDER, _CENT) if end > 0 and not cents(end) else ("", cents(end)) for end in (low, high)]
    (first, start), (second, end) = ends
    text = f"{first}{sign(currency)}{start:,}"
    return text if ends[0] == ends[1] else f"{text} to {second}{end:,}"
