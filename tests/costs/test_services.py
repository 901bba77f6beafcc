"""Prices by the way, the hour and the size of requests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.types import PeakWindow, Rates
from migrate_cli.costs.pricing import Cost, at, cost
from migrate_cli.costs.volume import Cell, Volume
from migrate_cli.costs.workload import Workload
from tests.costs.facts import price, tier

MILLION = Volume(1000, 1_000_000, 400_000, 100_000)
OFFICE = {
    "peak_input": Decimal(2),
    "peak_output": Decimal(8),
    "peak_windows": (PeakWindow((1, 2, 3, 4, 5), 9, 12, 8),),
    "peak_hours": "mornings",
}
TIERED = {"tiers": (tier(32_000, "2 - 8"),)}
# Friday 2026-10-02 at 02:00 UTC is 10:00 in Beijing, in the window; two hours later it is 12:00 and past it.
FRIDAY = 497_474


def bill(
    cell: Cell, volume: Volume = MILLION, cached: bool = False, **fields: Any
) -> tuple[Decimal, Decimal]:
    rates = fields.pop("rates", "1 0.5 4")
    found = cost(price(rates, **fields), Workload("test", ((cell, volume),)), assume_cache=cached)
    assert found is not None
    return found.low, found.high


def plain(amount: str) -> tuple[Decimal, Decimal]:
    return Decimal(amount), Decimal(amount)


def test_a_request_in_peak_hours_pays_the_peak_rate() -> None:
    assert bill(Cell(hour=FRIDAY, least=0), **OFFICE) == plain("2.8")


@pytest.mark.parametrize("hour", [FRIDAY + 2, FRIDAY - 2, FRIDAY + 24, FRIDAY + 48])
def test_other_hours_and_the_weekend_pay_the_plain_rate(hour: int) -> None:
    assert bill(Cell(hour=hour, least=0), **OFFICE) == plain("1.4")


def test_an_unknown_hour_is_a_range() -> None:
    assert bill(Cell(least=0), **OFFICE) == (Decimal("1.4"), Decimal("2.8"))


def test_hours_that_are_only_told_in_words_are_a_range() -> None:
    assert bill(Cell(hour=FRIDAY, least=0), **(OFFICE | {"peak_windows": ()})) == (
        Decimal("1.4"),
        Decimal("2.8"),
    )


def test_a_batch_gets_its_discount() -> None:
    assert bill(Cell("batch", least=0), batch_discount=Decimal("0.5")) == plain("0.7")


def test_a_batch_without_a_discount_pays_in_full() -> None:
    assert bill(Cell("batch", least=0)) == plain("1.4")


def test_a_plain_request_gets_no_discount() -> None:
    assert bill(Cell(least=0), batch_discount=Decimal("0.5")) == plain("1.4")


def test_rates_of_a_service_are_used_for_it_alone() -> None:
    services = {"priority": Rates(Decimal(3), None, Decimal(8))}
    assert bill(Cell("priority", least=0), services=services) == plain("3.8")
    assert bill(Cell("flex", least=0), services=services) == plain("1.4")


def test_a_service_without_a_cached_rate_has_no_cheaper_cache() -> None:
    services = {"priority": Rates(Decimal(3), None, Decimal(8))}
    assert bill(Cell("priority", least=0), cached=True, services=services) == plain("3.8")


def test_filling_the_cache_has_a_rate_of_its_own() -> None:
    volume = Volume(1, 1_000_000, 0, 0, 1_000_000)
    assert bill(Cell(least=0), volume, cached=True, cache_write=Decimal("1.25")) == plain("1.25")


def test_a_whole_request_pays_the_tier_it_reaches() -> None:
    assert bill(Cell(least=32_001), tier_mode="whole_request", **TIERED) == plain("2.8")


def test_a_graduated_price_is_paid_step_by_step() -> None:
    volume = Volume(10, 1_000_000, 0, 100_000)
    expected = 10 * (32_000 * 1 + 68_000 * 2) + 100_000 * 4
    assert bill(Cell(least=32_001), volume, tier_mode="graduated", **TIERED) == plain(
        str(expected / 1_000_000)
    )


def test_an_unknown_mode_is_a_range_between_the_two() -> None:
    volume = Volume(10, 1_000_000, 0, 100_000)
    assert bill(Cell(least=32_001), volume, **TIERED) == (Decimal("2.08"), Decimal("2.8"))


def test_a_small_request_never_sees_a_tier() -> None:
    assert bill(Cell(least=0), **TIERED) == plain("1.4")


def test_sums_reach_no_tier_beyond_the_longest_request() -> None:
    assert bill(Cell(most=8_000), **TIERED) == plain("1.4")


def test_classes_are_priced_one_by_one() -> None:
    workload = Workload("test", ((Cell(least=0), MILLION), (Cell(least=32_001), MILLION)), Decimal(2))
    found = cost(price("1 - 4", tier_mode="whole_request", **TIERED), workload, assume_cache=False)
    assert found == Cost(Decimal("8.4"), Decimal("8.4"), "CNY")


def test_an_older_day_has_the_older_rates() -> None:
    model = open_catalogue().openai_model("o3")
    assert model is not None and model.price is not None
    before, after = at(model.price, date(2025, 6, 9)), at(model.price, date(2025, 6, 10))
    assert before is not None and after is not None
    assert (before.input, after.input) == (10, model.price.input)


def test_no_price_has_no_history() -> None:
    assert at(None, date(2026, 1, 1)) is None
