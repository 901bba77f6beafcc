"""What a workload costs at a list price. Exact decimals; rounding is for printing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from migrate_cli.catalogue.types import PeakWindow, Price, Rates, Tier
from migrate_cli.costs.volume import Cell, Volume
from migrate_cli.costs.workload import Workload

_MILLION = Decimal(1_000_000)
_NOTHING = Decimal(0)


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


def at(price: Price | None, day: date) -> Price | None:
    """The price with the rates that held on `day`, as far as its history tells."""
    if price is None:
        return None
    older = sorted((ended, rates) for ended, rates in price.history if day.isoformat() < ended)
    if not older:
        return price
    rates = older[0][1]
    return replace(
        price,
        input=rates.input,
        cached_input=rates.cached_input,
        output=rates.output,
        cache_write=rates.cache_write,
    )


def cost(price: Price, workload: Workload, *, assume_cache: bool) -> Cost | None:
    """A month's bill for `workload` at `price`, or None when `unpriced` has a reason why it cannot be known.

    With `assume_cache` the cached tokens get the cached rate (the full one where none is published); without it
    everything is paid in full, as a cache does not move along. Each class of requests is priced by itself and then
    added: at its tier where the sizes of its requests are known, else from the base tier to the highest that a request
    may reach; at its hour's rate where that is known, else from off-peak to all at peak.
    """
    if unpriced(price, workload) is not None:
        return None
    ranges = [_range(price, cell, volume, assume_cache) for cell, volume in workload.parts]
    low = sum((start for start, _ in ranges), _NOTHING) * workload.month / _MILLION
    high = sum((end for _, end in ranges), _NOTHING) * workload.month / _MILLION
    note = "; ".join(_notes(price, workload)) if high > low else None
    return Cost(low, high, price.currency, reason=price.reason if high == 0 else None, note=note or None)


def unpriced(price: Price | None, workload: Workload) -> str | None:
    """Why `price` cannot price `workload`, in words; None when it can."""
    if price is None:
        return "no list price found"
    if price.unit != "1M_tokens":
        return f"priced per {price.unit.replace('_', ' ')}, which a workload in tokens does not tell"
    if price.input is None:
        return "no published input price"
    if price.output is None and workload.volume.output:
        return "no published output price"
    if price.input == 0 and not price.output and not price.reason:
        return "a price of 0 is listed without a reason"
    for cell, volume in workload.parts:
        for tier in _reached(price, cell, volume):
            if tier.input is None or (tier.output is None and volume.output):
                return f"no published price above {tier.above_input_tokens:,} input tokens"
    return None


def _range(price: Price, cell: Cell, volume: Volume, assume_cache: bool) -> tuple[Decimal, Decimal]:
    """The least and the most that a class of requests costs, times a million."""
    bills = list(_bills(price, cell, volume, assume_cache))
    return min(bills), max(bills)


def _bills(price: Price, cell: Cell, volume: Volume, assume_cache: bool) -> Iterator[Decimal]:
    """Every bill that a class may get, times a million."""
    base = _base(price, cell)
    peak = _peak_rates(price)
    busy = None if peak is None else _is_peak(price.peak_windows, cell.hour)
    if not (peak is not None and busy):
        tiers = _reached(price, cell, volume)
        steps = [(0, base), *((t.above_input_tokens, _scaled(price, cell, _of_tier(t))) for t in tiers)]
        known = cell.least is not None
        if price.tier_mode != "graduated" or not known:
            yield from (_bill(rates, volume, assume_cache) for _, rates in (steps[-1:] if known else steps))
        if price.tier_mode != "whole_request" and known and tiers:
            yield _graduated(steps, volume, assume_cache)
    if peak is not None and busy is not False:
        yield _bill(_scaled(price, cell, peak), volume, assume_cache)


def _base(price: Price, cell: Cell) -> Rates:
    """The standard rates, or those of the way the requests were sent."""
    service = price.services.get(cell.service or "")
    standard = Rates(price.input, price.cached_input, price.output, price.cache_write)
    if service is None:
        return _scaled(price, cell, standard)
    # a way of sending without a cached rate of its own has no cheaper cache
    return Rates(
        _or(service.input, standard.input),
        service.cached_input,
        _or(service.output, standard.output),
        service.cache_write,
    )


def _scaled(price: Price, cell: Cell, rates: Rates) -> Rates:
    """The rates with the batch discount where one is published, and the class was sent as a batch."""
    factor = price.batch_discount
    if cell.service != "batch" or factor is None:
        return rates
    return Rates(*(None if rate is None else rate * factor for rate in _fields(rates)))


def _fields(rates: Rates) -> tuple[Decimal | None, ...]:
    return rates.input, rates.cached_input, rates.output, rates.cache_write


def _or(rate: Decimal | None, other: Decimal | None) -> Decimal | None:
    return rate if rate is not None else other


def _of_tier(tier: Tier) -> Rates:
    return Rates(tier.input, tier.cached_input, tier.output)


def _reached(price: Price, cell: Cell, volume: Volume) -> list[Tier]:
    """The tiers that the requests of a class reach, or may reach, the lowest first."""
    known = (cell.least, cell.most, volume.input)
    size = next(tokens for tokens in known if tokens is not None)
    return sorted((t for t in price.tiers if size > t.above_input_tokens), key=lambda t: t.above_input_tokens)


def _peak_rates(price: Price) -> Rates | None:
    if price.peak_input is None and price.peak_output is None:
        return None
    return Rates(
        _or(price.peak_input, price.input),
        _or(price.peak_cached_input, price.cached_input),
        _or(price.peak_output, price.output),
    )


def _is_peak(windows: tuple[PeakWindow, ...], hour: int | None) -> bool | None:
    """Whether an hour since 1970 (UTC) lies in a window; None where either is not known."""
    if hour is None or not windows:
        return None
    return any(_holds(window, hour + window.utc_offset) for window in windows)


def _holds(window: PeakWindow, local: int) -> bool:
    weekday = (local // 24 + 3) % 7 + 1  # 1 January 1970 was a Thursday
    return weekday in window.weekdays and window.start <= local % 24 < window.end


def _bill(rates: Rates, volume: Volume, assume_cache: bool) -> Decimal:
    """All tokens of a class at one set of rates, times a million. No rate for the cache means the full one."""
    full = rates.input or _NOTHING
    cached = volume.cached if assume_cache else 0
    written = volume.cache_write if assume_cache else 0
    return (
        full * (volume.input - cached - written)
        + (_or(rates.cached_input, full) or _NOTHING) * cached
        + (_or(rates.cache_write, full) or _NOTHING) * written
        + (rates.output or _NOTHING) * volume.output
    )


def _graduated(steps: list[tuple[int, Rates]], volume: Volume, assume_cache: bool) -> Decimal:
    """Each request's input at the rates of the steps it passes through; output and cache at the first step's."""
    first = steps[0][1]
    bill = _bill(first, volume, assume_cache)
    for (_, lower), (limit, upper) in pairwise(steps):
        above = volume.input - limit * volume.requests
        bill += ((upper.input or _NOTHING) - (lower.input or _NOTHING)) * above
    return bill


def _notes(price: Price, workload: Workload) -> Iterator[str]:
    """Why a bill is a range, in words."""
    if _peak_rates(price) is not None and any(
        _is_peak(price.peak_windows, cell.hour) is None for cell, _ in workload.parts
    ):
        yield f"off-peak to all at peak{f' ({price.peak_hours})' if price.peak_hours else ''}"
    open_sizes = [(c, v) for c, v in workload.parts if c.least is None and _reached(price, c, v)]
    if open_sizes:
        yield "base tier to the highest tier a request may reach"
    if price.tier_mode is None and any(
        c.least is not None and _reached(price, c, v) for c, v in workload.parts
    ):
        yield "higher rates for the tokens above a tier's limit, or for the whole request: the source does not say"
