from __future__ import annotations

from datetime import date

import pytest

from migrate_cli.costs.age import age_in_days, as_date, is_stale

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-27", date(2026, 10, 27)),
        ("2026-10", date(2026, 10, 1)),
        ("2026-mid", date(2026, 1, 1)),
        ("2026-11-15 | 2026-08-21", date(2026, 8, 21)),
        ("2026-04-23/24", date(2026, 4, 23)),
    ],
)
def test_the_oldest_date_counts(text: str, day: date) -> None:
    assert as_date(text) == day


@pytest.mark.parametrize("text", [None, "", "stored copy", "2026-13-45", "v20261"])
def test_no_date_is_no_date(text: str | None) -> None:
    assert as_date(text) is None
    assert age_in_days(text, TODAY) is None


@pytest.mark.parametrize(("text", "stale"), [("2026-08-23", False), ("2026-08-22", True), ("undated", True)])
def test_prices_are_stale_after_90_days_or_undated(text: str, stale: bool) -> None:
    assert is_stale(text, TODAY) is stale


def test_a_date_ahead_is_not_old() -> None:
    assert age_in_days("2026-12-01", TODAY) == 0
