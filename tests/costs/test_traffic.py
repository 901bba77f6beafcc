from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from migrate_cli.costs.traffic import DAYS_A_MONTH, Traffic, collect
from migrate_cli.costs.usage.record import Billed, Covered, Entry, Granularity, Left, Usage
from migrate_cli.costs.volume import Cell, Volume
from migrate_cli.model import UserError

OCTOBER = datetime(2026, 10, 1, tzinfo=timezone.utc)
NOVEMBER = datetime(2026, 11, 1, tzinfo=timezone.utc)
HOUR = int(OCTOBER.timestamp()) // 3600


def request(at: datetime | None = OCTOBER, **fields: Any) -> Usage:
    return Usage("log", Granularity.REQUEST, "gpt-4o", start=at, **({"input": 10, "output": 2} | fields))


def bucket(**fields: Any) -> Usage:
    values = {"input": 90_000, "output": 20, "requests": 9, "start": OCTOBER, "end": NOVEMBER}
    return Usage("export", Granularity.BUCKET, "gpt-4o", **(values | fields))


def bill(item: str | None, amount: str = "5", currency: str = "usd") -> Billed:
    return Billed("costs", Decimal(amount), currency, OCTOBER, NOVEMBER, item)


def taken(*entries: Entry, limits: tuple[int, ...] = (32_000,), **options: Any) -> Traffic:
    return collect(entries, limits=limits, name_of=lambda name: name.removesuffix("-2024-08-06"), **options)


def cells(traffic: Traffic) -> dict[Cell, Volume]:
    return dict(traffic.models["gpt-4o"].parts)


def test_requests_of_one_hour_and_size_are_one_class() -> None:
    parts = cells(taken(request(), request(OCTOBER + timedelta(minutes=59)), days=Decimal(1)))
    assert parts == {Cell(hour=HOUR, least=0): Volume(2, 20, 0, 4)}


def test_a_request_above_a_limit_is_a_class_of_its_own() -> None:
    parts = cells(taken(request(), request(input=32_001), days=Decimal(1)))
    assert {cell.least for cell in parts} == {0, 32_001}


def test_a_request_at_the_limit_is_below_it() -> None:
    assert {cell.least for cell in cells(taken(request(input=32_000), days=Decimal(1)))} == {0}


def test_the_sizes_in_a_bucket_are_not_known() -> None:
    assert {(cell.least, cell.most) for cell in cells(taken(bucket()))} == {(None, 32_001)}


def test_a_bucket_too_small_for_any_tier_is_known() -> None:
    assert {cell.least for cell in cells(taken(bucket(input=32_000)))} == {0}


def test_a_bucket_of_one_request_is_that_request() -> None:
    assert {cell.least for cell in cells(taken(bucket(requests=1)))} == {32_001}


def test_the_longest_request_bounds_a_bucket() -> None:
    assert {cell.least for cell in cells(taken(bucket(), longest=8_000))} == {0}


def test_a_long_bucket_has_no_hour() -> None:
    assert {cell.hour for cell in cells(taken(bucket()))} == {None}


@pytest.mark.parametrize(
    ("fields", "service"),
    [({"batch": True}, "batch"), ({"tier": "flex"}, "flex"), ({"tier": "default"}, None), ({}, None)],
)
def test_the_way_of_sending_is_kept(fields: dict[str, Any], service: str | None) -> None:
    assert {cell.service for cell in cells(taken(request(**fields), days=Decimal(1)))} == {service}


def test_names_are_reported_as_the_catalogue_has_them() -> None:
    assert list(taken(request(answered="gpt-4o-2024-08-06"), days=Decimal(1)).models) == ["gpt-4o"]


def test_a_whole_month_is_not_scaled() -> None:
    period = taken(bucket()).period
    assert period is not None and (period.whole, period.month) == (True, 1)


def test_two_whole_months_are_halved() -> None:
    period = taken(bucket(start=datetime(2026, 9, 1, tzinfo=timezone.utc))).period
    assert period is not None and period.month == Decimal("0.5")


def test_a_log_from_the_first_to_the_last_day_is_a_month() -> None:
    last = datetime(2026, 10, 31, 23, 59, tzinfo=timezone.utc)
    period = taken(request(OCTOBER + timedelta(hours=3)), request(last)).period
    assert period is not None and period.whole


def test_other_spans_are_scaled_by_their_days() -> None:
    period = taken(bucket(end=OCTOBER + timedelta(days=5))).period
    assert period is not None and (period.days, period.month) == (5, DAYS_A_MONTH / 5)


def test_days_given_go_before_the_times() -> None:
    period = taken(bucket(), days=Decimal(10)).period
    assert period is not None and (period.days, period.month) == (10, DAYS_A_MONTH / 10)


@pytest.mark.parametrize(
    ("entries", "words"),
    [((request(None),), "holds no times"), ((request(),), "less than an hour")],
)
def test_what_says_nothing_about_a_month_is_refused(entries: tuple[Usage, ...], words: str) -> None:
    with pytest.raises(UserError, match=f"{words}.*--days"):
        taken(*entries)


def test_tokens_without_a_model_are_not_spread_over_others() -> None:
    traffic = taken(bucket(), Usage("log", Granularity.REQUEST, None, input=7, output=3))
    assert traffic.left == (Left("log", "not attributed: no model is named", 1, 10, lost=True),)
    assert traffic.models["gpt-4o"].volume.input == 90_000


def test_the_same_reason_is_counted_once() -> None:
    left = Left("log", "failed", 2, 5)
    assert taken(bucket(), left, left).left == (Left("log", "failed", 4, 10),)


def test_pictures_are_not_tokens() -> None:
    image = bucket(modality="image", input=0, output=0, quantity=Decimal(4), unit="images")
    traffic = taken(image)
    assert traffic.models == {}
    assert [(item.unit, item.quantity) for item in traffic.beyond] == [("images", 4)]


def test_embeddings_are_tokens() -> None:
    assert taken(bucket(modality="embedding")).beyond == ()


def test_a_bill_goes_to_the_model_its_line_begins_with() -> None:
    traffic = taken(bill("gpt-4o-2024-08-06, input"), bill("gpt-4o-2024-08-06, output", "7"))
    assert [(line.model, line.amount) for line in traffic.bills] == [("gpt-4o", 5), ("gpt-4o", 7)]


def test_a_bill_alone_is_no_usage() -> None:
    traffic = taken(bill("gpt-4o, input"))
    assert (traffic.models, traffic.period) == ({}, None)


def test_a_bill_without_lines_names_no_model() -> None:
    assert [line.model for line in taken(bill(None)).bills] == [None]


def test_nothing_read_is_nothing_said() -> None:
    assert taken() == Traffic(models={})


def test_an_empty_bucket_belongs_to_the_period() -> None:
    empty = Covered("export", OCTOBER + timedelta(days=5), OCTOBER + timedelta(days=10))
    period = taken(bucket(end=OCTOBER + timedelta(days=5)), empty).period
    assert period is not None and period.days == 10


def test_empty_buckets_alone_are_no_usage() -> None:
    assert taken(Covered("export", OCTOBER, NOVEMBER)).models == {}


API, CSV = "a.json (OpenAI usage)", "b.csv (OpenAI usage export)"
DAY = timedelta(days=1)


def of(source: str, **fields: Any) -> Usage:
    """A day's bucket of a source."""
    return replace(bucket(**({"start": OCTOBER, "end": OCTOBER + DAY} | fields)), source=source)


def test_two_formats_with_the_same_days_of_a_model_are_told() -> None:
    (found,) = taken(of(API, end=OCTOBER + 3 * DAY), of(CSV, start=OCTOBER + DAY)).overlaps
    assert (found.sources, found.models, found.days) == ((API, CSV), ("gpt-4o",), 1)
    assert "counted twice" in found.words


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (of(API), of("c.json (OpenAI usage)")),
        (of(API), of(CSV, start=OCTOBER + DAY, end=OCTOBER + 2 * DAY)),
        (of(API), replace(of(CSV), requested="gpt-4")),
        (of(API), of(API)),
        (of(API), of(CSV, start=None, end=None)),
    ],
    ids=["one format", "other days", "other models", "one file", "no times"],
)
def test_what_cannot_be_the_same_traffic_is_not_told(first: Usage, second: Usage) -> None:
    assert taken(first, second).overlaps == ()


def test_two_bills_of_the_same_days_are_told_and_a_bill_beside_usage_is_not() -> None:
    other = replace(bill("gpt-4o, input"), source="costs.csv (OpenAI cost export)")
    found = taken(bill("gpt-4o, input"), other, of(API)).overlaps
    assert [overlap.models for overlap in found] == [("bills",)]


def other(**fields: Any) -> Usage:
    """Another model in a file of another format."""
    return replace(of("c.jsonl (request log)", **fields), requested="gpt-4")


def test_a_format_that_covers_few_of_the_days_is_told() -> None:
    (found,) = taken(of(API, end=NOVEMBER), other(end=OCTOBER + 7 * DAY)).parts
    assert (found.format, str(found.first), str(found.last), found.days) == (
        "request log",
        "2026-10-01",
        "2026-10-07",
        31,
    )
    assert "too cheap" in found.words


@pytest.mark.parametrize(
    ("entries", "days"),
    [
        ((of(API), of("d.json (OpenAI usage)", start=OCTOBER + 9 * DAY, end=OCTOBER + 10 * DAY)), None),
        ((of(API, end=NOVEMBER), other(end=OCTOBER + 27 * DAY)), None),
        ((of(API, end=NOVEMBER), other()), Decimal(31)),
        ((of(API, end=NOVEMBER), replace(bill("gpt-4o"), end=OCTOBER + DAY)), None),
        ((bill("gpt-4o"),), None),
    ],
    ids=["one format in pieces", "nearly all days", "days that were given", "a bill", "nothing but a bill"],
)
def test_what_covers_its_days_is_not_told(entries: tuple[Entry, ...], days: Decimal | None) -> None:
    assert taken(*entries, days=days).parts == ()
