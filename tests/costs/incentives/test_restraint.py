"""What does not count as money, and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from migrate_cli.catalogue.offer_terms import Grant, Scope
from tests.costs.incentives.made import (
    COMPANY,
    NEW,
    cut,
    demand,
    discount,
    free,
    offer,
    one,
    pool,
    renewing,
    tokens,
    voucher,
    weigh,
    worth,
)

PRICED_IN = Grant(kind="discount", percent=Decimal(50), priced_in=True)
MATCHED = Grant(kind="matched_to_openai_usage", ratio=Decimal(1))
BATCHLESS = tokens(1_000, scope=Scope(excludes=("batch",)))
CACHELESS = tokens(1_000, scope=Scope(excludes=("context_cache",)))


@pytest.mark.parametrize("verdict", ["active_reported", "unverified"])
def test_hearsay_is_no_money_but_says_what_it_would_be(verdict: str) -> None:
    found = weigh(offer(tokens(5_000), verdict=verdict))
    (result,) = found.offers
    assert (result.counts, result.value, result.up_to) == (False, None, 50)
    assert result.why_not is not None and "ask them" in result.why_not
    assert found.saved.year == 0


@pytest.mark.parametrize("verdict", ["expired", "rejected"])
def test_what_is_over_or_not_credible_would_be_nothing(verdict: str) -> None:
    result = one(tokens(5_000), verdict=verdict)
    assert (result.counts, result.up_to, result.questions) == (False, None, ())


def test_the_last_day_to_claim_is_over_on_the_next() -> None:
    results = [one(tokens(1_000), claim_until=date(2026, 11, day)) for day in (21, 20)]
    assert [result.counts for result in results] == [True, False]
    assert results[1].verdict == "expired"


def test_an_offer_that_has_not_begun_waits() -> None:
    result = one(tokens(1_000), begins_on=date(2026, 12, 1))
    assert (result.counts, result.why_not, result.up_to) == (False, "it begins on 2026-12-01", None)


def test_an_open_condition_is_a_question_and_no_money() -> None:
    found = weigh(offer(tokens(5_000), needs=(NEW, COMPANY)), answers={"enterprise": True})
    (result,) = found.offers
    assert (result.counts, result.why_not, result.up_to) == (False, "not answered: new_account", 50)
    assert result.questions == found.questions == (NEW,)


def test_all_conditions_met_count() -> None:
    result = one(tokens(5_000), needs=(NEW, COMPANY), answers={"enterprise": True, "new_account": True})
    assert (result.counts, result.questions, worth(result).saved) == (True, (), 50)


def test_a_condition_not_met_ends_it_without_further_questions() -> None:
    result = one(tokens(5_000), needs=(NEW, COMPANY), answers={"enterprise": False})
    assert (result.counts, result.why_not, result.up_to) == (False, "not for you: enterprise", None)
    assert result.questions == ()


def test_nothing_is_asked_about_hearsay_or_what_cannot_be_used() -> None:
    hearsay = offer(tokens(1), needs=(NEW,), verdict="unverified", id="a")
    useless = offer(tokens(1, "another"), needs=(NEW,), id="b")
    assert weigh(hearsay, useless).questions == ()


@pytest.mark.parametrize(
    ("grant", "why", "up_to"),
    [
        (Grant(kind="one_off_tokens"), "no amount is published", None),
        (Grant(kind="voucher_money"), "no amount is published", None),
        (Grant(kind="discount"), "no amount is published", None),
        (Grant(kind="help_service"), "help, not money", None),
        (MATCHED, "it depends on how much OpenAI usage the provider accepts", None),
        (PRICED_IN, "the prices shown have it already", None),
        (renewing(1_000), "how often it renews is not published", None),
        (free("m", None), "its limits are not published", None),
        (voucher("5", "USD"), "it is in USD, the bill in CNY", None),
        (tokens(1_000, "glm-4"), "only for glm-4", 0),
        (discount("50", kinds=("speech",)), "only for speech models", 0),
    ],
)
def test_why_a_grant_is_no_money(grant: Grant, why: str, up_to: int | None) -> None:
    result = one(grant)
    assert (result.counts, result.why_not, result.up_to) == (False, why, up_to)


def test_an_unknown_half_keeps_the_worth_unknown_and_help_does_not() -> None:
    for_another = tokens(1_000, "glm-4")
    assert one(for_another, MATCHED).up_to is None
    assert one(for_another, Grant(kind="help_service")).up_to == 0


def test_hearsay_that_would_be_of_no_use_says_so() -> None:
    result = one(tokens(1_000, "glm-4"), verdict="unverified")
    assert (result.up_to, result.remarks[0]) == (0, "even if it were confirmed: only for glm-4")
    assert one(tokens(1_000), verdict="unverified", days=3).remarks == ()


def test_an_offer_without_any_terms_is_no_money() -> None:
    assert one().why_not == "no amount is published"


def test_half_an_offer_counts_where_the_other_half_does_not() -> None:
    assert worth(one(tokens(5_000), MATCHED, Grant(kind="help_service"))).saved == 50


def test_a_grant_on_a_retired_model_is_worth_nothing() -> None:
    result = one(tokens(1_000, "m"), demands=(demand(retired=True),))
    assert (result.counts, result.why_not) == (False, "m is retired, so a grant on it is worth nothing")


def test_what_a_retired_model_leaves_is_not_given_to_another() -> None:
    both = (demand("old", retired=True), demand("new"))
    assert [line.model for line in worth(one(tokens(1_000), demands=both)).models] == ["new"]


def test_batch_calls_can_be_left_out() -> None:
    assert one(BATCHLESS, demands=(demand(batch=True),)).why_not == "not for batch calls"
    both = (demand(batch=True), demand())
    assert worth(one(BATCHLESS, demands=both)).days == 1


def test_a_share_of_a_cost_is_not_guessed() -> None:
    line = demand(cached=Decimal(400))
    result = one(CACHELESS, demands=(line,))
    assert result.why_not == "what the tokens it covers cost is not told apart from the others"
    assert one(tokens(1_000), demands=(line,)).counts


def test_what_is_told_of_the_output_does_not_stand_for_the_rest() -> None:
    line = demand(cached=Decimal(400), output=Decimal(100), output_cost=Decimal(8))
    assert not one(CACHELESS, demands=(line,)).counts
    told = demand(cached=Decimal(400), output=Decimal(100), output_cost=Decimal(8), cached_cost=Decimal(1))
    # 600 fresh and 100 output tokens a day for ¥9: 1,000 tokens are worth 9/7 of ¥10.
    assert cut(worth(one(CACHELESS, demands=(told,))).saved) == Decimal("12.86")


def test_a_use_of_cached_tokens_alone_has_nothing_to_cover() -> None:
    line = demand(cached=Decimal(1_000))
    assert one(CACHELESS, demands=(line,)).why_not == "there is nothing to use it for"


@pytest.mark.parametrize(
    ("peaks", "why"),
    [
        ({"peak_requests": Decimal(60)}, None),
        ({"peak_requests": Decimal(61)}, "limited to 60 requests a minute, which the busiest minute exceeds"),
        ({}, "limited to 60 requests a minute, and the busiest minute is not known"),
    ],
)
def test_a_limited_free_model_counts_only_where_the_use_fits(peaks: dict[str, Any], why: str | None) -> None:
    result = one(free("m", 60), demands=(demand(**peaks),))
    assert (result.why_not, result.counts) == (why, why is None)


def test_every_published_limit_has_to_fit() -> None:
    line = demand(peak_requests=Decimal(1), peak_tokens=Decimal(5_000))
    assert one(free("m", 60, 5_000), demands=(line,)).counts
    assert "4,999 tokens a minute, which" in (one(free("m", 60, 4_999), demands=(line,)).why_not or "")


def test_two_lines_of_a_model_have_to_fit_its_limit_together() -> None:
    line = demand(peak_requests=Decimal(40))
    assert not one(free("m", 60), demands=(line, demand(batch=True, peak_requests=Decimal(40)))).counts


def test_a_free_model_that_fits_pays_for_all_of_it_before_anything_else() -> None:
    line = demand(peak_requests=Decimal(1))
    free_one, bound = weigh(
        offer(free("m", 60), id="a"), offer(tokens(500), id="b", days=5), demands=(line,)
    ).offers
    assert (worth(free_one).saved, worth(bound).saved, worth(bound).left) == (3_650, 0, 500)


def test_an_offer_of_the_platform_that_was_priced_counts() -> None:
    assert weigh(offer(tokens(1_000), site="china"), site="china").offers[0].counts
    assert weigh(offer(tokens(1_000)), site="international").offers[0].counts


@pytest.mark.parametrize("site", ["international", None])
def test_an_offer_of_one_platform_is_no_money_on_another_or_an_unknown_one(site: str | None) -> None:
    (result,) = weigh(offer(tokens(1_000), site="china"), site=site).offers
    assert (result.counts, result.why_not, result.up_to) == (False, "only on the china site", None)


def test_an_offer_that_ends_before_the_start_is_no_money() -> None:
    result = one(tokens(1_000), until=date(2026, 12, 1), start=date(2026, 12, 2))
    assert (result.counts, result.why_not) == (False, "it would be over before the first day of use")
    assert (result.claim_on, result.use_until, result.up_to) == (None, None, None)


def test_without_a_price_nothing_is_known_to_be_saved() -> None:
    found = weigh(offer(tokens(5_000)), demands=(demand(cost=None),))
    assert (found.offers[0].counts, found.offers[0].why_not) == (False, "what it pays for has no price")
    assert (found.offers[0].up_to, found.at_least) == (None, True)


def test_a_model_without_a_price_takes_its_tokens_but_saves_no_money() -> None:
    both = (demand("a"), demand("b", cost=None))
    found = weigh(offer(pool(10_000)), demands=both)
    value = worth(found.offers[0])
    assert (value.days, value.saved, value.at_least, found.without.year) == (5, 50, True, 3_650)
    assert [line.saved for line in value.models] == [50, None]


def test_a_voucher_does_not_pay_for_what_has_no_price() -> None:
    both = (demand("a"), demand("b", cost=None))
    assert [line.model for line in worth(one(voucher("50"), demands=both)).models] == ["a"]
    assert one(voucher("50"), demands=(demand(cost=None),)).why_not == "m has no price"


def test_one_account_is_said_to_be_one() -> None:
    assert (
        "one for the whole account: all its keys, users and teams share it"
        in one(tokens(1), shared_by="account").remarks
    )
    assert one(tokens(1), days=3).remarks == ()


def test_what_happens_at_zero_is_said_only_where_it_is_known() -> None:
    assert one(tokens(1), on_exhaustion="stops", days=3).remarks == ("when it is used up, calls are refused",)


def test_an_unpublished_end_is_said() -> None:
    assert one(tokens(1)).remarks == ("no end is published",)
