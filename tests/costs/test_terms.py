"""What the user's own terms do to a report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.costs.compare import compare
from migrate_cli.costs.effort import Effort
from migrate_cli.costs.lines import CostReport, TargetLine
from migrate_cli.costs.pricing import Cost
from migrate_cli.costs.scenario import given, measured
from migrate_cli.costs.terms import Terms, Wage
from migrate_cli.costs.traffic import Bill, Traffic
from migrate_cli.costs.volume import Cell, Volume
from migrate_cli.costs.workload import Workload
from tests.costs.facts import price, provider, target

CATALOGUE = open_catalogue()
QWEN = provider("qwen", [target("qwen-plus", price("1 0.5 4"))], {"gpt-4o": "qwen-plus"})
MILLION = (given(1_000, 1_000, 1_000),)
SEEN = {"gpt-4o": Workload("measured", ((Cell(least=0), Volume(1_000, 1_000_000, 0, 1_000_000)),))}


def run(models: dict[str, int] | None = None, efforts: Any = None, **options: Any) -> CostReport:
    terms = Terms(**({"as_of": date(2026, 11, 21), "scenarios": MILLION} | options))
    return compare({"gpt-4o": 2} if models is None else models, [QWEN], CATALOGUE, terms, efforts or {})


def line(**options: Any) -> TargetLine:
    return run(**options).providers[0].lines[0]


def bill(found: TargetLine) -> Decimal:
    (cost,) = found.costs
    assert cost is not None
    return cost.low


def test_nothing_of_your_own_changes_nothing() -> None:
    assert bill(line()) == 5


def test_a_discount_comes_off() -> None:
    assert bill(line(discounts={"qwen": Decimal("0.2")})) == 4


def test_a_discount_of_another_provider_does_not() -> None:
    assert bill(line(discounts={"glm": Decimal("0.2")})) == 5


def test_a_discount_for_all_gives_way_to_one_for_it() -> None:
    assert bill(line(discounts={"*": Decimal("0.5"), "qwen": Decimal("0.2")})) == 4


def test_a_price_of_your_own_goes_before_the_list() -> None:
    found = line(prices={("qwen", "qwen-plus"): price("2 - 2")})
    assert (bill(found), found.yours) == (4, True)


def test_longer_answers_cost_more() -> None:
    assert bill(line(output_factor=Decimal(2))) == 9


def test_a_cache_at_the_target_is_cheaper() -> None:
    assert bill(line(cache_share=Decimal("0.5"))) == Decimal("4.75")


def test_chinese_text_is_fewer_tokens() -> None:
    assert bill(line(text_mix={"zh": Decimal(1)})) < 5


def test_the_same_model_counted_twice_is_one_line() -> None:
    report = run({"gpt-4o": 2, "gpt-4o-2024-08-06": 3}, scenarios=(measured(SEEN),))
    assert [(found.model, found.call_sites) for found in report.openai] == [("gpt-4o", 5)]


def test_a_model_that_only_the_usage_knows_is_reported() -> None:
    report = run({}, scenarios=(measured(SEEN),))
    assert [(found.model, found.call_sites) for found in report.openai] == [("gpt-4o", 0)]


def test_without_usage_names_stay_as_the_code_has_them() -> None:
    assert [found.model for found in run({"gpt-4o-2024-08-06": 1}).openai] == ["gpt-4o-2024-08-06"]


def test_a_bill_goes_before_the_list() -> None:
    traffic = Traffic(SEEN, bills=(Bill("gpt-4o", "gpt-4o, input", Decimal(9), "USD"),))
    report = run(scenarios=(measured(SEEN),), traffic=traffic)
    assert report.openai[0].paid == (Cost(Decimal(9), Decimal(9), "USD"),)
    assert report.billed == (Cost(Decimal(9), Decimal(9), "USD"),)


def test_without_a_bill_the_list_is_what_is_paid() -> None:
    report = run()
    assert (report.openai[0].paid, report.billed) == (report.openai[0].costs, ())


def test_work_and_wage_give_a_break_even() -> None:
    report = run(efforts={"qwen": Effort(1, 0, 1, 0, 90)}, wage=Wage(Decimal(10), "USD")).providers[0]
    assert report.break_even_today is not None and report.break_even_today.work == 15


def test_without_a_wage_there_is_none() -> None:
    assert run(efforts={"qwen": Effort(1, 0, 1, 0, 90)}).providers[0].break_even_today is None


def test_a_discount_is_not_taken_off_a_price_of_your_own() -> None:
    own = {("qwen", "qwen-plus"): price("0.5 - 1")}
    plain = bill(line(prices=own))
    assert bill(line(prices=own, discounts={"qwen": Decimal("0.2")})) == plain
