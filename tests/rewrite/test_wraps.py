"""Displays that several edits fill together, and text that goes around an expression."""

from __future__ import annotations

import pytest

from migrate_cli.model import AddEntry, WrapExpression
from migrate_cli.rewrite.errors import RewriteError
from tests.rewrite.helper import PATH, Edit, check, edited, replace, set_argument, span_of


def add_entry(call: str, argument: str, name: str, code: str) -> Edit:
    return lambda source: AddEntry(PATH, span_of(source, call), argument, name, code)


def wrap(expression: str, before: str, after: str) -> Edit:
    return lambda source: WrapExpression(PATH, span_of(source, expression), before, after)


def test_two_edits_make_one_display() -> None:
    check(
        "f(a=1)\n",
        [add_entry("f(a=1)", "body", "x", "1"), add_entry("f(a=1)", "body", "y", "u")],
        'f(a=1, body={"x": 1, "y": u})\n',
    )


def test_display_in_the_quotes_of_the_call() -> None:
    check(
        "f(m='a')\n",
        [add_entry("f(m='a')", "body", "x", '{"y": "z"}')],
        "f(m='a', body={'x': {'y': 'z'}})\n",
    )


def test_the_same_entry_counts_once() -> None:
    twice = add_entry("f(a=1)", "body", "x", "1")
    assert edited("f(a=1)\n", twice, twice) == 'f(a=1, body={"x": 1})\n'


def test_entries_that_disagree_are_refused() -> None:
    with pytest.raises(RewriteError, match="disagree"):
        edited("f()\n", add_entry("f()", "body", "x", "1"), add_entry("f()", "body", "x", "2"))


def test_a_keyword_that_is_set_elsewhere_is_refused() -> None:
    with pytest.raises(RewriteError, match="disagree"):
        edited("f()\n", add_entry("f()", "body", "x", "1"), set_argument("f()", "body", "b"))


def test_wrap_keeps_what_is_inside() -> None:
    check("r = f(  a , b=2 )  # c\n", [wrap("f(  a , b=2 )", "[", "]")], "r = [f(  a , b=2 )]  # c\n")


def test_wrap_and_edits_inside() -> None:
    check(
        "r = f(texts, m='a')\n",
        [
            wrap("f(texts, m='a')", "[", " for i in range(3)]"),
            set_argument("f(texts, m='a')", "n", "1"),
            replace("'a'", '"b"'),
            replace("⟦texts⟧,", "texts[i]"),
        ],
        "r = [f(texts[i], m='b', n=1) for i in range(3)]\n",
    )


def test_wrap_with_await() -> None:
    check(
        "async def g():\n    r = await f(x)\n",
        [wrap("await f(x)", "[", " for i in y]")],
        "async def g():\n    r = [await f(x) for i in y]\n",
    )


def test_wrap_that_needs_parentheses() -> None:
    check("v = g(x)[0]\n", [wrap("g(x)", "", " or []")], "v = (g(x) or [])[0]\n")


def test_two_wraps_of_one_expression_are_refused() -> None:
    with pytest.raises(RewriteError, match="disagree"):
        edited("r = f(x)\n", wrap("f(x)", "[", "]"), wrap("f(x)", "(", ")"))


def test_wrap_of_a_replaced_expression_is_refused() -> None:
    with pytest.raises(RewriteError, match="disagree"):
        edited("r = f(x)\n", wrap("f(x)", "[", "]"), replace("f(x)", "y"))
