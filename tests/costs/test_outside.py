from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from migrate_cli.costs.compare import compare
from migrate_cli.costs.lines import CostReport
from migrate_cli.costs.moves import check_site
from migrate_cli.costs.scenario import measured
from migrate_cli.costs.terms import Terms
from migrate_cli.costs.traffic import Beyond, Bill, Traffic
from migrate_cli.costs.usage.record import Left
from migrate_cli.costs.workload import Workload, alike
from migrate_cli.model import UserError
from tests.costs.test_compare import CATALOGUE, GLM, run

COUNTED = {"gpt-4o": alike("measured", 100, 1_000, 0, 100)}


def read(models: dict[str, Workload] = COUNTED, **left_over: object) -> CostReport:
    """A report of this traffic, and of whatever else the files hold."""
    traffic = Traffic(models, **left_over)  # type: ignore[arg-type]
    scenarios = {"scenarios": (measured(models),)} if models else {}
    terms = Terms(as_of=date(2026, 11, 21), traffic=traffic, **scenarios)
    return compare({"gpt-4o": 1}, (GLM,), CATALOGUE, terms)


def bill(item: str) -> Bill:
    return Bill(item, item, Decimal(217), "USD")


@pytest.mark.parametrize(
    ("left_over", "told"),
    [
        ({"beyond": (Beyond("whisper-1", "seconds", Decimal(7200)),)}, "7,200 seconds a month"),
        ({"left": (Left("a.json", "no model is named", 3, 1_234, lost=True),)}, "(3 times, 1,234 tokens)"),
        ({"bills": (bill("gpt-4"),)}, "a bill names it, and no usage of it was read"),
    ],
    ids=["images and sound", "tokens of no model", "a bill without usage"],
)
def test_what_no_sum_holds_makes_every_sum_at_least(left_over: dict[str, object], told: str) -> None:
    report = read(**left_over)
    sums = (*report.today, *report.staying, *report.providers[0].totals)
    assert [total.at_least for total in sums] == [True] * 3
    assert told in report.unpriced[0].reason


@pytest.mark.parametrize(
    "left_over",
    [
        {},
        {"left": (Left("a.json", "repeated: a call with the same id was read before", 3, 1_234),)},
        {"bills": (bill("gpt-4o"),)},
        {"bills": (bill("Web search"),)},
    ],
    ids=["nothing", "read twice", "billed and counted", "no model"],
)
def test_what_misses_no_traffic_leaves_the_sums_whole(left_over: dict[str, object]) -> None:
    report = read(**left_over)
    assert not any(total.at_least for total in (*report.today, *report.providers[0].totals))
    assert report.unpriced == ()


def test_a_bill_is_not_set_against_assumed_volumes() -> None:
    report = read({}, bills=(bill("gpt-4o"),))
    assert report.openai[0].billed is None
    assert report.billed[0].low == 217


def test_what_nobody_prices_keeps_nobody_out_of_the_ranking() -> None:
    (row,) = run("gpt-4o", "dall-e-3").ranking
    assert (row.ranked, row.bill.at_least) == (True, True)


def test_a_gap_of_one_provider_keeps_it_out_of_the_ranking() -> None:
    (row,) = run("gpt-4o", "o3").ranking
    assert (row.ranked, row.why) == (False, "not all is priced")


def test_a_site_that_no_provider_has_is_refused() -> None:
    with pytest.raises(UserError, match="there are: china, international"):
        check_site((GLM,), "mars")


@pytest.mark.parametrize("site", [None, "international"])
def test_a_site_that_one_provider_has_is_taken(site: str | None) -> None:
    check_site((GLM,), site)


def test_what_was_paid_to_somebody_else_is_not_openai_s() -> None:
    assert read(bills=(bill("deepseek-v4-pro"),)).billed == ()


def test_a_report_of_a_past_day_says_what_it_takes_from_later() -> None:
    assert (
        "1 of the prices, and 1 of the replacements" in run("gpt-4o", as_of=date(2025, 6, 1)).assumptions[-1]
    )


def test_a_report_of_today_takes_nothing_from_later() -> None:
    assert "later day" not in " ".join(run("gpt-4o").assumptions)
