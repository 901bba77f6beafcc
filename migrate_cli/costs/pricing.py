"""What a workload costs at a list price. Exact decimals; rounding is for printing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from migrate_cli.catalogue.types import Price
from migrate_cli.costs.workload import Workload

_MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Cost:
    """A month's bill in `currency`, from `low` to `high` when tiers or peak hours leave it open.

    `reason` says why the bill is 0, `note` why it is a range.
    """

    low: Decimal
    high: Decimal
    currency: str
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Rates:
    input: Decimal
    cached_input: Decimal
    output: Decimal


def cost(price: Price, workload: Workload, *, assume_cache: bool) -> Cost | None:
    """The bill for `workload` at `price`, or None when `unpriced` has a reason why it cannot be known.

    With `assume_cache` the cached tokens get the cached rate (the full one where none is published); without
    it everything is paid in full, as a cache does not move along. A total over many requests is priced at the
    base tier, and as a range over the tiers that the mean request reaches.
    """
    if unpriced(price, workload) is not None:
        return None
    base = _rates(price.input, price.cached_input, price.output)
    tiers = [
        _rates(t.input, t.cached_input, t.output)
        for t in price.tiers
        if _reached(t.above_input_tokens, workload)
    ]
    peak = _peak(price)
    options = [base, *tiers, *([peak] if peak else [])]
    bills = [_bill(rates, workload, assume_cache) for rates in options]
    low, high = min(bills), max(bills)
    notes = []
    if peak is not None:
        notes.append(f"off-peak to all at peak{f' ({price.peak_hours})' if price.peak_hours else ''}")
    if tiers:
        notes.append("base tier to the highest tier reached")
    note = "; ".join(notes) if high > low else None
    return Cost(low, high, price.currency, reason=price.reason if high == 0 else None, note=note)


def unpriced(price: Price | None, workload: Workload) -> str | None:
    """Why `price` cannot price `workload`, in words; None when it can."""
    if price is None:
        return "no list price found"
    if price.unit != "1M_tokens":
        return f"priced per {price.unit.replace('_', ' ')}, which a workload in tokens does not tell"
    if price.input is None:
        return "no published input price"
    if price.output is None and workload.output_tokens:
        return "no published output price"
    if price.input == 0 and not price.output and not price.reason:
        return "a price of 0 is listed without a reason"
    for tier in price.tiers:
        known = tier.input is not None and (tier.output is not None or not workload.output_tokens)
        if _reached(tier.above_input_tokens, workload) and not known:
            return f"no published price above {tier.above_input_tokens:,} input tokens"
    return None


def _reached(limit: int, workload: Workload) -> bool:
    return workload.input_per_request > limit


def _rates(full: Decimal | None, cached: Decimal | None, output: Decimal | None) -> _Rates:
    """Rates without gaps: no cached rate means the full one; no output rate passes only without output."""
    price = full if full is not None else Decimal(0)
    return _Rates(
        price, cached if cached is not None else price, output if output is not None else Decimal(0)
    )


def _peak(price: Price) -> _Rates | None:
    if price.peak_input is None and price.peak_output is None:
        return None
    full = price.peak_input if price.peak_input is not None else price.input
    cached = price.peak_cached_input if price.peak_cached_input is not None else price.cached_input
    return _rates(full, cached, price.peak_output if price.peak_output is not None else price.output)


def _bill(rates: _Rates, workload: Workload, assume_cache: bool) -> Decimal:
    cached = workload.cached_tokens if assume_cache else 0
    tokens = (
        rates.input * (workload.input_tokens - cached)
        + rates.cached_input * cached
        + rates.output * workload.output_tokens
    )
    return tokens / _MILLION
