"""What observability tools and proxies export: each fixture holds the same call in the tool's own words."""

from __future__ import annotations

from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from migrate_cli.costs.usage.read import read_usage
from migrate_cli.costs.usage.record import Granularity
from tests.costs.usage.reading import bills, case, counts, left, text, usages

NESTED = "repeated: calls inside a call that was counted, or around one"
REPEATED = "repeated: a call with the same id was read before"
CACHE = "answers from the tool's own cache, which cost nothing"
NO_CALL = "records that are not calls of a model"
FAILED = "failed calls without tokens"
CLAUDE = "other provider: anthropic"


@pytest.mark.parametrize("name", ["langsmith.json", "langsmith.jsonl", "langsmith.csv"])
def test_langsmith(name: str) -> None:
    entries = case(name)
    assert [call[1:] for call in counts(entries)] == [(1, 1200, 400, 350), (1, 800, 200, 100)]
    assert [(u.requested, u.tier, u.paid) for u in usages(entries)] == [
        ("gpt-4o", None, Decimal("0.0053")),
        ("gpt-4o", "flex", Decimal("0.0053")),
    ]
    assert left(entries) == {FAILED: (1, 0), CLAUDE: (1, 550), NO_CALL: (2, 0), NESTED: (1, 1550)}


@pytest.mark.parametrize("name", ["langfuse.json", "langfuse.jsonl", "langfuse.csv"])
def test_langfuse(name: str) -> None:
    entries = case(name)
    assert counts(entries) == [
        ("gpt-4o", 1, 1200, 400, 350),
        ("gpt-4o", 1, 1200, 400, 350),
        ("text-embedding-3-small", 1, 8000, 0, 0),
    ]
    assert [(u.modality, u.reasoning) for u in usages(entries)] == [
        ("text", 50),
        ("text", 0),
        ("embedding", 0),
    ]
    assert left(entries) == {
        FAILED: (1, 0),
        CLAUDE: (1, 110),
        NO_CALL: (1, 0),
        "not attributed: no model is named": (1, 77),
        "token counts whose parts do not make the total": (1, 999),
    }


@pytest.mark.parametrize("excluded", [False, True])
def test_langfuse_tells_itself_where_cached_tokens_stand(excluded: bool) -> None:
    assert counts(case("langfuse.json", cached_excluded=excluded))[:2] == [("gpt-4o", 1, 1200, 400, 350)] * 2


@pytest.mark.parametrize("name", ["helicone.json", "helicone.jsonl", "helicone.csv"])
def test_helicone(name: str) -> None:
    entries = case(name)
    assert counts(entries) == [
        ("gpt-4o-2024-08-06", 1, 1200, 400, 350),
        ("gpt-4o-2024-08-06", 1, 100, 0, 10),
    ]
    found = left(entries)
    assert {why: found[why] for why in (CACHE, FAILED, CLAUDE, REPEATED)} == {
        CACHE: (1, 1550),
        FAILED: (1, 0),
        CLAUDE: (1, 550),
        REPEATED: (1, 1550),
    }


def test_unknown_columns_are_named_once() -> None:
    assert left(case("helicone.csv"))["columns that are not known, not read: team"] == (1, 0)


@pytest.mark.parametrize("name", ["litellm.jsonl", "litellm-spend.json", "litellm-spend.csv"])
def test_litellm(name: str) -> None:
    entries = case(name)
    assert counts(entries) == [
        ("gpt-4o-2024-08-06", 1, 1200, 400, 350),
        ("gpt-4o", 1, 600, 0, 100),
        ("text-embedding-3-small", 1, 8000, 0, 0),
    ]
    assert [u.requested for u in usages(entries)] == ["fast", "fast", "embed"]
    assert usages(entries)[0].start == datetime(2026, 11, 2, 0, 0, 1, 250_000, tzinfo=timezone.utc)
    assert left(entries) == {CACHE: (1, 1550), FAILED: (1, 0), CLAUDE: (1, 330)}


@pytest.mark.parametrize("name", ["otel.jsonl", "otel-flat.json"])
def test_opentelemetry(name: str) -> None:
    entries = case(name)
    assert counts(entries) == [
        ("gpt-4o-2024-08-06", 1, 1200, 400, 350),
        ("gpt-4o-2024-08-06", 1, 100, 0, 10),
        ("text-embedding-3-small", 1, 8000, 0, 0),
    ]
    assert [u.modality for u in usages(entries)] == ["text", "text", "embedding"]
    assert usages(entries)[0].start == datetime(2026, 11, 3, 0, 0, 2, tzinfo=timezone.utc)
    assert left(entries) == {FAILED: (1, 0), CLAUDE: (1, 33), NO_CALL: (2, 0)}


def test_answers_as_they_came() -> None:
    entries = case("requests-chat.jsonl")
    assert counts(entries) == [
        ("gpt-4o-2024-08-06", 1, 1200, 400, 350),
        ("gpt-4o-2024-08-06", 1, 1200, 400, 350),
        ("text-embedding-3-small", 1, 8, 0, 0),
        ("gpt-5.6-sol", 1, 300_000, 0, 900),
    ]
    last = usages(entries)[-1]
    assert (last.cache_write, last.reasoning, last.tier) == (1000, 500, "priority")
    assert {usage.granularity for usage in usages(entries)} == {Granularity.REQUEST}
    assert left(entries) == {REPEATED: (1, 1550)}


def test_pairs_of_request_and_response() -> None:
    entries = case("requests-pairs.jsonl")
    assert [(u.requested, u.answered, u.input) for u in usages(entries)] == [
        ("gpt-4o", "gpt-4o-2024-08-06", 1200)
    ]
    assert left(entries) == {FAILED: (1, 0)}


def test_output_of_the_batch_api_is_batch() -> None:
    entries = case("requests-batch-output.jsonl")
    assert [(u.model, u.batch) for u in usages(entries)] == [("gpt-4o-mini-2024-07-18", True)]
    assert left(entries) == {FAILED: (1, 0)}


def test_lines_with_a_model_and_its_counts() -> None:
    entries = case("requests-flat.jsonl")
    assert counts(entries) == [("gpt-4o", 1, 1200, 0, 350), ("gpt-4o", 1, 100, 0, 10)]
    assert [u.paid for u in usages(entries)] == [Decimal("0.0065"), None]
    assert left(entries) == {"other provider: deepseek": (1, 55), NO_CALL: (1, 0)}


def test_deepseeks_own_export_counts_although_it_is_not_openai() -> None:
    entries = case("deepseek.zip")
    assert counts(entries) == [
        ("deepseek-v4-pro", 0, 400, 400, 0),
        ("deepseek-v4-pro", 0, 800, 0, 0),
        ("deepseek-v4-pro", 0, 0, 0, 350),
        ("deepseek-v4-pro", 1, 0, 0, 0),
    ]
    assert [(b.item, b.amount, b.currency) for b in bills(entries)] == [
        ("deepseek-v4-pro", Decimal("0.008405"), "CNY")
    ]


def test_rows_numbered_alike_in_two_logs_are_different_calls(tmp_path: Path) -> None:
    line = '{"id": 1, "model": "gpt-4o", "prompt_tokens": 10, "completion_tokens": 1}\n'
    both = [text(tmp_path, line, "a.jsonl"), text(tmp_path, line, "b.jsonl")]
    assert len(counts(read_usage(both))) == 2


def test_a_cost_of_zero_is_a_price_the_tool_does_not_know(tmp_path: Path) -> None:
    line = '{"model": "gpt-4o", "prompt_tokens": 10, "completion_tokens": 1, "cost": 0}\n'
    assert [u.paid for u in usages(read_usage([text(tmp_path, line)]))] == [None]


def test_helicone_counts_cached_and_reasoning_tokens_apart(tmp_path: Path) -> None:
    row = (
        '{"request_id": "req-fixture-1", "request_created_at": "2026-11-02T10:00:01Z", "request_model": "gpt-5.6-sol",'
        ' "prompt_tokens": 100, "prompt_cache_read_tokens": 900, "completion_tokens": 20, "reasoning_tokens": 80}\n'
    )
    (usage,) = usages(read_usage([text(tmp_path, row)]))
    assert (usage.input, usage.cached, usage.output, usage.reasoning) == (1000, 900, 100, 80)


def test_calls_may_be_rare_among_the_spans(tmp_path: Path) -> None:
    span = '{"traceId": "t1", "spanId": "s%d", "startTimeUnixNano": "1", "attributes": []}'
    batch = '{"resourceSpans": [{"scopeSpans": [{"spans": [' + span + "]}]}]}\n"
    entries = list(read_usage([text(tmp_path, "".join(batch % n for n in range(500)))]))
    assert (counts(entries), left(entries)) == ([], {NO_CALL: (500, 0)})


def test_langfuse_details_that_are_a_part_of_the_input_are_not_added(tmp_path: Path) -> None:
    row = (
        '{"type": "GENERATION", "model": "gpt-4o", "startTime": "2026-11-02T09:00:00Z", "usageDetails": %s}\n'
    )
    inside = '{"input": 1200, "input_cached_tokens": 400, "output": 350, "output_reasoning_tokens": 50, "total": 1550}'
    (usage,) = usages(read_usage([text(tmp_path, row % inside)]))
    assert (usage.input, usage.cached, usage.output, usage.reasoning) == (1200, 400, 350, 50)


def test_a_total_that_proves_it_has_cached_tokens_added(tmp_path: Path) -> None:
    line = (
        '{"model": "gpt-4o", "usage": {"prompt_tokens": 800, "completion_tokens": 350, "total_tokens": 1550,'
        ' "prompt_tokens_details": {"cached_tokens": 400}}}\n'
    )
    assert counts(read_usage([text(tmp_path, line)])) == [("gpt-4o", 1, 1200, 400, 350)]


def test_pieces_of_a_streamed_answer_are_no_calls_until_the_last(tmp_path: Path) -> None:
    piece = '{"id": "chatcmpl-fixture", "object": "chat.completion.chunk", "model": "gpt-4o", "usage": %s}\n'
    last = '{"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 12}'
    lines = piece % "null" + piece % last
    entries = list(read_usage([text(tmp_path, lines)]))
    assert (counts(entries), left(entries)) == ([("gpt-4o", 1, 10, 0, 2)], {NO_CALL: (1, 0)})


def test_a_duration_named_time_is_no_date(tmp_path: Path) -> None:
    line = (
        '{"model": "gpt-4o", "prompt_tokens": 10, "completion_tokens": 1, "time": 0.53, "ts": "2026-11-02"}\n'
    )
    (usage,) = usages(read_usage([text(tmp_path, line)]))
    assert usage.start == datetime(2026, 11, 2, tzinfo=timezone.utc)
