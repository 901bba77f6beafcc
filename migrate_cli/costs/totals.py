"""Sums over models that do not hide what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from migrate_cli.costs.difference import difference
from migrate_cli.costs.lines import Costs, Differences, Total
from migrate_cli.costs.money import convert
from migrate_cli.costs.pricing import Cost


def total(lines: Sequence[Costs], cny_per_usd: Decimal, profiles: int) -> tuple[Total, ...]:
    """The sum of each of the profiles. Bills in one currency stay in it; mixed ones become dollars."""
    if not lines:
        return (Total(None, False),) * profiles
    return tuple(_sum(column, cny_per_usd) for column in zip(*lines, strict=True))


def shared_difference(
    lines: Sequence[Costs], baselines: Sequence[Costs], cny_per_usd: Decimal, profiles: int
) -> tuple[Differences, int]:
    """Differences of the sums over the models that both sides can price, and how many models these are.

    Anything else would set a sum against one that counts other models. Runs parallel to the profiles.
    """
    pairs = [
        (bills, base)
        for bills, base in zip(lines, baselines, strict=True)
        if None not in bills and None not in base
    ]
    ours = total([bills for bills, _ in pairs], cny_per_usd, profiles)
    theirs = total([base for _, base in pairs], cny_per_usd, profiles)
    differences = (difference(a.bill, b.bill, cny_per_usd) for a, b in zip(ours, theirs, strict=True))
    return tuple(differences), len(pairs)


def _sum(bills: Sequence[Cost | None], cny_per_usd: Decimal) -> Total:
    known = [bill for bill in bills if bill is not None]
    if not known:
        return Total(None, True)
    currencies = {bill.currency for bill in known}
    currency = currencies.pop() if len(currencies) == 1 else "USD"
    low = sum((convert(bill.low, bill.currency, currency, cny_per_usd) for bill in known), Decimal(0))
    high = sum((convert(bill.high, bill.currency, currency, cny_per_usd) for bill in known), Decimal(0))
    notes = "; ".join(dict.fromkeys(bill.note for bill in known if bill.note))
    reasons = "; ".join(dict.fromkeys(bill.reason for bill in known if bill.reason)) if high == 0 else ""
    sum_of_known = Cost(low, high, currency, reason=reasons or None, note=notes or None)
    return Total(sum_of_known, at_least=len(known) < len(bills))
