"""The offers of a provider against a report's own lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.costs.compare import compare
from migrate_cli.costs.incentives.results import Incentives
from migrate_cli.costs.money import cents
from migrate_cli.costs.scenario import given
from migrate_cli.costs.terms import Terms

CATALOGUE = open_catalogue()
NEW = {"new_account": True}


def found(models: tuple[str, ...] = ("gpt-4o",), **options: Any) -> Incentives:
    """Alibaba's offers on a month of the worked example, on qwen-plus."""
    values = {
        "as_of": date(2026, 11, 21),
        "overrides": {"gpt-4o": "qwen-plus"},
        "scenarios": (given(100_000, 1_200, 350),),
        "answers": NEW,
    }
    terms = Terms(**(values | options))
    report = compare(dict.fromkeys(models, 1), [CATALOGUE.provider("qwen")], CATALOGUE, terms)
    result = report.providers[0].incentives
    assert result is not None
    return result


def test_the_worked_example_is_worth_a_yuan() -> None:
    assert (str(cents(found().saved.year)), str(cents(found().without.month))) == ("1.07", "166.00")


def test_a_question_that_is_open_is_not_counted() -> None:
    result = found(answers={})
    assert result.saved.year == 0
    assert [need.word for need in result.questions] == ["new_account"]


def test_who_is_not_new_gets_nothing() -> None:
    assert found(answers={"new_account": False}).saved.year == 0


def test_a_discount_makes_the_free_tokens_worth_less() -> None:
    halved = found(discounts={"qwen": Decimal("0.5")})
    assert cents(halved.saved.year * 2) == cents(found().saved.year)


def test_a_cache_does_not_take_the_free_tokens_away() -> None:
    assert found(cache_share=Decimal("0.3")).saved.year > 0


def test_no_traffic_uses_no_tokens() -> None:
    assert found(models=()).saved.year == 0


def test_a_model_of_the_past_is_no_demand() -> None:
    assert found(overrides={"gpt-4o": "qwen-turbo-0624"}).saved.year == 0
