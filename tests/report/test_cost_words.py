from __future__ import annotations

from decimal import Decimal

from migrate_cli.costs.lines import Total
from migrate_cli.report.cost_words import bill_text, difference_text, price_brief, price_lines, total_text
from tests.costs.facts import price, tier

YUAN = Decimal("6.6529")


def test_a_price_is_shown_as_published_with_its_date() -> None:
    assert price_lines(price("0.8 0.23 2.8"), stale=False) == ("¥0.8 / 0.23 / 2.8", "as of 2026-10-27")


def test_tiers_and_peak_hours_are_shown() -> None:
    busy = price(
        "1 - 4",
        tiers=(tier(32_000, "2 - 8"),),
        peak_input=Decimal(2),
        peak_output=Decimal(8),
        peak_hours="mornings",
    )
    assert price_lines(busy, stale=False)[1:4] == ("over 32k: 2 / 8", "peak 2 / 8", "mornings")


def test_an_old_price_is_marked() -> None:
    assert price_lines(price("1 - 4"), stale=True)[-1] == "as of 2026-10-27 (old)"


def test_another_unit_is_named_with_its_variants() -> None:
    picture = price("- - -", unit="image", note="each: large 0.1")
    assert price_lines(picture, stale=False)[:2] == ("per image", "each: large 0.1")
    assert price_lines(price("0.006 - -", unit="minute"), stale=False)[0] == "¥0.006 per minute"


def test_what_is_missing_is_not_shown_as_zero() -> None:
    assert price_lines(None, stale=False) == ("no list price",)
    assert bill_text(None, YUAN) == "not priced"
    assert total_text(Total(None, at_least=True), YUAN) == "not priced"
    assert difference_text(None) == "–"


def test_the_brief_price_says_that_tiers_and_peak_hours_follow() -> None:
    tiered = price("6 - 24", tiers=(tier(32_000, "10 - 40"),))
    assert price_brief(tiered, stale=True) == "from ¥6 / 24 (old)"
    busy = price("1 - 4", peak_input=Decimal(2), peak_output=Decimal(8))
    assert price_brief(busy, stale=False) == "¥1 / 4, peak 2 / 8"


def test_the_brief_price_of_another_unit_is_not_per_token() -> None:
    assert price_brief(price("0.006 - -", unit="minute"), stale=False) == "¥0.006 per minute"
    assert price_brief(price("0.5 - -"), stale=False) == "¥0.5 in"


def test_a_missing_brief_price_is_not_zero() -> None:
    assert price_brief(None, stale=False) == "no list price"
