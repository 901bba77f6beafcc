"""When the work of a move has paid for itself."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from migrate_cli.costs.lines import BreakEven
from migrate_cli.costs.money import convert
from migrate_cli.costs.pricing import Cost


def break_even(
    work: Decimal,
    currency: str,
    baselines: Sequence[Cost | None],
    bills: Sequence[Cost | None],
    cny_per_usd: Decimal,
) -> BreakEven:
    """Months until the monthly saving has paid for `work`, an amount in `currency`.

    `baselines` and `bills` run parallel, one per model; models that one side cannot price leave the answer unknown.
    """
    pairs = list(zip(baselines, bills, strict=True))
    known = [(base, bill) for base, bill in pairs if base is not None and bill is not None]
    if not known or len(known) < len(pairs):
        return BreakEven(work, currency, None, None, known=False)

    def saved(base: Decimal, base_currency: str, bill: Decimal, bill_currency: str) -> Decimal:
        before = convert(base, base_currency, currency, cny_per_usd)
        return before - convert(bill, bill_currency, currency, cny_per_usd)

    most = sum((saved(a.high, a.currency, b.low, b.currency) for a, b in known), Decimal(0))
    least = sum((saved(a.low, a.currency, b.high, b.currency) for a, b in known), Decimal(0))
    return BreakEven(work, currency, _months(work, most), _months(work, least), known=True)


def _months(work: Decimal, saving: Decimal) -> Decimal | None:
    return work / saving if saving > 0 else None
