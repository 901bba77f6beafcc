from __future__ import annotations

from migrate_cli.costs.usage.format import Item
from migrate_cli.costs.usage.record import Granularity, Usage
from migrate_cli.costs.usage.seen import ELSEWHERE, NESTED, REPEATED, Hashes, Seen


def call(key: str | None, parent: str | None = None) -> Item:
    return Item(Usage("log", Granularity.REQUEST, "gpt-4o"), key, parent)


def row(key: str) -> Item:
    return Item(Usage("export", Granularity.BUCKET, "gpt-4o"), key)


def test_a_call_counts_once_in_all_files() -> None:
    seen = Seen()
    assert seen.repeated(call("chatcmpl-1")) is None
    assert seen.repeated(call("chatcmpl-1")) == REPEATED
    seen.next_file()
    assert seen.repeated(call("chatcmpl-1")) == REPEATED
    assert seen.repeated(call("chatcmpl-2")) is None


def test_calls_without_a_name_of_their_own_all_count() -> None:
    seen = Seen()
    assert [
        seen.repeated(call(key))
        for key in (None, None, "1", "1", "row-1", "row-1", "1234567890", "1234567890")
    ] == [None] * 8


def test_a_call_in_a_call_counts_once_whichever_comes_first() -> None:
    inner_first, outer_first = Seen(), Seen()
    inner, outer = call("trace/inner", "trace/outer"), call("trace/outer", "trace/agent")
    assert [inner_first.repeated(each) for each in (inner, outer)] == [None, NESTED]
    assert [outer_first.repeated(each) for each in (outer, inner)] == [None, NESTED]


def test_calls_side_by_side_under_one_parent_all_count() -> None:
    seen = Seen()
    assert [seen.repeated(call(f"trace/call-{n}", "trace/agent")) for n in range(3)] == [None] * 3


def test_rows_of_a_bucket_repeat_in_other_files_only() -> None:
    seen = Seen()
    assert [seen.repeated(row("a")), seen.repeated(row("a"))] == [None, None]
    seen.next_file()
    assert [seen.repeated(row("a")), seen.repeated(row("b"))] == [ELSEWHERE, None]


def test_the_oldest_are_forgotten_and_the_newest_never() -> None:
    hashes = Hashes(largest=1 << 8)
    added = [f"request-{number}" for number in range(2_000)]
    assert all(hashes.add(key) for key in added)
    assert all(key in hashes for key in added[-192:])
    assert not any(key in hashes for key in added[:1_000])


def test_a_growing_table_loses_none() -> None:
    hashes = Hashes()
    added = [f"request-{number}" for number in range(20_000)]
    assert all(hashes.add(key) for key in added)
    assert not any(hashes.add(key) for key in added)
