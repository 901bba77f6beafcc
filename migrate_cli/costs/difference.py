"""How one bill compares with another, in percent and in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from migrate_cli.costs.money import convert
from migrate_cli.costs.pricing import Cost


@dataclass(frozen=True, slots=True)
class Difference:
    """Percent against a baseline, below 0 is cheaper; `low` and `high` differ where a bill is a range."""

    low: Decimal
    high: Decimal

    @property
    def words(self) -> str:
        """`95% cheaper`, `31 to 65% cheaper`, `35% cheaper to 30% dearer`, `free of charge`, …"""
        start, end = _words(self.low), _words(self.high)
        if start == end:
            return start
        if self.low > 0:
            return f"{start.removesuffix('% dearer')} to {end}"
        if self.high < 0:
            return f"{end.removesuffix('% cheaper')} to {start}"
        return f"{start} to {end}"


def difference(bill: Cost | None, baseline: Cost | None, cny_per_usd: Decimal) -> Difference | None:
    """`bill` against `baseline`; None when either is unknown or the baseline is free of charge."""
    if bill is None or baseline is None or baseline.low == 0:
        return None
    low, high = _dollars(bill, cny_per_usd)
    base_low, base_high = _dollars(baseline, cny_per_usd)
    return Difference((low / base_high - 1) * 100, (high / base_low - 1) * 100)


def _dollars(bill: Cost, cny_per_usd: Decimal) -> tuple[Decimal, Decimal]:
    return (
        convert(bill.low, bill.currency, "USD", cny_per_usd),
        convert(bill.high, bill.currency, "USD", cny_per_usd),
    )


def _words(percent: Decimal) -> str:
    size = abs(percent).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    if percent == 0:
        return "the same price"
    if percent == -100:
        return "free of charge"
    direction = "cheaper" if percent < 0 else "dearer"
    if size == 0:
        return f"under 1% {direction}"
    if size == 100 and -100 < percent < 0:
        return "over 99% cheaper"
    return f"{size:,}% {direction}"
