from __future__ import annotations

import json
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from migrate_cli.costs.usage.read import read_usage
from migrate_cli.costs.usage.record import Granularity
from migrate_cli.model import UserError
from tests.costs.usage.reading import CASES, bills, case, counts, covered, left, text, usages

DAY = datetime(2026, 11, 1, tzinfo=timezone.utc)


def test_buckets_of_the_usage_api() -> None:
    entries = case("openai-usage-completions.json")
    assert counts(entries) == [
        ("gpt-4o-2024-08-06", 40, 48_000, 16_000, 14_000),
        ("gpt-4o-mini-2024-07-18", 10, 5_000, 0, 1_000),
        ("gpt-4o-2024-08-06", 60, 72_000, 24_000, 21_000),
    ]
    assert {usage.granularity for usage in usages(entries)} == {Granularity.BUCKET}
    assert [usage.batch for usage in usages(entries)] == [False, True, False]
    assert usages(entries)[0].project == "proj_fixture1"
    assert (usages(entries)[0].start, usages(entries)[0].end) == (DAY, DAY.replace(day=2))


def test_a_day_without_traffic_belongs_to_the_period() -> None:
    days = covered(case("openai-usage-completions.json"))
    assert [(day.start, day.end, day.billed) for day in days] == [
        (DAY.replace(day=2), DAY.replace(day=3), False)
    ]


def test_rows_without_a_model_are_not_spread_over_the_others() -> None:
    assert left(case("openai-usage-completions.json")) == {"not attributed: no model is named": (1, 990)}


def test_usage_that_was_not_grouped_by_model_is_refused() -> None:
    with pytest.raises(UserError, match=r"ask for the usage again with group_by=model$"):
        case("openai-usage-ungrouped.json")


def test_every_family_of_endpoints_has_its_modality_and_unit() -> None:
    entries = case("openai-usage-families.jsonl")
    assert [(u.model, u.modality, u.input, u.quantity, u.unit) for u in usages(entries)] == [
        ("text-embedding-3-small", "embedding", 160_000, None, None),
        ("omni-moderation-latest", "moderation", 1_000, None, None),
        ("gpt-image-1", "image", 0, Decimal(4), "images"),
        ("tts-1", "audio", 0, Decimal(4500), "characters"),
        ("whisper-1", "audio", 0, Decimal(610), "seconds"),
    ]
    assert left(entries) == {"vector_stores: not priced by a model's tokens": (1, 0)}


def test_audio_tokens_are_not_text(tmp_path: Path) -> None:
    page = json.loads((CASES / "openai-usage-completions.json").read_text(encoding="utf-8"))
    page["data"][0]["results"][0]["output_audio_tokens"] = 100
    entries = list(read_usage([text(tmp_path, json.dumps(page))]))
    assert [usage.modality for usage in usages(entries)] == ["audio", "text", "text"]


def test_a_page_of_nothing_is_a_period_without_traffic(tmp_path: Path) -> None:
    empty = '{"object": "page", "data": [], "has_more": false, "next_page": null}'
    entries = list(read_usage([text(tmp_path, empty)]))
    assert (counts(entries), left(entries)) == ([], {"no usage in it: a period without traffic": (1, 0)})


def test_equal_rows_of_one_dashboard_export_add_up() -> None:
    entries = case("completions_usage_2026-11-01_2026-11-03.csv")
    assert counts(entries) == [
        ("gpt-4o-2024-08-06", 40, 48_000, 16_000, 14_000),
        ("gpt-4o-2024-08-06", 40, 48_000, 16_000, 14_000),
        ("gpt-4o-mini-2024-07-18", 10, 5_000, 0, 1_000),
    ]
    assert [usage.batch for usage in usages(entries)] == [False, False, True]
    assert left(entries) == {}


def test_rows_that_two_exports_share_count_once(tmp_path: Path) -> None:
    path = CASES / "completions_usage_2026-11-01_2026-11-03.csv"
    later = (
        path.read_bytes()
        + b"1793750400,1793836800,,,proj_fixture1,1.0,,,gpt-4o-2024-08-06,False,10,1,0,10\r\n"
    )
    (tmp_path / "later.csv").write_bytes(later)
    entries = list(read_usage([path, tmp_path / "later.csv"]))
    assert counts(entries)[3:] == [("gpt-4o-2024-08-06", 1, 10, 0, 1)]
    assert left(entries) == {"repeated: the same row stands in another file": (3, 130_000)}


def test_other_families_of_the_dashboard_are_told_by_their_columns() -> None:
    (usage,) = usages(case("images_usage_2026-11-01_2026-11-03.csv"))
    assert (usage.model, usage.modality, usage.quantity, usage.unit) == ("gpt-image-1", "image", 4, "images")


def test_an_export_of_an_empty_period_has_no_model_column_and_is_no_error() -> None:
    entries = case("embeddings_usage_empty.csv")
    assert (counts(entries), len(covered(entries))) == ([], 1)
    assert left(entries) == {"no usage in it: a period without traffic": (1, 0)}


def test_a_missing_column_is_named_with_those_found(tmp_path: Path) -> None:
    path = text(tmp_path, "start_time,end_time,num_model_requests,input_tokens\n1,2,3,4\n", "u.csv")
    with pytest.raises(UserError, match="lacks the column model; found: start_time, end_time, num_model_req"):
        list(read_usage([path]))


def test_more_cached_than_input_is_no_row_of_openais(tmp_path: Path) -> None:
    head = "start_time,end_time,num_model_requests,model,input_tokens,output_tokens,input_cached_tokens\n"
    rows = "1793491200,1793577600,1,gpt-4o,10,1,11\n1793491200,1793577600,1,gpt-4o,10,1,10\n"
    entries = list(read_usage([text(tmp_path, head + rows, "u.csv")]))
    assert counts(entries) == [("gpt-4o", 1, 10, 10, 1)]
    assert left(entries) == {"cannot be read: more cached than input tokens (line 2)": (1, 0)}


def test_a_bill_keeps_its_credits_and_its_digits() -> None:
    entries = case("openai-costs.json")
    assert [(bill.item, bill.amount, bill.currency) for bill in bills(entries)] == [
        ("gpt-4o-2024-08-06, input", Decimal("0.08"), "USD"),
        ("gpt-4o-2024-08-06, output", Decimal("0.14"), "USD"),
        ("Credit", Decimal("-0.05"), "USD"),
    ]
    assert [(day.start, day.billed) for day in covered(entries)] == [(DAY.replace(day=2), True)]


def test_the_cost_export_of_the_dashboard() -> None:
    entries = case("cost_2026-11-01_2026-11-03.csv")
    assert [(b.item, b.amount, b.quantity, b.unit, b.start) for b in bills(entries)] == [
        ("gpt-4o-2024-08-06, input", Decimal("0.08"), 32_000, "tokens", DAY),
        ("gpt-4o-2024-08-06, output", Decimal("0.14"), 14_000, "tokens", DAY),
    ]
    assert left(entries) == {}


def test_an_amount_without_a_currency_is_no_amount(tmp_path: Path) -> None:
    path = text(tmp_path, "start_time,amount_value,amount_currency\n1793491200,0.1,\n", "c.csv")
    with pytest.raises(
        UserError, match="line 2: read as openai-costs-csv, an amount or its currency is missing"
    ):
        list(read_usage([path]))
