from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate_cli.files.streams import values
from migrate_cli.files.streams.values import Broken, Value, json_values


def pieces(data: bytes, size: int = 7) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def read(text: str, size: int = 7) -> list[Value | Broken]:
    return list(json_values(pieces(text.encode(), size)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}\n\n{"b": 2}\n', [(1, {"a": 1}), (3, {"b": 2})]),
        ('{"a": 1}\r\n{"b": 2}', [(1, {"a": 1}), (2, {"b": 2})]),
        ('{"a": 1} {"b": 2}', [(1, {"a": 1}), (1, {"b": 2})]),
        ('{\n "a": 1\n}\n{\n "b": 2\n}', [(1, {"a": 1}), (4, {"b": 2})]),
        ('[\n {"a": 1},\n {"b": [2, 3]}\n]', [(2, {"a": 1}), (3, {"b": [2, 3]})]),
        ('[1, 23456789012, "x"]', [(1, 1), (1, 23456789012), (1, "x")]),
        ('{"x": 0}\n[{"a": 1}, {"b": 2}]\n', [(1, {"x": 0}), (2, {"a": 1}), (2, {"b": 2})]),
        ('{"名": "值 \\ud83d\\ude00"}\n', [(1, {"名": "值 😀"})]),
        ("[]", []),
    ],
)
def test_values_come_one_by_one_with_their_line(text: str, expected: list[tuple[int, object]]) -> None:
    assert read(text) == [Value(*pair) for pair in expected]


@pytest.mark.parametrize(
    ("text", "kept", "place"),
    [
        ('{"a": 1}\n{"b": 2}\n{"c": ', 2, Broken(3, cut=True)),
        ('{"a": 1}\nERROR disk full\n{"b": 2}\n', 2, Broken(2, cut=False)),
        ('[\n {"a": 1},\n {"b": 2', 1, Broken(3, cut=True)),
        ('{"data": [\n {"a": 1},\n {"b": 2},\n {"c": "tex', 2, Broken(4, cut=True)),
        ('[\n {"a": 1},\n {"b" 2}, {"c": 3}, {"d": 4}]', 1, Broken(3, cut=False, lost=True)),
    ],
)
def test_what_came_before_a_break_counts(text: str, kept: int, place: Broken) -> None:
    found = read(text)
    assert [each for each in found if isinstance(each, Broken)] == [place]
    assert len(found) == kept + 1


def test_a_line_too_deep_is_broken_rather_than_a_crash() -> None:
    deep = "[" * 100_000
    assert read(f'{{"a": 1}}\n{deep}\n{{"b": 2}}\n', 1 << 16) == [
        Value(1, {"a": 1}),
        Broken(2, cut=False),
        Value(3, {"b": 2}),
    ]


def test_an_endless_line_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "_LARGEST", 100)
    text = '{"a": 1}\n{"long": "' + "x" * 1000 + '"}\n{"b": 2}\n'
    assert read(text) == [Value(1, {"a": 1}), Broken(2, cut=False), Value(3, {"b": 2})]


def test_an_object_too_large_to_hold_gives_the_items_of_its_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "_WHOLE", 60)
    rows = [{"n": number} for number in range(50)]
    text = json.dumps({"object": "page", "meta": {"total": 1.5}, "data": rows, "end": None}, indent=1)
    assert [found.value for found in read(text) if isinstance(found, Value)] == rows


def test_lists_within_large_objects_are_opened_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "_WHOLE", 60)
    monkeypatch.setattr(values, "_LARGEST", 80)
    rows = [{"n": number} for number in range(50)]
    text = json.dumps({"outer": [{"name": "x", "inner": rows}]})
    assert [found.value for found in read(text) if isinstance(found, Value)] == rows


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(_JSON, max_size=5), st.integers(1, 40), st.sampled_from([None, 1]), st.booleans())
def test_any_list_comes_back_however_it_is_cut(
    items: list[object], size: int, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps(items, indent=indent, ensure_ascii=ascii_only)
    assert [found.value for found in read(text, size) if isinstance(found, Value)] == items
