"""Keys of dictionary displays and of `dict(...)` calls."""

from __future__ import annotations

import pytest

from migrate_cli.rewrite.errors import Conflict, NotFound, Refused
from tests.rewrite.helper import check, edited, remove_item, rename_item, replace, same, set_item


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}", '{"x": 1}'),
        ("{ }", '{"x": 1}'),
        ("{'a': 2}", "{'a': 2, 'x': 1}"),
        ('{"a": 2,}', '{"a": 2, "x": 1,}'),
        ("{'x': 2, 'a': 3}", "{'x': 1, 'a': 3}"),
        ("{'x' :2}", "{'x' :1}"),
        ("{'a' : 2}", "{'a' : 2, 'x' : 1}"),
        ("{**more}", '{**more, "x": 1}'),
        ("{'x': 2, 'x': 3}", "{'x': 2, 'x': 1}"),
        ("{\n    'a': 2,  # A\n}", "{\n    'a': 2,  # A\n    'x': 1,\n}"),
        ("{\n    'a': 2  # A\n}", "{\n    'a': 2,  # A\n    'x': 1\n}"),
        ("{'a': 2,\n 'b': 3}", "{'a': 2,\n 'b': 3,\n 'x': 1}"),
        ("{\n    # nothing yet\n}", '{\n    # nothing yet\n    "x": 1,\n}'),
        ("dict()", "dict(x=1)"),
        ("dict(a=2)", "dict(a=2, x=1)"),
        ("dict(x=2)", "dict(x=1)"),
        ("dict(pairs)", "dict(pairs, x=1)"),
    ],
)
def test_set(before: str, after: str) -> None:
    check(f"d = {before}\n", [set_item(before, "x", "1")], f"d = {after}\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{'x': 1}", "{}"),
        ("{'x': 1, 'a': 2}", "{'a': 2}"),
        ("{'a': 2, 'x': 1}", "{'a': 2}"),
        ("{'a': 2, 'x': 1, **b}", "{'a': 2, **b}"),
        ("{'x': 1, 'a': 2, 'x': 3}", "{'a': 2}"),
        ("{\n    'a': 2,\n    'x': 1,\n}", "{\n    'a': 2,\n}"),
        ("{\n    'x': 1,  # X\n    'a': 2,  # A\n}", "{\n    # X\n    'a': 2,  # A\n}"),
        ("dict(a=2, x=1)", "dict(a=2)"),
    ],
)
def test_removed(before: str, after: str) -> None:
    check(f"d = {before}\n", [remove_item(before, "x")], f"d = {after}\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{'x': 1, \"a\": 2}", "{'y': 1, \"a\": 2}"),
        ('{"x"  : 1}', '{"y"  : 1}'),
        ("{u'x': 1}", "{u'y': 1}"),
        ("{'x': 1, 'a': 'x'}", "{'y': 1, 'a': 'x'}"),
        ("dict(x=1)", "dict(y=1)"),
    ],
)
def test_renamed(before: str, after: str) -> None:
    check(f"d = {before}\n", [rename_item(before, "x", "y")], f"d = {after}\n")


def test_string_value_keeps_its_quotes() -> None:
    check("d = {'m': 'gpt-4'}\n", [set_item("{'m': 'gpt-4'}", "m", '"glm"')], "d = {'m': 'glm'}\n")


def test_inner_and_outer_dictionary() -> None:
    check(
        "d = {'a': {'b': 'x'}, 'c': 1}\n",
        [set_item("{'b': 'x'}", "b", '"y"'), remove_item("{'a': {'b': 'x'}, 'c': 1}", "c")],
        "d = {'a': {'b': 'y'}}\n",
    )


def test_key_with_quotes_in_it() -> None:
    check("d = {'a': 1}\n", [set_item("{'a': 1}", 'it"s', "2")], "d = {'a': 1, 'it\"s': 2}\n")


def test_same_value_changes_nothing() -> None:
    same("d = {'a' : 'x' ,\n 'b': 2 , }\n", set_item("{'a' : 'x' ,\n 'b': 2 , }", "a", '"x"'))


@pytest.mark.parametrize(
    "before", ["{a: 1}", "{'a' + '': 1}", "{b'a': 1}", "{**a}", "{'b': {'a': 1}}", "{1: 'a'}"]
)
def test_other_keys_are_not_taken_for_it(before: str) -> None:
    with pytest.raises(NotFound):
        edited(f"d = {before}\n", remove_item(before, "a"))


def test_contradiction() -> None:
    with pytest.raises(Conflict):
        edited("d = {'a': 1}\n", set_item("{'a': 1}", "a", "2"), remove_item("{'a': 1}", "a"))


def test_value_with_an_edit_of_its_own() -> None:
    with pytest.raises(Conflict):
        edited("d = {'a': g('x')}\n", set_item("{'a': g('x')}", "a", "2"), replace("'x'", "3"))


def test_key_that_is_no_identifier_in_a_dict_call() -> None:
    with pytest.raises(Refused):
        edited("d = dict(a=1)\n", set_item("dict(a=1)", "x-y", "2"))


@pytest.mark.parametrize(
    "source", ["d = {'a'}\n", "d = {k: 1 for k in 'a'}\n", "d = Dict(a=1)\n", "d = o.dict(a=1)\n"]
)
def test_what_is_no_dictionary(source: str) -> None:
    with pytest.raises(NotFound):
        edited(source, set_item(source[4:-1], "a", "2"))
