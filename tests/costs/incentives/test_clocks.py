from __future__ import annotations

from datetime import date

import pytest

from migrate_cli.costs.incentives.clocks import window
from tests.costs.incentives.made import offer

START = date(2026, 11, 21)


def test_days_of_use_begin_with_the_day_of_the_claim() -> None:
    use = window(offer(days=30), START)
    assert use is not None
    assert (use.claim_on, use.opens, use.closes, use.until) == (START, 0, 30, date(2026, 12, 20))


def test_a_day_of_the_calendar_is_the_last_of_use() -> None:
    use = window(offer(until=date(2026, 11, 21)), START)
    assert use is not None and use.closes == 1


@pytest.mark.parametrize(
    ("start", "until"),
    [
        (date(2026, 11, 21), date(2027, 11, 20)),
        (date(2027, 11, 21), date(2028, 11, 19)),  # 29 February 2028 is one of the 365
        (date(2028, 2, 29), date(2029, 2, 27)),
        (date(2028, 3, 1), date(2029, 2, 28)),
    ],
)
def test_a_leap_day_is_one_of_the_days(start: date, until: date) -> None:
    use = window(offer(days=365), start)
    assert use is not None and use.until == until
    assert use.closes == 365


def test_who_starts_after_the_last_claim_day_claims_before_and_loses_days() -> None:
    # Claimed on 31 December, 365 days: until 30 December 2027. From 1 February that leaves 333 days.
    use = window(offer(claim_until=date(2026, 12, 31), days=365), date(2027, 2, 1))
    assert use is not None
    assert (use.claim_on, use.opens, use.closes, use.until) == (
        date(2026, 12, 31),
        0,
        333,
        date(2027, 12, 30),
    )


def test_an_offer_that_begins_after_the_start_opens_later() -> None:
    use = window(offer(begins_on=date(2026, 11, 24), days=5), START)
    assert use is not None
    assert (use.claim_on, use.opens, use.closes, use.until) == (date(2026, 11, 24), 3, 8, date(2026, 11, 28))


def test_the_earlier_of_two_ends_holds() -> None:
    use = window(offer(days=90, until=date(2026, 11, 30)), START)
    assert use is not None and use.until == date(2026, 11, 30)


def test_nothing_is_left_when_it_ends_before_the_start() -> None:
    assert window(offer(until=date(2026, 11, 20)), START) is None
    assert window(offer(claim_until=date(2026, 11, 1), days=20), START) is None


def test_the_day_after_the_last_one_is_too_late_and_the_last_one_is_not() -> None:
    claimed = offer(claim_until=date(2026, 11, 1), days=21)
    assert window(claimed, date(2026, 11, 21)) is not None
    assert window(claimed, date(2026, 11, 22)) is None


def test_without_an_end_none_is_made_up() -> None:
    use = window(offer(ends="2026"), START)
    assert use is not None
    assert (use.closes, use.until) == (None, None)
