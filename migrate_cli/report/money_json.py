"""Money, rates and percentages as plain data for JSON: strings, rounded only where they are amounts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from migrate_cli.costs.difference import Difference
from migrate_cli.costs.lines import Total
from migrate_cli.costs.money import convert, exact_cents
from migrate_cli.costs.pricing import Cost


def total_json(total: Total, yuan: Decimal) -> dict[str, Any]:
    """A sum, and whether something in it is missing."""
    return {"at_least": total.at_least, "cost": cost_json(total.bill, yuan)}


def costs_list(bills: Iterable[Cost | None], yuan: Decimal) -> list[dict[str, Any] | None]:
    """Bills in their order, null where there is none."""
    return [cost_json(bill, yuan) for bill in bills]


def cost_json(bill: Cost | None, yuan: Decimal) -> dict[str, Any] | None:
    """Amounts in the published currency and, converted, in both; see `amount_text`."""
    if bill is None:
        return None
    amounts = {
        f"{end}_{code.lower()}": amount_text(convert(value, bill.currency, code, yuan))
        for code in ("CNY", "USD")
        for end, value in (("low", bill.low), ("high", bill.high))
    }
    return {"currency": bill.currency, **amounts, "reason": bill.reason, "note": bill.note}


def differences_json(differences: Iterable[Difference | None]) -> list[dict[str, str] | None]:
    """Percentages with their words, null where nothing is compared."""
    return [
        None if item is None else {"low": f"{item.low:.1f}", "high": f"{item.high:.1f}", "words": item.words}
        for item in differences
    ]


def amount_text(amount: Decimal) -> str:
    """An amount in cents, half up; one that would round to 0 without being it keeps two digits."""
    return format(exact_cents(amount), "f")


def number(value: Decimal | None) -> str | None:
    """A figure without rounding, null for unknown."""
    return None if value is None else format(value, "f")
