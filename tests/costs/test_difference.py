from __future__ import annotations

from decimal import Decimal

import pytest

from migrate_cli.costs.difference import Difference, difference
from migrate_cli.costs.pricing import Cost

YUAN = Decimal("6.6529")


def dollars(low: str, high: str | None = None) -> Cost:
    return Cost(Decimal(low), Decimal(high or low), "USD")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("-95.1", "-95.1", "95% cheaper"),
        ("12.6", "12.6", "13% dearer"),
        ("1050", "1050", "1,050% dearer"),
        ("0", "0", "the same price"),
        ("-100", "-100", "free of charge"),
        ("-99.9", "-99.9", "over 99% cheaper"),
        ("0.2", "0.2", "under 1% dearer"),
        ("-65", "-31", "31 to 65% cheaper"),
        ("51", "202", "51 to 202% dearer"),
        ("-35", "30", "35% cheaper to 30% dearer"),
    ],
)
def test_words(low: str, high: str, words: str) -> None:
    assert Difference(Decimal(low), Decimal(high)).words == words


def test_currencies_are_brought_together_first() -> None:
    result = difference(Cost(YUAN, YUAN, "CNY"), dollars("1"), YUAN)
    assert result is not None and result.words == "the same price"


def test_ranges_keep_the_widest_ends() -> None:
    result = difference(dollars("5", "10"), dollars("10", "20"), YUAN)
    assert result == Difference(Decimal("-75.00"), Decimal("0"))


@pytest.mark.parametrize(
    ("bill", "baseline"), [(None, dollars("1")), (dollars("1"), None), (dollars("1"), dollars("0"))]
)
def test_nothing_is_said_without_two_bills(bill: Cost | None, baseline: Cost | None) -> None:
    assert difference(bill, baseline, YUAN) is None
