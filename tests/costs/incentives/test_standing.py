from __future__ import annotations

from datetime import date

import pytest

from migrate_cli.costs.incentives.standing import verdict_at, verdict_words
from tests.costs.incentives.made import TODAY, offer


def test_it_expires_the_day_after_its_last() -> None:
    ends = [offer(claim_until=date(2026, 11, day)) for day in (21, 20)]
    assert [verdict_at(one, TODAY) for one in ends] == ["active_official", "expired"]


def test_a_free_time_expires_with_its_use() -> None:
    assert verdict_at(offer(until=date(2026, 11, 20)), TODAY) == "expired"


def test_a_later_report_finds_it_expired_and_an_earlier_one_does_not() -> None:
    trial = offer(claim_until=date(2026, 12, 31))
    assert verdict_at(trial, date(2027, 1, 1)) == "expired"
    assert verdict_at(trial, date(2026, 12, 31)) == "active_official"


@pytest.mark.parametrize("verdict", ["rejected", "expired"])
def test_what_never_counted_keeps_its_verdict(verdict: str) -> None:
    assert verdict_at(offer(verdict=verdict, ends="2024-07-31"), TODAY) == verdict


def test_an_end_that_is_no_day_is_told_but_expires_nothing() -> None:
    vague = offer(ends="2026-07")
    assert verdict_at(vague, TODAY) == "active_official"
    assert verdict_words("active_official", vague).endswith(", until 2026-07")


def test_hearsay_says_to_ask() -> None:
    assert "ask them" in verdict_words("unverified", offer())
    assert "ask them" in verdict_words("active_reported", offer())
    assert verdict_words("rejected", offer()) == "rejected: the source is not credible"
