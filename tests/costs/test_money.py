from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from migrate_cli.catalogue.types import Fact, Rate
from migrate_cli.costs.money import (
    at_least,
    both,
    cents,
    convert,
    cost_text,
    exact_cents,
    exchange,
    rate_text,
    up_to,
)
from migrate_cli.costs.pricing import Cost
from migrate_cli.model import UserError

YUAN = Decimal("6.6529")
RATE = Rate(YUAN, YUAN, Decimal("7.1271"), Fact("2026-10-30", "ECB", "high"))
TODAY = date(2026, 11, 21)


def test_yuan_come_first_where_the_price_is_in_yuan() -> None:
    assert both(Decimal(194), "CNY", YUAN) == "¥194.00 ($29.16)"


def test_dollars_come_first_where_the_price_is_in_dollars() -> None:
    assert both(Decimal(600), "USD", YUAN) == "$600.00 (¥3,991.74)"


def test_a_range_shows_both_ends_in_both_currencies() -> None:
    bill = Cost(Decimal("1012.5"), Decimal(2025), "CNY")
    assert cost_text(bill, YUAN) == "¥1,012.50 to 2,025.00 ($152.19 to 304.38)"


@pytest.mark.parametrize(("amount", "shown"), [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68")])
def test_rounding_is_half_up(amount: str, shown: str) -> None:
    assert str(cents(Decimal(amount))) == shown


def test_the_same_currency_is_left_as_it_is() -> None:
    assert convert(Decimal("1.23456789"), "CNY", "CNY", YUAN) == Decimal("1.23456789")


def test_conversion_does_not_round() -> None:
    assert convert(Decimal(1), "USD", "CNY", YUAN) == YUAN


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="no exchange rate for EUR"):
        convert(Decimal(1), "EUR", "USD", YUAN)


@pytest.mark.parametrize(
    ("rate", "shown"), [("0.075", "0.075"), ("2.50", "2.5"), ("10", "10"), ("0", "0"), ("0.0", "0")]
)
def test_list_prices_are_shown_as_published(rate: str, shown: str) -> None:
    assert rate_text(Decimal(rate)) == shown


def test_an_unknown_rate_is_not_shown_as_zero() -> None:
    assert rate_text(None) == "?"


def test_the_default_rate_keeps_its_date() -> None:
    chosen = exchange(RATE, None, TODAY)
    assert (chosen.cny_per_usd, chosen.as_of, chosen.old) == (YUAN, "2026-10-30", False)
    assert f"{chosen.effect:.1f}" == "-6.7"


def test_the_users_rate_goes_first_and_has_no_date() -> None:
    chosen = exchange(RATE, Decimal("6.70"), TODAY)
    assert (chosen.cny_per_usd, chosen.as_of, chosen.source) == (Decimal("6.70"), None, "given by you")


@pytest.mark.parametrize(("day", "old"), [(date(2026, 12, 14), False), (date(2026, 12, 15), True)])
def test_a_default_rate_is_old_after_45_days(day: date, old: bool) -> None:
    assert exchange(RATE, None, day).old is old


@pytest.mark.parametrize("value", ["0", "-1", "NaN", "Infinity"])
def test_an_impossible_rate_is_a_users_mistake(value: str) -> None:
    with pytest.raises(UserError, match="must be a positive number"):
        exchange(RATE, Decimal(value), TODAY)


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        ("0.0049", "0.0049", "under ¥0.01 (under $0.01)"),
        ("0.005", "0.005", "¥0.01 (under $0.01)"),
        ("0.001", "12", "under ¥0.01 to 12.00 (under $0.01 to 1.80)"),
        ("0", "0.001", "¥0.00 to under 0.01 ($0.00 to under 0.01)"),
    ],
)
def test_what_is_not_nothing_never_looks_like_it(low: str, high: str, shown: str) -> None:
    assert cost_text(Cost(Decimal(low), Decimal(high), "CNY"), YUAN) == shown


def test_nothing_is_not_called_under_a_cent() -> None:
    assert both(Decimal(0), "CNY", YUAN) == "¥0.00 ($0.00)"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("¥12.00", "at least ¥12.00", "up to ¥12.00"),
        ("under $0.01", "over $0", "under $0.01"),
        ("under $0.01 to 5.00", "over $0 to 5.00", "under $0.01 to 5.00"),
        ("under $0.01 (¥0.02)", "over $0 (¥0.02)", "under $0.01 (¥0.02)"),
    ],
)
def test_bounds_are_said_in_words_that_fit(text: str, least: str, most: str) -> None:
    assert (at_least(text), up_to(text)) == (least, most)


@pytest.mark.parametrize(
    ("amount", "kept"), [("12.345", "12.35"), ("0", "0.00"), ("0.00123", "0.0012"), ("0.005", "0.01")]
)
def test_machines_get_digits_where_cents_would_be_zero(amount: str, kept: str) -> None:
    assert format(exact_cents(Decimal(amount)), "f") == kept
