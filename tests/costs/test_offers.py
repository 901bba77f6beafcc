from __future__ import annotations

from datetime import date

import pytest

from migrate_cli.costs.offers import offer_lines
from tests.costs.facts import offer

TODAY = date(2026, 11, 21)


def test_an_official_offer_counts() -> None:
    (line,) = offer_lines([offer(ends="2026-12-31")], ["glm"], TODAY)
    assert (line.verdict, line.counts) == ("active_official", True)
    assert line.words == "active, on the provider's own page, until 2026-12-31"


@pytest.mark.parametrize("verdict", ["active_reported", "unverified"])
def test_hearsay_does_not_count(verdict: str) -> None:
    (line,) = offer_lines([offer(verdict=verdict)], ["glm"], TODAY)
    assert not line.counts
    assert "ask them" in line.words


def test_an_offer_ends_after_its_last_day() -> None:
    lines = [offer_lines([offer(ends=day)], ["glm"], TODAY)[0] for day in ("2026-11-21", "2026-11-20")]
    assert [line.counts for line in lines] == [True, False]
    assert lines[1].words == "expired on 2026-11-20"


def test_an_offer_that_has_not_begun_does_not_count() -> None:
    (line,) = offer_lines([offer(starts="2026-12-01")], ["glm"], TODAY)
    assert not line.counts


def test_an_end_that_is_no_day_expires_nothing() -> None:
    (line,) = offer_lines([offer(starts="activation", ends="2026")], ["glm"], TODAY)
    assert line.verdict == "active_official"


def test_other_providers_and_rejected_claims_stay_out() -> None:
    offers = [offer(provider="qwen"), offer(provider=None), offer(verdict="rejected")]
    assert offer_lines(offers, ["glm"], TODAY) == ()


def test_firm_offers_come_first_within_a_provider() -> None:
    offers = [
        offer(id="b", verdict="expired", ends="2024-07-31"),
        offer(id="a"),
        offer(id="c", provider="qwen"),
    ]
    assert [line.offer.id for line in offer_lines(offers, ["qwen", "glm"], TODAY)] == ["c", "a", "b"]
