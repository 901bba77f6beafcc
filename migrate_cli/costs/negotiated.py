"""Prices that the user pays instead of those on the list."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from migrate_cli.catalogue.types import Fact, Price
from migrate_cli.model import UserError

_CURRENCIES = ("CNY", "USD")


def negotiated(provider: str, model: str, rates: Mapping[str, str], source: str) -> Price:
    """A price per million tokens from `currency`, `input`, `cached_input` and `output` as written in `source`.

    Raises UserError for a currency other than CNY and USD, or a rate that is not a number of 0 or more.
    """
    where = f"{source}: the price of {model} at {provider}"
    currency = rates["currency"].upper()
    if currency not in _CURRENCIES:
        raise UserError(f"{where}: currency must be CNY or USD, not {rates['currency']!r}")
    values = {name: _rate(rates.get(name), name, where) for name in ("input", "cached_input", "output")}
    return Price(
        currency=currency,
        unit="1M_tokens",
        input=values["input"],
        cached_input=values["cached_input"],
        output=values["output"],
        tiers=(),
        tier_mode=None,
        peak_input=None,
        peak_cached_input=None,
        peak_output=None,
        peak_hours=None,
        batch_discount=None,
        site=None,
        reason="free of charge by your own settings",
        note=None,
        fact=Fact(None, source, None),
    )


def _rate(value: str | None, name: str, where: str) -> Decimal | None:
    if value is None:
        return None
    try:
        rate = Decimal(value)
    except InvalidOperation:
        rate = Decimal(-1)
    if not rate.is_finite() or rate < 0:
        raise UserError(f"{where}: {name} must be a number of 0 or more, not {value!r}")
    return rate
