"""Phrases of the cost report that more than one format prints."""

from __future__ import annotations

from decimal import Decimal

from migrate_cli.catalogue.types import Price
from migrate_cli.costs.difference import Difference
from migrate_cli.costs.lines import Differences, ProviderReport, Total
from migrate_cli.costs.money import at_least, cost_text, rate_text, sign
from migrate_cli.costs.pricing import Cost

NOT_QUALITY = "Prices compare list prices, not quality."
NOTHING_FOUND = "No OpenAI model was found, so there is nothing to price."
UNPRICED = "not priced"
MIDDLE = 1  # of the low, mid and high profile


def price_lines(price: Price | None, *, stale: bool) -> tuple[str, ...]:
    """A list price in short lines: rates in / cached / out, tiers, peak, then its date."""
    if price is None:
        return ("no list price",)
    lines = [_rates(price), *_tiers(price)]
    if price.peak_input is not None or price.peak_output is not None:
        lines.append(f"peak {rate_text(price.peak_input)} / {rate_text(price.peak_output)}")
        lines.append(price.peak_hours or "peak hours not stated")
    if price.reason:
        lines.append(price.reason)
    if price.unit != "1M_tokens" and price.note:
        lines.append(price.note)
    lines.append(f"as of {price.fact.as_of or 'an unknown date'}" + (" (old)" if stale else ""))
    return tuple(lines)


def price_brief(price: Price | None, *, stale: bool) -> str:
    """A list price in one phrase: rates in / out, `from` where tiers follow, then peak rates and `(old)`."""
    if price is None:
        return "no list price"
    old = " (old)" if stale else ""
    if price.unit != "1M_tokens":
        return _rates(price) + old
    after = f" / {rate_text(price.output)}" if price.output is not None else " in"
    text = f"{'from ' if price.tiers else ''}{sign(price.currency)}{rate_text(price.input)}{after}"
    if price.peak_input is not None or price.peak_output is not None:
        text += f", peak {rate_text(price.peak_input)} / {rate_text(price.peak_output)}"
    return text + old


def bill_text(bill: Cost | None, cny_per_usd: Decimal) -> str:
    """A month's bill in both currencies, or that there is none; a free one says why."""
    if bill is None:
        return UNPRICED
    text = cost_text(bill, cny_per_usd)
    return f"{text}: {bill.reason}" if bill.reason else text


def total_text(total: Total, cny_per_usd: Decimal) -> str:
    """A sum, marked `at least` when something is missing from it."""
    text = bill_text(total.bill, cny_per_usd)
    return at_least(text) if total.at_least and total.bill is not None else text


def difference_text(difference: Difference | None) -> str:
    """`95% cheaper`, or a dash where there is nothing to compare."""
    return difference.words if difference is not None else "–"


def shared_text(differences: Differences, shared: int, count: int) -> str:
    """The difference for the middle profile and, where it covers only some models, how many."""
    text = difference_text(differences[MIDDLE])
    return text if shared in (0, count) else f"{text} ({shared} of {count} models)"


def who(provider: ProviderReport) -> str:
    """`ernie (china)`: the provider and the platform that is priced."""
    return f"{provider.provider} ({provider.site})" if provider.site else provider.provider


def stacked(amounts: str) -> str:
    """The second currency on a line of its own."""
    return amounts.replace(" (", "\n(", 1)


def _rates(price: Price) -> str:
    if price.unit != "1M_tokens":
        amount = rate_text(price.input if price.input is not None else price.output)
        figure = f"{sign(price.currency)}{amount} " if amount != "?" else ""
        return f"{figure}per {price.unit.replace('_', ' ')}"
    rates = [rate_text(price.input), rate_text(price.cached_input), rate_text(price.output)]
    return f"{sign(price.currency)}{' / '.join(rates)}"


def _tiers(price: Price) -> list[str]:
    return [
        f"over {tier.above_input_tokens // 1000}k: {rate_text(tier.input)} / {rate_text(tier.output)}"
        for tier in price.tiers
    ]
