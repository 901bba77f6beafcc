from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from migrate_cli.costs.difference import difference
from migrate_cli.costs.money import cents, convert
from migrate_cli.costs.pricing import Cost, cost, unpriced
from migrate_cli.costs.volume import Cell, Volume
from migrate_cli.costs.workload import CHAT_PROFILES, EMBEDDING_PROFILES, Workload
from tests.costs.facts import price, tier

MID = CHAT_PROFILES[1]
LONG = Workload("long", ((Cell(), Volume(10, 500_000, 0, 10_000)),))
YUAN = Decimal("6.6529")
USD = {"currency": "USD"}
DEEPSEEK = {"peak_input": Decimal(2), "peak_output": Decimal(8), "peak_hours": "weekday mornings"}
DEEPSEEK_PRO = {"peak_input": Decimal(9), "peak_output": Decimal(27)}


@pytest.mark.parametrize(
    ("rates", "fields", "cached", "own", "dollars"),
    [
        ("2.50 1.25 10.00", USD, True, ("600.00", "600.00"), ("600.00", "600.00")),
        ("0.10 0.01 0.50", USD, True, ("25.90", "25.90"), ("25.90", "25.90")),
        ("0.10 0.01 0.50", USD, False, ("29.50", "29.50"), ("29.50", "29.50")),
        ("0.15 - 1.5", {}, False, ("70.50", "70.50"), ("10.60", "10.60")),
        ("0.8 - 2", {}, False, ("166.00", "166.00"), ("24.95", "24.95")),
        ("0.8 - 2.8", {}, False, ("194.00", "194.00"), ("29.16", "29.16")),
        ("0.8 - 3.2", {}, False, ("208.00", "208.00"), ("31.26", "31.26")),
        ("1 - 4", DEEPSEEK, False, ("260.00", "520.00"), ("39.08", "78.16")),
        ("4.5 - 13.5", DEEPSEEK_PRO, False, ("1012.50", "2025.00"), ("152.19", "304.38")),
        ("8 - 28", {}, False, ("1940.00", "1940.00"), ("291.60", "291.60")),
    ],
)
def test_the_worked_example(
    rates: str, fields: dict[str, Any], cached: bool, own: tuple[str, str], dollars: tuple[str, str]
) -> None:
    bill = cost(price(rates, **fields), MID, assume_cache=cached)
    assert bill is not None
    assert tuple(str(cents(end)) for end in (bill.low, bill.high)) == own
    converted = (convert(end, bill.currency, "USD", YUAN) for end in (bill.low, bill.high))
    assert tuple(str(cents(end)) for end in converted) == dollars


def test_both_sentences_of_the_worked_example_are_true() -> None:
    today = cost(price("2.50 1.25 10.00", **USD), MID, assume_cache=True)
    named = cost(price("0.10 0.01 0.50", **USD), MID, assume_cache=True)
    glm = cost(price("0.8 - 2.8"), MID, assume_cache=False)
    against = [difference(glm, baseline, YUAN) for baseline in (today, named)]
    assert [item.words for item in against if item] == ["95% cheaper", "13% dearer"]


def test_a_missing_cached_rate_means_the_full_one() -> None:
    assert cost(price("1 - 4"), MID, assume_cache=True) == cost(price("1 - 4"), MID, assume_cache=False)


@pytest.mark.parametrize(
    ("rates", "fields", "reason"),
    [
        ("- - 4", {}, "no published input price"),
        ("1 - -", {}, "no published output price"),
        ("0 0 0", {}, "a price of 0 is listed without a reason"),
        ("1 - -", {"unit": "image"}, "priced per image, which a workload in tokens does not tell"),
        (
            "15 - -",
            {"unit": "1M_characters"},
            "priced per 1M characters, which a workload in tokens does not tell",
        ),
    ],
)
def test_unknown_is_not_free(rates: str, fields: dict[str, Any], reason: str) -> None:
    assert cost(price(rates, **fields), MID, assume_cache=False) is None
    assert unpriced(price(rates, **fields), MID) == reason


def test_no_price_at_all_is_said() -> None:
    assert unpriced(None, MID) == "no list price found"


def test_a_price_of_zero_keeps_its_reason() -> None:
    bill = cost(price("0 0 0", reason="free of charge"), MID, assume_cache=False)
    assert bill == Cost(Decimal(0), Decimal(0), "CNY", reason="free of charge")


def test_a_price_above_zero_has_no_reason() -> None:
    bill = cost(price("1 - 4", reason="promotion"), MID, assume_cache=False)
    assert bill is not None and bill.reason is None


def test_an_embedding_needs_no_output_price() -> None:
    bill = cost(price("0.5 - -"), EMBEDDING_PROFILES[1], assume_cache=False)
    assert bill is not None and bill.low == bill.high == Decimal(60)


def test_a_tier_that_the_mean_request_does_not_reach_is_left_out() -> None:
    tiered = price("1 - 4", tiers=(tier(1_200, "2 - 8"),), tier_mode="whole_request")
    assert cost(tiered, MID, assume_cache=False) == cost(price("1 - 4"), MID, assume_cache=False)


def test_a_huge_month_of_small_requests_stays_in_the_base_tier() -> None:
    tiered = price("1 - 4", tiers=(tier(128_000, "2 - 8"),))
    bill = cost(tiered, CHAT_PROFILES[2], assume_cache=False)
    assert bill is not None and bill.low == bill.high and bill.note is None


def test_a_tier_that_is_reached_makes_a_range() -> None:
    tiered = price("1 - 4", tiers=(tier(32_000, "2 - 8"), tier(128_000, "4 - 16")))
    bill = cost(tiered, LONG, assume_cache=False)
    assert bill == Cost(
        Decimal("0.54"), Decimal("2.16"), "CNY", note="base tier to the highest tier a request may reach"
    )


def test_a_reached_tier_without_a_price_is_unpriced() -> None:
    tiered = price("1 - 4", tiers=(tier(32_000, "- - -"),))
    assert cost(tiered, LONG, assume_cache=False) is None
    assert unpriced(tiered, LONG) == "no published price above 32,000 input tokens"


def test_peak_hours_make_a_range_with_its_hours() -> None:
    bill = cost(price("1 - 4", **DEEPSEEK), MID, assume_cache=False)
    assert bill is not None and bill.note == "off-peak to all at peak (weekday mornings)"


def test_a_single_rate_is_not_a_range() -> None:
    bill = cost(price("1 - 4"), MID, assume_cache=False)
    assert bill is not None and bill.low == bill.high and bill.note is None
