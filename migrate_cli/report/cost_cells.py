"""The values of a cost report as cells: the text to read, the figures behind it, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from migrate_cli.catalogue.types import Fact, Price
from migrate_cli.costs.difference import Difference
from migrate_cli.costs.lines import BreakEven, Total
from migrate_cli.costs.money import at_least as least_text
from migrate_cli.costs.money import convert, cost_text, exact_cents, one_text, rate_text
from migrate_cli.costs.pricing import Cost
from migrate_cli.report.cost_words import UNPRICED, price_lines
from migrate_cli.report.page.model import Cell, Figure, Source, Tone

NOTHING = Cell("–", tone=Tone.QUIET)
_OTHER = {"CNY": "USD", "USD": "CNY"}
_TENTH = Decimal("0.1")
_DAYS_A_MONTH = Decimal(365) / 12
_YEARS, _LIFETIME = 24, 99 * 12  # months from which years are told, and beyond which no number is
_NEVER = "never"


def sources_of(facts: Iterable[Fact]) -> tuple[Source, ...]:
    """The sources of these facts, once each; a fact without one names nobody."""
    return tuple(dict.fromkeys(Source(fact.source, fact.as_of) for fact in facts if fact.source))


def price_sources(prices: Iterable[Price | None]) -> tuple[Source, ...]:
    """The sources of those prices that there are."""
    return sources_of(price.fact for price in prices if price is not None)


def number_cell(count: int, unit: str) -> Cell:
    """A count of `unit`s."""
    return Cell(f"{count:,}", figures=(Figure(Decimal(count), Decimal(count), unit),))


def bill_cell(
    bill: Cost | None,
    cny_per_usd: Decimal,
    *,
    sources: tuple[Source, ...] = (),
    at_least: bool = False,
    noted: bool = False,
) -> Cell:
    """A month's bill in both currencies; `noted` adds why it is 0 or a range. Sorts by dollars."""
    if bill is None:
        return Cell(UNPRICED, tone=Tone.QUIET)
    own, _, other = cost_text(bill, cny_per_usd).removesuffix(")").partition(" (")
    note = "; ".join(part for part in (bill.reason, bill.note) if part) if noted else ""
    return Cell(
        least_text(own) if at_least else own,
        other,
        note,
        figures=tuple(
            _figure(bill, code, cny_per_usd, at_least) for code in (bill.currency, _OTHER[bill.currency])
        ),
        sort=in_dollars(bill, cny_per_usd)[0],
        sources=sources,
    )


def total_cell(
    total: Total, cny_per_usd: Decimal, *, sources: tuple[Source, ...] = (), noted: bool = False
) -> Cell:
    """A sum; one that something is missing from says `at least`."""
    return bill_cell(total.bill, cny_per_usd, sources=sources, at_least=total.at_least, noted=noted)


def in_dollars(bill: Cost, cny_per_usd: Decimal) -> tuple[Decimal, Decimal]:
    """Both ends of a bill in US dollars, unrounded."""
    low, high = (convert(end, bill.currency, "USD", cny_per_usd) for end in (bill.low, bill.high))
    return low, high


def dollars_text(bill: Cost, cny_per_usd: Decimal) -> str:
    """A bill in US dollars only: `$39.08 to 78.16`."""
    low, high = in_dollars(bill, cny_per_usd)
    return cost_text(Cost(low, high, "USD"), cny_per_usd).partition(" (")[0]


def paid_text(bill: Cost, cny_per_usd: Decimal) -> str:
    """What was paid, in both currencies, or alone where it is in neither of the two."""
    if bill.currency in _OTHER:
        return cost_text(bill, cny_per_usd)
    return one_text(bill.low, bill.currency)


def change_cell(difference: Difference | None, note: str = "") -> Cell:
    """`95% cheaper`, with the percentages behind it."""
    if difference is None:
        return NOTHING
    low, high = (end.quantize(_TENTH, rounding=ROUND_HALF_UP) for end in (difference.low, difference.high))
    figures = (Figure(low, high, "%"),)
    return Cell(
        difference.words, note=note, tone=change_tone(difference), figures=figures, sort=difference.low
    )


def change_tone(difference: Difference) -> Tone:
    """Good where nothing gets dearer, bad where all does."""
    if difference.low > 0:
        return Tone.BAD
    return Tone.GOOD if difference.high <= 0 and difference.low < 0 else Tone.PLAIN


def price_cell(price: Price | None, *, stale: bool) -> Cell:
    """The rates of a list price, its date, then its tiers and peak rates."""
    if price is None:
        return Cell("no list price", tone=Tone.QUIET)
    rates, *more, dated = price_lines(price, stale=stale)
    return Cell(rates, dated, "; ".join(more), sources=price_sources([price]))


def break_even_cell(result: BreakEven | None) -> Cell:
    """How long until the work has paid for itself: `12 days`, `2.5 to 3.1 months`, `never`."""
    if result is None:
        return NOTHING
    if not result.known:
        return Cell("unknown", tone=Tone.QUIET)
    if result.best is None:
        return Cell(_NEVER, tone=Tone.BAD)
    start, end = _time(result.best), _NEVER if result.worst is None else _time(result.worst)
    unit = end.rpartition(" ")[2]
    if start != end and start.endswith(f" {unit}"):
        start = start.removesuffix(f" {unit}")
    high = result.best if result.worst is None else result.worst
    figure = Figure(_rounded(result.best), _rounded(high), "months", at_least=result.worst is None)
    return Cell(" to ".join(dict.fromkeys((start, end))), figures=(figure,), sort=result.best)


def _figure(bill: Cost, code: str, cny_per_usd: Decimal, at_least: bool) -> Figure:
    low, high = (exact_cents(convert(end, bill.currency, code, cny_per_usd)) for end in (bill.low, bill.high))
    return Figure(low, high, code, at_least)


def _time(months: Decimal) -> str:
    """`12 days`, `2.5 months`, `3 years`: in the unit that says it shortest."""
    if months > _LIFETIME:
        return "over 99 years"
    if months >= _YEARS:
        return f"{rate_text(_rounded(months / 12))} years"
    if months >= 1:
        tenth = rate_text(_rounded(months))
        return f"{tenth} month" if tenth == "1" else f"{tenth} months"
    days = (months * _DAYS_A_MONTH).to_integral_value(rounding=ROUND_HALF_UP)
    return {0: "under a day", 1: "1 day"}.get(int(days), f"{days} days")


def _rounded(months: Decimal) -> Decimal:
    return months.quantize(_TENTH, rounding=ROUND_HALF_UP)
