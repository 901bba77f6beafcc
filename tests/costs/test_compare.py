from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.types import Fact, Provider
from migrate_cli.costs.compare import compare
from migrate_cli.costs.lines import CostReport, TargetLine
from migrate_cli.costs.terms import Terms
from migrate_cli.model import UserError
from tests.costs.facts import price, provider, target

CATALOGUE = open_catalogue()
GLM = provider(
    "glm",
    [
        target("glm-flash", price("0.8 - 2.8"), price("1 - 4", currency="USD", site="international")),
        target("glm-old", price("1 - 1", fact=Fact("2026-mid", "a blog", "low"))),
        target("glm-bare", aliases=("glm-nick",)),
        target("glm-gone", price("1 - 1"), status="retired", retired_on="2026-06-22"),
        target("glm-abroad", price("1 - 4", currency="USD", site="international")),
        target("glm-free", price("0 0 0", reason="free model, rate limited")),
    ],
    {"gpt-4o": "glm-flash", "gpt-4": "glm-old", "dall-e-3": None, "gpt-4.1": "glm-abroad", "o3": "glm-bare"},
    sites=("china", "international"),
)
PEAK = price("1 - 4", peak_input=Decimal(2), peak_output=Decimal(8), peak_hours="mornings")
DEEPSEEK = provider("deepseek", [target("deepseek-flash", PEAK)], {"gpt-4o": "deepseek-flash"})


def run(*models: str, to: tuple[Provider, ...] = (GLM,), **options: Any) -> CostReport:
    terms = Terms(**({"as_of": date(2026, 11, 21)} | options))
    return compare(dict.fromkeys(models, 2), to, CATALOGUE, terms)


def move(*models: str, **options: Any) -> TargetLine:
    return run(*models, **options).providers[0].lines[0]


def test_the_worked_example_for_glm() -> None:
    line = move("gpt-4o")
    assert [bill.low for bill in line.costs if bill] == [Decimal("19.4"), 194, 1940]
    assert [item.words for item in line.vs_today if item] == ["95% cheaper"] * 3
    assert [item.words for item in line.vs_staying if item] == ["13% dearer"] * 3


def test_peak_hours_give_a_range_of_differences() -> None:
    line = move("gpt-4o", to=(DEEPSEEK,))
    assert line.vs_today[1] is not None and line.vs_today[1].words == "87 to 93% cheaper"
    assert line.vs_staying[1] is not None and line.vs_staying[1].words == "51 to 202% dearer"


def test_call_sites_are_counted_but_do_not_enter_the_bill() -> None:
    report = run("gpt-4o")
    assert report.openai[0].call_sites == 2
    assert report.today[1].bill is not None and report.today[1].bill.low == Decimal(600)


def test_an_unpriced_line_makes_the_total_at_least() -> None:
    report = run("gpt-4o", "o3")
    assert [total.at_least for total in report.providers[0].totals] == [True] * 3
    assert report.providers[0].totals[1].bill is not None
    assert [(u.where, u.model, u.reason) for u in report.unpriced] == [
        ("glm", "o3 → glm-bare", "no list price found")
    ]


def test_a_complete_total_is_not_at_least() -> None:
    assert not any(total.at_least for total in run("gpt-4o").providers[0].totals)


def test_totals_compare_the_models_that_both_sides_price() -> None:
    report = run("gpt-4o", "o3").providers[0]
    assert (report.shared_today, report.shared_staying) == (1, 1)
    assert report.vs_today[1] is not None and report.vs_today[1].words == "95% cheaper"


def test_a_price_of_another_site_is_never_taken() -> None:
    line = move("gpt-4.1")
    assert line.unpriced == "no list price found for the site 'china', only for international"
    assert line.costs == (None, None, None)


def test_the_chosen_site_has_its_own_list() -> None:
    line = move("gpt-4o", site="international")
    assert line.price is not None and line.price.currency == "USD"


def test_a_site_that_a_provider_does_not_have_is_not_priced() -> None:
    line = move("gpt-4o", to=(DEEPSEEK,), site="international")
    assert line.unpriced == "deepseek has no site 'international', only china"


def test_an_override_goes_before_the_catalogue() -> None:
    line = move("gpt-4o", overrides={"gpt-4o": "glm-old"})
    assert (line.model, line.chosen_by) == ("glm-old", "you")


def test_an_override_leaves_other_models_alone() -> None:
    line = move("gpt-4o", overrides={"gpt-4": "glm-old"})
    assert (line.model, line.chosen_by) == ("glm-flash", "the catalogue")


def test_an_override_may_use_an_alias() -> None:
    assert move("gpt-4o", overrides={"gpt-4o": "glm-nick"}).model == "glm-bare"


def test_an_override_that_the_provider_does_not_have_is_not_priced() -> None:
    line = move("gpt-4o", overrides={"gpt-4o": "my-own"})
    assert (line.model, line.unpriced) == ("my-own", "unknown to the catalogue of glm")


def test_a_retired_choice_is_pointed_out() -> None:
    assert move("gpt-4o", overrides={"gpt-4o": "glm-gone"}).note == "glm-gone is retired since 2026-06-22"


def test_a_current_choice_carries_no_warning() -> None:
    assert move("gpt-4o", overrides={"gpt-4o": "glm-flash"}).note is None


def test_an_old_price_is_marked() -> None:
    assert move("gpt-4").stale
    assert not move("gpt-4o").stale


def test_no_target_says_why() -> None:
    line = move("dall-e-3")
    assert (line.model, line.unpriced) == (None, "note on dall-e-3")


def test_an_unknown_model_is_priced_nowhere() -> None:
    report = run("gpt-99", overrides={"gpt-99": "glm-flash"})
    assert [(u.where, u.reason) for u in report.unpriced] == [
        ("OpenAI today", "unknown to the catalogue"),
        ("glm", "gpt-99 is unknown to the catalogue"),
    ]


def test_a_free_model_keeps_its_reason() -> None:
    line = move("gpt-4o", overrides={"gpt-4o": "glm-free"})
    assert {bill.reason for bill in line.costs if bill} == {"free model, rate limited"}
    assert line.vs_today[1] is not None and line.vs_today[1].words == "free of charge"


def test_offers_of_other_providers_stay_out() -> None:
    assert {line.offer.provider for line in run("gpt-4o").offers} == {"glm"}


def test_offers_change_no_bill() -> None:
    report = run("gpt-4o", to=(GLM, provider("qwen", [target("q", price("0.8 - 2.8"))], {"gpt-4o": "q"})))
    assert any(line.counts for line in report.offers)
    assert report.providers[0].totals == report.providers[1].totals


def test_the_users_rate_changes_only_conversion() -> None:
    ours, theirs = move("gpt-4o"), move("gpt-4o", fx=Decimal("7.5"))
    assert ours.costs == theirs.costs
    assert ours.vs_today != theirs.vs_today


def test_the_same_date_gives_the_same_report() -> None:
    assert run("gpt-4o", "o3", "gpt-4") == run("gpt-4", "o3", "gpt-4o")


def test_a_rate_of_zero_is_refused() -> None:
    with pytest.raises(UserError, match="positive number of yuan per dollar"):
        run("gpt-4o", fx=Decimal(0))


def test_nothing_found_is_an_empty_report() -> None:
    report = run()
    assert (report.openai, report.unpriced) == ((), ())
    assert [total.bill for total in report.today] == [None] * 3


def test_assumptions_and_sources_are_stated() -> None:
    report = run("gpt-4o")
    text = " ".join(report.assumptions)
    assert "not quality" in text
    assert "6.6529" in text and "2026-10-30" in text and "7.1271" in text
    assert all(fact.source for fact in report.sources)
    assert len({(fact.source, fact.as_of) for fact in report.sources}) == len(report.sources)
