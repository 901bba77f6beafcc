from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.types import Fact
from migrate_cli.costs.compare import compare
from migrate_cli.costs.effort import Effort
from migrate_cli.costs.lines import Rank
from migrate_cli.costs.terms import Terms
from tests.costs.facts import price, provider, target

CATALOGUE = open_catalogue()
DAY = date(2026, 11, 21)
OLD = Fact("2025-11-21", "an old page", "low")
CHEAP = provider("cheap", [target("small", price("1 - 1"))], {"gpt-4o": "small"})
DEAR = provider("dear", [target("big", price("9 - 9"))], {"gpt-4o": "big"})
AGED = provider("aged", [target("aged", price("0.1 - 0.1", fact=OLD))], {"gpt-4o": "aged"})
BLANK = provider("blank", [target("bare")], {"gpt-4o": "bare"})
SHUT = replace(CHEAP, id="shut", status="closed")
EASY, HARD = Effort(9, 0, 1, 0, 30), Effort(2, 0, 8, 0, 240)


def rows(*providers: Any, efforts: dict[str, Effort] | None = None, **options: Any) -> tuple[Rank, ...]:
    terms = Terms(as_of=DAY, **options)
    return compare({"gpt-4o": 1}, providers, CATALOGUE, terms, efforts or {}).ranking


def order(*providers: Any, **options: Any) -> list[str]:
    return [row.provider for row in rows(*providers, **options)]


def test_the_cheaper_comes_first() -> None:
    assert order(DEAR, CHEAP) == ["cheap", "dear"]


def test_less_work_by_hand_goes_before_price() -> None:
    assert order(CHEAP, DEAR, efforts={"cheap": HARD, "dear": EASY}) == ["dear", "cheap"]


def test_old_prices_are_no_reason_to_call_it_cheap() -> None:
    listed = rows(AGED, DEAR)
    assert [row.provider for row in listed] == ["dear", "aged"]
    assert listed[1].why == "prices older than 180 days"


def test_old_prices_count_where_that_is_asked_for() -> None:
    assert order(AGED, DEAR, allow_stale=True) == ["aged", "dear"]


def test_an_old_list_does_not_matter_beside_a_price_of_your_own() -> None:
    assert order(AGED, DEAR, prices={("aged", "aged"): price("0.1 - 0.1", fact=OLD)}) == ["aged", "dear"]


def test_what_is_not_priced_is_last_and_says_so() -> None:
    last = rows(BLANK, DEAR)[-1]
    assert (last.provider, last.ranked, last.why) == ("blank", False, "nothing is priced")
    assert last.unknown == ("gpt-4o: no list price found",)


def test_a_closed_provider_is_not_recommended() -> None:
    assert order(SHUT, DEAR) == ["dear", "shut"]


def test_equals_keep_the_order_they_were_asked_in() -> None:
    assert order(replace(CHEAP, id="b"), replace(CHEAP, id="a")) == ["b", "a"]


def test_a_discount_counts() -> None:
    assert order(DEAR, CHEAP, discounts={"dear": Decimal("0.95")}) == ["dear", "cheap"]


def test_what_is_free_within_limits_is_not_put_first() -> None:
    free = provider("free", [target("beta", price("0 0 0", reason="free beta"))], {"gpt-4o": "beta"})
    listed = rows(free, DEAR)
    assert [(row.provider, row.ranked) for row in listed] == [("dear", True), ("free", False)]
    assert "limits" in (listed[1].why or "")


def test_a_price_of_nothing_that_you_gave_is_ranked() -> None:
    own = {("dear", "big"): price("0 0 0", reason="free of charge by your own settings")}
    assert order(CHEAP, DEAR, prices=own) == ["dear", "cheap"]
