"""The small language of the answers' templates."""

from __future__ import annotations

from typing import Any

import pytest

from migrate_cli.runtime.native.templates import camel_case, fill

VALUES = {"a": {"b": 1}, "list": [{"n": 1}, {"n": 2}], "none": None, "text": "Hello"}


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("$a.b", 1),
        ("$list.1.n", 2),
        ({"$each": "$list", "as": {"N": "$n"}}, [{"N": 1}, {"N": 2}]),
        ({"$or": ["$none", "$text"]}, "Hello"),
        ({"$camel": "$a"}, {"B": 1}),
        ({"$parts": "$text"}, [{"text": "Hello"}]),
        ({"kept": "$text", "gone": "$none"}, {"kept": "Hello"}),
    ],
)
def test_values_take_their_places(template: Any, filled: Any) -> None:
    assert fill(template, VALUES) == filled


@pytest.mark.parametrize("template", ["plain", 7, True, {"a": {"b": "text of its own"}}, ""])
def test_what_is_no_place_stays(template: Any) -> None:
    assert fill(template, VALUES) == template


@pytest.mark.parametrize("path", ["$nowhere", "$a.c", "$list.9.n", "$list.first", "$text.b"])
def test_a_place_without_a_value_is_nothing(path: str) -> None:
    assert fill(path, VALUES) is None


@pytest.mark.parametrize("template", [{"$each": "$none", "as": "$n"}, {"$parts": "$none"}])
def test_a_list_of_nothing_is_empty(template: Any) -> None:
    assert fill(template, VALUES) == []


def test_only_names_are_written_in_camel_case() -> None:
    assert camel_case({"tool_calls": [{"id": "call_1", "gone": None}]}) == {"ToolCalls": [{"Id": "call_1"}]}
