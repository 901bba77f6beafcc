from __future__ import annotations

from decimal import Decimal

from migrate_cli.costs.breakeven import break_even
from migrate_cli.costs.lines import BreakEven
from migrate_cli.costs.pricing import Cost

YUAN = Decimal(7)
WORK = Decimal(100)


def bill(low: str, high: str | None = None, currency: str = "USD") -> Cost:
    return Cost(Decimal(low), Decimal(high or low), currency)


def test_the_work_divided_by_the_monthly_saving() -> None:
    assert break_even(WORK, "USD", [bill("60")], [bill("10")], YUAN) == BreakEven(
        WORK, "USD", Decimal(2), Decimal(2), True
    )


def test_a_range_gives_the_best_and_the_worst_case() -> None:
    result = break_even(WORK, "USD", [bill("60")], [bill("10", "40")], YUAN)
    assert (result.best, result.worst) == (2, 5)


def test_currencies_are_converted_once() -> None:
    assert break_even(WORK, "USD", [bill("60")], [bill("70", currency="CNY")], YUAN).best == 2


def test_a_dearer_target_never_pays() -> None:
    result = break_even(WORK, "USD", [bill("10")], [bill("60")], YUAN)
    assert (result.best, result.worst, result.known) == (None, None, True)


def test_the_same_price_never_pays() -> None:
    assert break_even(WORK, "USD", [bill("10")], [bill("10")], YUAN).best is None


def test_a_missing_price_leaves_it_unknown() -> None:
    result = break_even(WORK, "USD", [bill("60"), bill("1")], [bill("10"), None], YUAN)
    assert not result.known


def test_nothing_to_compare_is_unknown() -> None:
    assert not break_even(WORK, "USD", [], [], YUAN).known
