"""The offers of the catalogue, against the worked example of the cost report.

A month of it: 100,000 requests with 120M tokens in and 35M out, 155M together.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.costs.incentives.demand import Demand
from migrate_cli.costs.incentives.evaluate import evaluate
from migrate_cli.costs.incentives.results import Incentives, OfferResult
from tests.costs.incentives.made import TODAY, cut, worth

OFFERS = open_catalogue().offers()
ALL = {need.word: True for offer in OFFERS for need in offer.terms.needs}
MILLION = Decimal(1_000_000)
PROVIDERS = sorted({offer.provider for offer in OFFERS if offer.provider})


def example(model: str, month: str, days: Decimal = Decimal(30), kind: str = "chat") -> Demand:
    """The worked example for a day, at `month` yuan a month of `days`."""
    return Demand(
        model, 120 * MILLION / days, Decimal(0), 35 * MILLION / days, Decimal(month) / days, "CNY", kind=kind
    )


def weighed(
    provider: str,
    demand: Demand,
    answers: dict[str, bool] = ALL,
    as_of: date = TODAY,
    start: date | None = None,
) -> Incentives:
    offers = [offer for offer in OFFERS if offer.provider == provider]
    return evaluate(offers, (demand,), as_of=as_of, start=start or as_of, answers=answers, site="china")


def result(found: Incentives, name: str) -> OfferResult:
    return next(one for one in found.offers if one.offer.id == name)


def test_alibabas_million_covers_hours_of_the_worked_example() -> None:
    # 1M of 155M is 0.645 %: of a month of 30 days 4.645 hours, of ¥166.00 ¥1.071.
    value = worth(result(weighed("qwen", example("qwen-plus", "166.00")), "alibaba-free-quota"))
    assert cut(value.tokens / (155 * MILLION) * 100) == Decimal("0.65")
    assert value.days is not None and cut(value.days * 24, "0.1") == Decimal("4.6")
    assert cut(value.saved) == Decimal("1.07")


def test_of_the_mean_month_they_are_a_few_minutes_more_and_the_same_money() -> None:
    # 1/155 of 365/12 days: 4.71 hours.
    value = worth(
        result(weighed("qwen", example("qwen-plus", "166.00", Decimal(365) / 12)), "alibaba-free-quota")
    )
    assert value.days is not None and cut(value.days * 24) == Decimal("4.71")
    assert cut(value.saved) == Decimal("1.07")


def test_the_first_month_pays_for_the_rest_and_later_ones_for_all() -> None:
    found = weighed("qwen", example("qwen-plus", "166.00", Decimal(365) / 12))
    # 12 months at ¥166.00 are ¥1,992.00.
    assert (cut(found.remaining.month), cut(found.remaining.year)) == (Decimal("164.93"), Decimal("1990.93"))
    assert cut(found.remaining.steady) == Decimal("166.00")


def test_a_small_program_leaves_most_of_it_unused() -> None:
    # 10,000 tokens a day for the 30 days that are sure: 300,000 of a million.
    small = Demand("qwen-plus", Decimal(8_000), Decimal(0), Decimal(2_000), Decimal("0.0104"), "CNY")
    value = worth(result(weighed("qwen", small), "alibaba-free-quota"))
    assert (value.left, value.left_share, value.saved) == (700_000, Decimal("0.7"), Decimal("0.312"))


def test_without_an_answer_alibabas_million_is_a_question() -> None:
    found = weighed("qwen", example("qwen-plus", "166.00"), {})
    quota = result(found, "alibaba-free-quota")
    assert (quota.counts, quota.why_not, cut(quota.up_to)) == (
        False,
        "not answered: new_account",
        Decimal("1.07"),
    )
    assert [question.word for question in found.questions] == ["new_account"]
    assert found.saved.year == 0


def test_alibabas_million_is_not_for_batch_calls() -> None:
    batch = Demand("qwen-plus", MILLION, Decimal(0), MILLION, Decimal(10), "CNY", batch=True)
    assert result(weighed("qwen", batch), "alibaba-free-quota").why_not == "not for batch calls"


def test_tencents_million_has_to_be_claimed_this_year() -> None:
    small = Demand("hy3", Decimal(1_000), Decimal(0), Decimal(0), Decimal("0.001"), "CNY")
    before, after = (
        result(weighed("hunyuan", small, as_of=day), "tencent-tokenhub-trial")
        for day in (date(2026, 12, 31), date(2027, 1, 1))
    )
    # 365 days of 1,000 tokens leave 635,000.
    assert (worth(before).left, before.use_until) == (635_000, date(2027, 12, 30))
    assert (after.verdict, after.counts) == ("expired", False)


def test_tencents_million_is_for_language_models() -> None:
    vision = example("hy-vision-2.0-instruct", "100", kind="vision")
    trial = result(weighed("hunyuan", vision), "tencent-tokenhub-trial")
    assert trial.why_not == "only for chat, reasoning models"


@pytest.mark.parametrize(
    ("provider", "name", "why"),
    [
        ("glm", "zhipu-2024-migration", "unverified"),
        ("ernie", "baidu-2024-inclusive", "unverified"),
        ("qwen", "alibaba-2024-bailian", "unverified"),
        ("sensenova", "sensetime-2024", "unverified"),
        ("baichuan", "baichuan-2024", "unverified"),
        ("hunyuan", "tencent-2024-hunyuan", "expired on 2024-07-31"),
    ],
)
def test_no_campaign_of_2024_is_money(provider: str, name: str, why: str) -> None:
    claim = result(weighed(provider, example("any", "100")), name)
    assert (claim.counts, claim.value) == (False, None)
    assert claim.why_not is not None and claim.why_not.startswith(why)


def test_tokens_for_models_that_are_gone_would_be_worth_nothing_even_if_confirmed() -> None:
    claim = result(weighed("glm", example("glm-5.3", "1940")), "zhipu-2024-migration")
    assert claim.up_to == 0
    assert claim.remarks[0] == "even if it were confirmed: only for glm-4; only for glm-4-air"


def test_the_matched_half_of_baidus_campaign_has_no_known_worth() -> None:
    assert result(weighed("ernie", example("ernie-5.0", "100")), "baidu-2024-inclusive").up_to is None


def test_a_campaign_that_might_be_confirmed_is_priced_at_the_models_own_price() -> None:
    # 22M of 155M tokens for ¥166: ¥23.56.
    claim = result(weighed("qwen", example("qwen-plus", "166.00")), "alibaba-2024-bailian")
    assert (claim.counts, cut(claim.up_to)) == (False, Decimal("23.56"))


def test_half_price_off_peak_is_not_taken_off_a_second_time() -> None:
    found = weighed("deepseek", example("deepseek-flash", "260.00"))
    assert found.saved.year == 0
    assert result(found, "deepseek-off-peak").why_not == "the prices shown have it already"


def test_a_discount_on_speech_leaves_chat_alone() -> None:
    chat = result(weighed("deepseek", example("deepseek-flash", "260.00")), "deepseek-speech-launch")
    assert chat.why_not == "only for speech, transcription models"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_only_official_offers_ever_count(provider: str) -> None:
    found = weighed(provider, example("any", "100.00"))
    assert {one.verdict for one in found.offers if one.counts} <= {"active_official"}
    assert {one.why_not is None for one in found.offers if not one.counts} <= {False}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_no_offer_covers_more_than_a_day_of_the_worked_example(provider: str) -> None:
    found = weighed(provider, example("any", "100.00"))
    assert found.saved.month <= Decimal("100.00") / 30
    assert found.saved.steady == 0


@pytest.mark.parametrize("provider", PROVIDERS)
def test_in_two_years_nothing_with_a_deadline_is_left(provider: str) -> None:
    found = weighed(provider, example("any", "100.00"), as_of=date(2028, 11, 21))
    assert [one.offer.id for one in found.offers if one.counts and one.claim_until] == []
