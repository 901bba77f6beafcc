from __future__ import annotations

from decimal import Decimal

from migrate_cli.costs.lines import Total
from migrate_cli.costs.pricing import Cost
from migrate_cli.costs.totals import shared_difference, total

YUAN = Decimal(7)
NOTHING = (None, None, None)


def bills(amount: str, currency: str = "USD") -> tuple[Cost, Cost, Cost]:
    cost = Cost(Decimal(amount), Decimal(amount), currency)
    return (cost, cost, cost)


def test_one_currency_is_kept() -> None:
    result = total([bills("7", "CNY"), bills("14", "CNY")], YUAN, 3)
    assert result[0] == Total(Cost(Decimal(21), Decimal(21), "CNY"), at_least=False)


def test_two_currencies_become_dollars() -> None:
    result = total([bills("7", "CNY"), bills("2")], YUAN, 3)
    assert result[0] == Total(Cost(Decimal(3), Decimal(3), "USD"), at_least=False)


def test_a_gap_makes_the_sum_a_lower_bound() -> None:
    assert total([bills("2"), NOTHING], YUAN, 3)[0] == Total(
        Cost(Decimal(2), Decimal(2), "USD"), at_least=True
    )


def test_gaps_alone_have_no_sum() -> None:
    assert total([NOTHING, NOTHING], YUAN, 3) == (Total(None, at_least=True),) * 3


def test_a_free_sum_says_why_and_a_paid_one_does_not() -> None:
    free = (Cost(Decimal(0), Decimal(0), "USD", reason="free beta"),) * 3
    sums = [total(lines, YUAN, 3)[0].bill for lines in ([free, free], [free, bills("2")])]
    assert [bill.reason for bill in sums if bill] == ["free beta", None]


def test_no_models_is_no_sum_and_no_gap() -> None:
    assert total([], YUAN, 3) == (Total(None, at_least=False),) * 3


def test_differences_leave_out_what_one_side_cannot_price() -> None:
    differences, shared = shared_difference(
        [bills("1"), bills("50"), NOTHING], [bills("2"), NOTHING, bills("9")], YUAN, 3
    )
    assert shared == 1
    assert [item.words for item in differences if item] == ["50% cheaper"] * 3


def test_nothing_shared_is_no_difference() -> None:
    assert shared_difference([NOTHING], [bills("2")], YUAN, 3) == (NOTHING, 0)
