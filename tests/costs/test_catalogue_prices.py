"""The real catalogue through the whole report: nothing in it may break or mislead a comparison."""

from __future__ import annotations

from datetime import date

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.costs.compare import compare
from migrate_cli.costs.terms import Terms
from migrate_cli.report.cost_json import costs_json

CATALOGUE = open_catalogue()
MODELS = dict.fromkeys(CATALOGUE.openai_models(), 1)
DAY = date(2026, 11, 21)


@pytest.mark.parametrize("name", CATALOGUE.provider_ids())
def test_every_model_on_every_provider_is_priced_or_explained(name: str) -> None:
    report = compare(MODELS, [CATALOGUE.provider(name)], CATALOGUE, Terms(as_of=DAY))
    lines = report.providers[0].lines
    assert len(lines) == len(MODELS)
    assert all((None in line.costs) == (line.unpriced is not None) for line in lines)
    assert costs_json(report)["providers"][0]["provider"] == name


@pytest.mark.parametrize("name", CATALOGUE.provider_ids())
def test_nothing_is_free_without_a_reason(name: str) -> None:
    report = compare(MODELS, [CATALOGUE.provider(name)], CATALOGUE, Terms(as_of=DAY))
    bills = [bill for line in report.providers[0].lines for bill in line.costs if bill is not None]
    assert all(bill.reason for bill in bills if bill.high == 0)
    assert all(bill.low >= 0 for bill in bills)


@pytest.mark.parametrize("name", CATALOGUE.provider_ids())
def test_every_tier_lies_above_the_base_rate(name: str) -> None:
    prices = [price for model in CATALOGUE.provider(name).models.values() for price in model.prices]
    assert all(tier.above_input_tokens > 0 for price in prices for tier in price.tiers)
    assert {price.currency for price in prices} <= {"CNY", "USD"}
