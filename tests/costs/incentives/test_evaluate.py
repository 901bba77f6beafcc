from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from migrate_cli.catalogue.offer_terms import Scope
from migrate_cli.catalogue.types import Offer
from migrate_cli.costs.incentives.results import Sums
from tests.costs.incentives.made import (
    TODAY,
    cut,
    demand,
    discount,
    offer,
    one,
    pool,
    renewing,
    tokens,
    voucher,
    weigh,
    worth,
)

# One model unless said otherwise: 1,000 tokens and 10 yuan a day. A month is 30.41666… days, ¥304.17.


def rounded(sums: Sums) -> tuple[str, str, str]:
    return str(cut(sums.month)), str(cut(sums.year)), str(cut(sums.steady))


def test_tokens_are_worth_what_they_cost_until_they_are_gone() -> None:
    value = worth(one(tokens(5_000), days=30))
    assert (value.days, value.used, value.saved, value.left, value.left_share) == (5, 5_000, 50, 0, 0)


def test_what_is_left_at_the_end_is_worth_nothing() -> None:
    # 10 days of 1,000 tokens out of 100,000: 90 % lapse.
    result = one(tokens(100_000), days=10)
    value = worth(result)
    assert (value.days, value.used, value.saved) == (10, 10_000, 100)
    assert (value.left, value.left_share, value.unit) == (90_000, Decimal("0.9"), "tokens")
    assert result.use_until == date(2026, 11, 30)


def test_an_end_in_the_middle_of_the_month_leaves_the_rest_to_pay() -> None:
    worths = weigh(offer(tokens(100_000), days=10))
    assert rounded(worths.saved) == ("100.00", "100.00", "0.00")
    assert rounded(worths.without) == ("304.17", "3650.00", "304.17")
    assert rounded(worths.remaining) == ("204.17", "3550.00", "304.17")


def test_tokens_for_more_than_a_month_save_all_of_it_and_then_some() -> None:
    # 40,000 tokens last 40 days.
    assert rounded(weigh(offer(tokens(40_000))).saved) == ("304.17", "400.00", "0.00")


def test_tokens_for_more_than_a_year_are_used_after_it_but_not_counted_in_it() -> None:
    value = worth(one(tokens(400_000)))
    assert (value.days, value.saved, value.sums.year) == (400, 4_000, 3_650)


def test_several_models_draw_on_grants_of_their_own() -> None:
    # 10,000 tokens each: a lasts 10 days (¥100), b 20 days at ¥20 (¥400).
    both = (demand("a"), demand("b", tokens=500, cost="20"))
    value = worth(one(tokens(10_000), demands=both))
    assert [(line.model, line.days, line.tokens, line.saved) for line in value.models] == [
        ("a", 10, 10_000, 100),
        ("b", 20, 10_000, 400),
    ]
    assert (value.granted, value.used, value.days, value.saved) == (20_000, 20_000, 10, 500)


def test_a_grant_for_each_of_many_models_is_only_worth_that_of_the_one_used() -> None:
    assert worth(one(tokens(1_000, "m", "n", "o"))).granted == 1_000


def test_several_models_empty_one_pool_together() -> None:
    # 1,500 tokens and ¥30 a day: 15,000 last 10 days.
    both = (demand("a"), demand("b", tokens=500, cost="20"))
    value = worth(one(pool(15_000), demands=both))
    assert (value.days, value.granted, value.saved) == (10, 15_000, 300)
    assert [line.tokens for line in value.models] == [10_000, 5_000]


def test_two_lines_of_one_model_share_its_grant() -> None:
    lines = (demand("a"), demand("a", tokens=3_000, cost="20", batch=True))
    value = worth(one(tokens(8_000), demands=lines))
    assert (value.granted, value.days, value.saved) == (8_000, 2, 60)


def everything() -> tuple[Offer, ...]:
    """One offer of each kind for one model, in the wrong order."""
    return (
        offer(discount("10"), id="discount"),
        offer(voucher("50"), id="voucher"),
        offer(pool(6_000), id="pool", days=60),
        offer(tokens(10_000), id="later", days=20),
        offer(tokens(100_000), id="sooner", days=5),
    )


def test_offers_are_drawn_one_after_the_other() -> None:
    # Day 0 to 5 sooner ¥50, to 15 later ¥100, to 21 pool ¥60, to 26 voucher ¥50, then ¥1 a day.
    found = {result.offer.id: worth(result) for result in weigh(*everything()).offers}
    assert {name: value.saved for name, value in found.items()} == {
        "discount": 339,
        "voucher": 50,
        "pool": 60,
        "later": 100,
        "sooner": 50,
    }
    assert [found[name].days for name in ("sooner", "later", "pool", "voucher", "discount")] == [
        5,
        10,
        6,
        5,
        None,
    ]


def test_together_they_are_not_counted_twice() -> None:
    # ¥260 by day 26, then 4.41666 days of the month and 339 of the year at ¥1.
    assert rounded(weigh(*everything()).saved) == ("264.42", "599.00", "30.42")


def test_the_order_of_the_catalogue_changes_nothing_in_the_sums() -> None:
    assert weigh(*everything()).saved == weigh(*reversed(everything())).saved


def test_a_grant_that_waits_can_lapse_meanwhile() -> None:
    # The first lasts 5 days; of the second, 7 days, only 2 days are left by then.
    first, second = weigh(offer(tokens(5_000), id="a", days=6), offer(tokens(9_000), id="b", days=7)).offers
    assert (worth(first).saved, worth(second).saved, worth(second).left) == (50, 20, 7_000)


def test_an_offer_that_never_gets_its_turn_says_so() -> None:
    late = weigh(offer(tokens(9_000), id="a", days=5), offer(pool(9_000), id="b", days=4)).offers[1]
    assert (late.counts, worth(late).saved, worth(late).left_share) == (True, 0, 1)
    assert "never drawn on: other offers come first until it ends" in late.remarks


def test_the_providers_own_order_comes_before_the_end() -> None:
    sooner = offer(tokens(5_000), id="sooner", days=10, stack_order=2)
    later = offer(tokens(5_000), id="later", days=90, stack_order=1)
    found = {result.offer.id: worth(result).saved for result in weigh(sooner, later).offers}
    assert found == {"later": 50, "sooner": 50}
    assert worth(weigh(sooner, later, demands=(demand(tokens=500),)).offers[0]).saved == 0


def test_a_voucher_never_makes_a_line_negative() -> None:
    worths = weigh(offer(voucher("1000"), days=10))
    value = worth(worths.offers[0])
    assert (value.used, value.left, value.left_share, value.unit) == (100, 900, Decimal("0.9"), "CNY")
    assert rounded(worths.remaining) == ("204.17", "3550.00", "304.17")


def test_a_voucher_pays_only_what_tokens_leave() -> None:
    a, b = demand("a"), demand("b", cost="5")
    found = weigh(offer(tokens(10_000, "a"), id="t", days=10), offer(voucher("100"), id="v"), demands=(a, b))
    # Ten days of b alone (¥50), then ¥15 a day: the other ¥50 last 3 1/3 days.
    assert cut(worth(found.offers[1]).days, "0.001") == Decimal("13.333")
    assert rounded(found.saved) == ("200.00", "200.00", "0.00")


def test_a_discount_applies_to_the_rest_and_the_next_to_what_that_leaves() -> None:
    # 10 - 50 % = 5, - 10 % = 4.5 a day.
    found = weigh(offer(discount("50"), id="a"), offer(discount("10"), id="b"))
    assert rounded(found.remaining) == ("136.88", "1642.50", "136.88")


def test_a_discount_with_an_end_is_over_in_the_steady_month() -> None:
    assert rounded(weigh(offer(discount("50"), until=date(2026, 12, 20))).saved) == (
        "150.00",
        "150.00",
        "0.00",
    )


def test_a_grant_that_renews_goes_on_saving() -> None:
    # 250 of 1,000 tokens each day: a quarter.
    value = worth(one(renewing(250), period="day"))
    assert (value.lasting, value.days, value.granted) == (True, None, None)
    assert rounded(value.sums) == ("76.04", "912.50", "76.04")
    assert (value.saved, value.tokens) == (Decimal("912.5"), 91_250)


def test_a_grant_that_renews_never_saves_more_than_the_use() -> None:
    assert rounded(weigh(offer(renewing(100_000), period="week")).remaining) == ("0.00", "0.00", "0.00")


def test_an_offer_that_opens_later_leaves_the_first_days_to_pay() -> None:
    found = weigh(offer(tokens(100_000), begins_on=TODAY, until=date(2026, 12, 1)), start=date(2026, 11, 16))
    # From 21 November to 1 December: 11 days; the program started five days before the offer.
    assert (worth(found.offers[0]).days, found.saved.month) == (11, 110)


def test_claimed_before_a_late_start() -> None:
    result = one(tokens(10**9), claim_until=date(2026, 12, 31), days=365, start=date(2027, 2, 1))
    assert (worth(result).days, worth(result).saved) == (333, 3_330)
    assert (result.claim_on, result.claim_until, result.use_until) == (
        date(2026, 12, 31),
        date(2026, 12, 31),
        date(2027, 12, 30),
    )
    assert result.remarks[0].startswith("to be claimed by 2026-12-31, before the start on 2027-02-01")


def test_a_leap_year_gives_no_extra_day_of_use() -> None:
    start = date(2028, 1, 1)
    result = one(tokens(10**9), days=365, as_of=start, start=start)
    assert (worth(result).days, result.use_until) == (365, date(2028, 12, 30))


def test_use_until_a_day_counts_the_leap_day() -> None:
    start = date(2028, 2, 28)
    assert worth(one(tokens(10**9), until=date(2028, 3, 1), as_of=start, start=start)).days == 3


def test_the_sums_do_not_drift() -> None:
    # A third of a token and of a yuan a day, on a grant of exactly 40 days.
    third = Decimal(1) / 3
    value = worth(one(tokens(40), demands=(demand(cost="1", input=Decimal(1)),)))
    assert (value.days, value.left) == (40, 0)
    assert worth(one(tokens(1), demands=(demand(input=third, cost="1"),))).left == 0


def test_nothing_used_saves_nothing() -> None:
    found = weigh(offer(tokens(1_000)), demands=())
    assert (found.saved, found.without, found.currency) == (
        Sums(*[Decimal(0)] * 3),
        Sums(*[Decimal(0)] * 3),
        None,
    )
    assert found.offers[0].why_not == "there is nothing to use it for"


def test_the_same_twice_is_the_same() -> None:
    assert weigh(*everything()) == weigh(*everything())


def test_those_that_count_come_first() -> None:
    found = weigh(
        offer(id="gone", verdict="expired"),
        offer(id="maybe", verdict="unverified"),
        offer(tokens(1), id="sure"),
    )
    assert [result.offer.id for result in found.offers] == ["sure", "maybe", "gone"]


def test_offers_of_several_providers_are_refused() -> None:
    with pytest.raises(ValueError, match="several providers"):
        weigh(offer(provider="glm"), offer(provider="qwen"))


def test_bills_in_several_currencies_are_refused() -> None:
    with pytest.raises(ValueError, match="several currencies"):
        weigh(demands=(demand("a"), demand("b", currency="USD")))


def test_one_pool_described_twice_counts_once() -> None:
    found = weigh(offer(pool(1_000), id="a", title="A"), offer(pool(1_000), id="b"))
    assert found.saved.year == 10
    assert (found.offers[1].counts, found.offers[1].why_not) == (False, "the same tokens as 'A'")


def test_two_pools_count_both() -> None:
    assert weigh(offer(pool(1_000), id="a"), offer(pool(1_000, name="q"), id="b")).saved.year == 20


def test_an_offer_can_be_for_output_only() -> None:
    line = demand(input=Decimal(500), output=Decimal(100), cost="10", output_cost=Decimal(8))
    value = worth(one(tokens(1_000, scope=Scope(token_classes=("output",))), demands=(line,)))
    assert (value.days, value.saved) == (10, 80)


def test_cached_tokens_can_be_left_out() -> None:
    # 300 fresh and 100 output tokens for ¥9 are covered, 100 cached ones for ¥1 are not.
    line = demand(input=Decimal(400), cached=Decimal(100), output=Decimal(100), cached_cost=Decimal(1))
    result = weigh(offer(tokens(4_000, scope=Scope(excludes=("context_cache",)))), demands=(line,))
    assert (worth(result.offers[0]).days, result.saved.year) == (10, 90)


def test_a_start_long_after_the_report_still_counts_from_the_start() -> None:
    later = TODAY + timedelta(days=100)
    assert worth(one(tokens(5_000), days=30, start=later)).days == 5
