from __future__ import annotations

import json
from typing import Any

from migrate_cli.report.cost_json import costs_json
from tests.costs.test_compare import DEEPSEEK, GLM, run


def data(*models: str, **options: Any) -> dict[str, Any]:
    """The report after a trip through JSON text."""
    return json.loads(json.dumps(costs_json(run(*models, **options))))


def test_money_is_text() -> None:
    cost = data("gpt-4o")["providers"][0]["models"][0]["costs"][1]
    assert (cost["currency"], cost["low_cny"], cost["low_usd"]) == ("CNY", "194.00", "29.16")


def test_nothing_is_a_float() -> None:
    text = json.dumps(costs_json(run("gpt-4o", "o3", "dall-e-3", to=(GLM, DEEPSEEK))))
    floats: list[str] = []
    json.loads(text, parse_float=floats.append)
    assert floats == []


def test_unknown_is_null_and_not_zero() -> None:
    line = data("o3")["providers"][0]["models"][0]
    assert line["costs"] == [None, None, None]
    assert (line["price"], line["unpriced"]) == (None, "no list price found")


def test_differences_are_numbers_and_words() -> None:
    line = data("gpt-4o")["providers"][0]["models"][0]
    assert line["vs_today"][1] == {"low": "-95.1", "high": "-95.1", "words": "95% cheaper"}
    assert line["vs_staying"][1] == {"low": "12.6", "high": "12.6", "words": "13% dearer"}


def test_a_range_keeps_both_ends_and_its_reason() -> None:
    cost = data("gpt-4o", to=(DEEPSEEK,))["providers"][0]["models"][0]["costs"][1]
    assert (cost["low_cny"], cost["high_cny"]) == ("260.00", "520.00")
    assert cost["note"] == "off-peak to all at peak (mornings)"


def test_it_carries_version_date_rate_and_warning() -> None:
    report = data("gpt-4o")
    assert (report["version"], report["as_of"]) == (1, "2026-11-21")
    assert report["exchange"]["cny_per_usd"] == "6.6529"
    assert report["note"] == "Prices compare list prices, not quality."


def test_an_incomplete_total_is_marked_and_a_complete_one_is_not() -> None:
    assert data("gpt-4o", "o3")["providers"][0]["totals"][1]["at_least"] is True
    assert data("gpt-4o")["providers"][0]["totals"][1]["at_least"] is False


def test_unverified_offers_do_not_count_as_money() -> None:
    offers = {offer["id"]: offer for offer in data("gpt-4o")["offers"]}
    assert offers["zhipu-2024-migration"]["counts_as_money"] is False


def test_nothing_found_is_an_empty_list() -> None:
    assert data()["openai"] == []
