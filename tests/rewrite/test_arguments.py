"""Keyword arguments: set, dropped, renamed, in the layout of their call."""

from __future__ import annotations

import pytest

from migrate_cli.rewrite.errors import Conflict, NotFound, Refused
from tests.rewrite.helper import check, edited, remove_argument, rename_argument, replace, same, set_argument

URL = '"https://x.example/v1"'


def test_into_an_empty_call() -> None:
    check("c = OpenAI()\n", [set_argument("OpenAI()", "base_url", URL)], f"c = OpenAI(base_url={URL})\n")


def test_empty_call_with_space_inside() -> None:
    check("c = OpenAI( )\n", [set_argument("OpenAI( )", "a", "1")], "c = OpenAI(a=1)\n")


def test_empty_call_that_holds_a_comment() -> None:
    check(
        "c = OpenAI(\n    # from the environment\n)\n",
        [set_argument("OpenAI(\n    # from the environment\n)", "a", "1")],
        "c = OpenAI(\n    # from the environment\n    a=1,\n)\n",
    )


def test_two_in_one_line_keep_their_order() -> None:
    check(
        "c = OpenAI(timeout=3)\n",
        [set_argument("OpenAI(timeout=3)", "b", "1"), set_argument("OpenAI(timeout=3)", "a", "2")],
        "c = OpenAI(timeout=3, b=1, a=2)\n",
    )


def test_own_line_with_trailing_comma() -> None:
    call = "OpenAI(\n    timeout=3,\n    max_retries=1,\n)"
    check(
        f"c = {call}\n",
        [set_argument(call, "a", "1")],
        "c = OpenAI(\n    timeout=3,\n    max_retries=1,\n    a=1,\n)\n",
    )


def test_own_line_without_trailing_comma() -> None:
    call = "OpenAI(\n    timeout=3,\n    max_retries=1\n)"
    check(
        f"c = {call}\n",
        [set_argument(call, "a", "1")],
        "c = OpenAI(\n    timeout=3,\n    max_retries=1,\n    a=1\n)\n",
    )


def test_single_argument_on_its_own_line() -> None:
    check(
        "c = OpenAI(\n    timeout=3\n)\n",
        [set_argument("OpenAI(\n    timeout=3\n)", "a", "1")],
        "c = OpenAI(\n    timeout=3,\n    a=1\n)\n",
    )


def test_aligned_with_the_bracket() -> None:
    call = "OpenAI(timeout=3,\n           max_retries=1)"
    check(
        f"c = {call}\n",
        [set_argument(call, "a", "1")],
        "c = OpenAI(timeout=3,\n           max_retries=1,\n           a=1)\n",
    )


def test_several_on_one_inner_line() -> None:
    call = "OpenAI(\n    timeout=3, max_retries=1\n)"
    check(
        f"c = {call}\n",
        [set_argument(call, "a", "1")],
        "c = OpenAI(\n    timeout=3, max_retries=1, a=1\n)\n",
    )


def test_leading_commas() -> None:
    call = "OpenAI(\n    timeout=3\n    , max_retries=1\n)"
    check(
        f"c = {call}\n",
        [set_argument(call, "a", "1")],
        "c = OpenAI(\n    timeout=3\n    , max_retries=1\n    , a=1\n)\n",
    )


def test_comment_of_the_last_argument_stays_with_it() -> None:
    call = "OpenAI(\n    timeout=3,  # seconds\n    # seed=1,\n)"
    check(
        f"c = {call}\n",
        [set_argument(call, "a", "1")],
        "c = OpenAI(\n    timeout=3,  # seconds\n    # seed=1,\n    a=1,\n)\n",
    )


def test_comment_of_a_last_argument_without_comma() -> None:
    call = "OpenAI(\n    timeout=3  # seconds\n)"
    check(
        f"c = {call}\n",
        [set_argument(call, "a", "1")],
        "c = OpenAI(\n    timeout=3,  # seconds\n    a=1\n)\n",
    )


@pytest.mark.parametrize(
    ("call", "after"),
    [
        ("f(**options)", "f(**options, a=1)"),
        ("f(*parts)", "f(*parts, a=1)"),
        ("f(x for x in y)", "f((x for x in y), a=1)"),
        ("f(lambda: 0)", "f(lambda: 0, a=1)"),
        ("f(n := 2)", "f(n := 2, a=1)"),
        ("f(b = 2)", "f(b = 2, a = 1)"),
        ("f(b=2,)", "f(b=2, a=1,)"),
        ("f(g(h(b=2)))", "f(g(h(b=2)), a=1)"),
        ("f( b=2 )", "f( b=2, a=1 )"),
        ("f(1)(2)", "f(1)(2, a=1)"),
        ("(f)(2)", "(f)(2, a=1)"),
        ("f(await g())", "f(await g(), a=1)"),
    ],
)
def test_appended_to_unusual_calls(call: str, after: str) -> None:
    check(f"r = {call}\n", [set_argument(call, "a", "1")], f"r = {after}\n")


def test_value_is_replaced_in_place() -> None:
    call = "f(\n    a=1,  # one\n    model = 'gpt-4' ,  # two\n    b=2)"
    check(
        f"f({call})\n",
        [set_argument(call, "model", '"qwen-plus"')],
        "f(f(\n    a=1,  # one\n    model = 'qwen-plus' ,  # two\n    b=2))\n",
    )


def test_new_strings_take_the_quotes_of_the_call() -> None:
    check(
        "c = OpenAI(api_key='k')\nd = \"x\"\n",
        [set_argument("OpenAI(api_key='k')", "base_url", 'os.getenv("U", "it\'s")')],
        "c = OpenAI(api_key='k', base_url=os.getenv('U', \"it's\"))\nd = \"x\"\n",
    )


def test_new_strings_take_the_quotes_of_the_file() -> None:
    check(
        "a = {'x': 'y'}\nc = OpenAI()\n",
        [set_argument("OpenAI()", "api_key", 'os.environ["K"]')],
        "a = {'x': 'y'}\nc = OpenAI(api_key=os.environ['K'])\n",
    )


@pytest.mark.parametrize("code", ["a, b", "(yield)", "(n := 2)", "n if n else m", "lambda: 0"])
def test_value_gets_parentheses_only_where_needed(code: str) -> None:
    text = "def g():\n    f(a=1)\n"
    result = edited(text, set_argument("f(a=1)", "a", code))
    assert result in (f"def g():\n    f(a={code})\n", f"def g():\n    f(a=({code}))\n")
    compile(result, "<case>", "exec")


def test_comment_inside_the_parentheses_of_a_value_stays() -> None:
    check(
        "f(a=(  # why\n    'x'\n))\n",
        [set_argument("f(a=(  # why\n    'x'\n))", "a", '"y"')],
        "f(a=(  # why\n    'y'\n))\n",
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f(x=1)", "f()"),
        ("f(x=1,)", "f()"),
        ("f(\n    x=1,\n)", "f()"),
        ("f(x=1, b=2)", "f(b=2)"),
        ("f(a=1, x=1, b=2)", "f(a=1, b=2)"),
        ("f(a=1, x=1)", "f(a=1)"),
        ("f(a=1, x=1,)", "f(a=1,)"),
        ("f(*a, x=1, **b)", "f(*a, **b)"),
        ("f(\n    a=1,\n    x=1,\n)", "f(\n    a=1,\n)"),
        ("f(\n    a=1,\n    x=1\n)", "f(\n    a=1\n)"),
        ("f(\n    x=1,\n    a=1\n)", "f(\n    a=1\n)"),
        ("f(a=1,\n  x=1,\n  b=2)", "f(a=1,\n  b=2)"),
        ("f(x=1,\n  b=2)", "f(b=2)"),
        ("f(a=1, x=1,\n  b=2)", "f(a=1,\n  b=2)"),
        ("f(a=1,\n  x=1, b=2)", "f(a=1,\n  b=2)"),
        ("f(\n    a=1\n    , x=1\n    , b=2\n)", "f(\n    a=1\n    , b=2\n)"),
    ],
)
def test_removed_with_its_comma(before: str, after: str) -> None:
    check(f"r = {before}\n", [remove_argument(before, "x")], f"r = {after}\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f(\n    a=1,  # A\n    x=1,  # X\n)", "f(\n    a=1,  # A\n    # X\n)"),
        (
            "f(\n    a=1,  # A\n    x=1,  # X\n    b=2,  # B\n)",
            "f(\n    a=1,  # A\n    # X\n    b=2,  # B\n)",
        ),
        ("f(\n    # above\n    x=1,\n    b=2,\n)", "f(\n    # above\n    b=2,\n)"),
        ("f(\n    a=1,\n    # above\n    x=1,\n)", "f(\n    a=1,\n    # above\n)"),
        ("f(x=1,  # X\n  b=2)", "f(  # X\n  b=2)"),
        ("f(a=1,  # A\n  x=1)", "f(a=1  # A\n  )"),
        ("f(\n    x=1,  # X\n)", "f(\n    # X\n)"),
    ],
)
def test_comments_around_a_removed_argument_stay(before: str, after: str) -> None:
    check(f"r = {before}\n", [remove_argument(before, "x")], f"r = {after}\n")


def test_removal_and_addition_together() -> None:
    call = "AzureOpenAI(\n    api_version='1',\n    azure_endpoint=e,\n)"
    check(
        f"c = {call}\n",
        [
            replace("⟦AzureOpenAI⟧(", "OpenAI"),
            remove_argument(call, "api_version"),
            remove_argument(call, "azure_endpoint"),
            set_argument(call, "base_url", '"u"'),
        ],
        "c = OpenAI(base_url='u')\n",
    )


def test_renamed() -> None:
    check(
        "f(max_tokens=5, n = 1)\n",
        [rename_argument("f(max_tokens=5, n = 1)", "max_tokens", "limit")],
        "f(limit=5, n = 1)\n",
    )


def test_rename_takes_a_name_that_is_dropped() -> None:
    check(
        "f(a=1, b=2)\n",
        [rename_argument("f(a=1, b=2)", "a", "b"), remove_argument("f(a=1, b=2)", "b")],
        "f(b=1)\n",
    )


def test_chained_calls_are_told_apart() -> None:
    text = "r = (client\n     .chat(a=1)\n     .create(a=1))\n"
    check(
        text,
        [set_argument("client\n     .chat(a=1)\n     .create(a=1)", "b", "2")],
        "r = (client\n     .chat(a=1)\n     .create(a=1, b=2))\n",
    )


def test_nested_calls_are_edited_together() -> None:
    check(
        "f(g(a=1), b=h(c=3))\n",
        [
            set_argument("f(g(a=1), b=h(c=3))", "z", "0"),
            set_argument("g(a=1)", "a", "2"),
            remove_argument("h(c=3)", "c"),
        ],
        "f(g(a=2), b=h(), z=0)\n",
    )


def test_equal_edits_count_once() -> None:
    check("f()\n", [set_argument("f()", "a", "1"), set_argument("f()", "a", "1")], "f(a=1)\n")


def test_edit_inside_a_dropped_argument_is_moot() -> None:
    check(
        "f(a=g('x'), b=2)\n",
        [remove_argument("f(a=g('x'), b=2)", "a"), replace("'x'", '"y"')],
        "f(b=2)\n",
    )


def test_same_value_from_two_edits_is_no_conflict() -> None:
    check("f(a='x')\n", [set_argument("f(a='x')", "a", '"y"'), replace("'x'", '"y"')], "f(a='y')\n")


def test_same_value_as_before_changes_nothing() -> None:
    same("f(\n  a = 'x' ,\n)\n", set_argument("f(\n  a = 'x' ,\n)", "a", '"x"'))


@pytest.mark.parametrize(
    "edits",
    [
        [set_argument("f(a=g('x'))", "a", "1"), set_argument("f(a=g('x'))", "a", "2")],
        [set_argument("f(a=g('x'))", "a", "1"), remove_argument("f(a=g('x'))", "a")],
        [set_argument("f(a=g('x'))", "a", "1"), rename_argument("f(a=g('x'))", "a", "b")],
        [set_argument("f(a=g('x'))", "b", "1"), rename_argument("f(a=g('x'))", "a", "b")],
        [remove_argument("f(a=g('x'))", "a"), rename_argument("f(a=g('x'))", "a", "b")],
        [set_argument("f(a=g('x'))", "a", "1"), replace("'x'", '"y"')],
        [set_argument("f(a=g('x'))", "b", "1"), replace("f(a=g('x'))", "None")],
        [replace("'x'", "1"), replace("'x'", "2")],
        [replace("g('x')", "1"), replace("'x'", "2")],
    ],
)
def test_contradictions(edits) -> None:
    with pytest.raises(Conflict):
        edited("f(a=g('x'))\n", *edits)


def test_rename_to_a_taken_name() -> None:
    with pytest.raises(Conflict):
        edited("f(a=1, b=2)\n", rename_argument("f(a=1, b=2)", "a", "b"))


@pytest.mark.parametrize(
    "edit",
    [
        remove_argument("f(a=1)", "b"),
        rename_argument("f(a=1)", "b", "c"),
        set_argument("f(a=⟦1⟧)", "b", "c"),
        set_argument("f(a=⟦1)⟧", "b", "c"),
        replace("⟦f(⟧", "c"),
    ],
)
def test_places_that_are_not_there(edit) -> None:
    with pytest.raises(NotFound):
        edited("f(a=1)\n", edit)


@pytest.mark.parametrize("code", ["1 +", "x = 1", "", "import os", "*a"])
def test_code_that_is_no_expression(code: str) -> None:
    with pytest.raises(Refused):
        edited("f(a=1)\n", set_argument("f(a=1)", "b", code))


def test_messages_hold_no_source_text() -> None:
    with pytest.raises(Conflict) as caught:
        edited(
            "f(a='sk-secret')\n",
            set_argument("f(a='sk-secret')", "a", '"sk-other"'),
            set_argument("f(a='sk-secret')", "a", '"sk-third"'),
        )
    assert "sk-" not in str(caught.value)
    assert "\n" not in str(caught.value)
