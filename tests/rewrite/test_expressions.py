"""Expressions replaced where they stand."""

from __future__ import annotations

import pytest

from migrate_cli.rewrite.errors import NotFound, Refused, RewriteError
from tests.rewrite.helper import check, edited, replace, same, set_argument


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ("'gpt-4'", '"glm"', "'glm'"),
        ('"gpt-4"', "'glm'", '"glm"'),
        ("u'gpt-4'", '"glm"', "u'glm'"),
        ("r'gpt-4'", '"glm"', "r'glm'"),
        ("'''gpt-4'''", '"glm"', "'''glm'''"),
        ("'gpt-4'", '"it\'s"', '"it\'s"'),
        ("r'gpt-4'", '"a\\n"', '"a\\n"'),
        ("b'gpt-4'", '"glm"', '"glm"'),
        ("'gpt' '-4'", '"glm"', '"glm"'),
        ("f'gpt-{n}'", '"glm"', '"glm"'),
        ("'gpt-4'", "MODEL", "MODEL"),
        ("'gpt-4'", "None", "None"),
    ],
)
def test_string_literal(old: str, new: str, after: str) -> None:
    check(f"n = 4\nx = [{old}]\n", [replace(f"[⟦{old}⟧]", new)], f"n = 4\nx = [{after}]\n")


@pytest.mark.parametrize(
    ("before", "mark", "code", "after"),
    [
        ("AzureOpenAI(a=1)", "⟦AzureOpenAI⟧(", "OpenAI", "OpenAI(a=1)"),
        ("openai.AzureOpenAI(a=1)", "⟦openai.AzureOpenAI⟧(", "openai.OpenAI", "openai.OpenAI(a=1)"),
        ("(AzureOpenAI)()", "(⟦AzureOpenAI⟧)", "OpenAI", "(OpenAI)()"),
        ("key.strip()", "⟦key⟧.", "a or b", "(a or b).strip()"),
        ("key.strip()", "⟦key⟧.", "1", "(1).strip()"),
        ("key[0]", "⟦key⟧[", "a if b else c", "(a if b else c)[0]"),
        ("not key", "⟦key⟧", "a or b", "not (a or b)"),
        ("-key", "⟦key⟧", "(a + b)", "-(a + b)"),
        ("-key", "⟦key⟧", "(a) + (b)", "-((a) + (b))"),
        ("f(key)", "(⟦key⟧)", "a, b", "f((a, b))"),
        ("f(*key)", "*⟦key⟧", "a or b", "f(*(a or b))"),
        ("f(key)", "(⟦key⟧)", "a or b", "f(a or b)"),
        ("f(x for x in y)", "⟦(x for x in y)⟧", "z", "f(z)"),
        ("(a, b)[0]", "⟦(a, b)⟧[", "c", "c[0]"),
        ("lambda: key", "⟦key⟧", "a or b", "lambda: a or b"),
        ("[key for key in 'x']", "in ⟦'x'⟧", "a if b else c", "[key for key in (a if b else c)]"),
        ("(y := key)", "⟦key⟧", "other", "(y := other)"),
        ("0 if'x'else 1", "⟦'x'⟧", "flag", "0 if flag else 1"),
        ("0 if'x'else 1", "⟦'x'⟧", '"y"', "0 if'y'else 1"),
    ],
)
def test_in_its_surroundings(before: str, mark: str, code: str, after: str) -> None:
    check(f"v = {before}\n", [replace(mark, code)], f"v = {after}\n")


def test_parameter_default_and_annotation() -> None:
    check(
        "def f(c: AzureOpenAI, *, m: str = 'gpt-4') -> 'AzureOpenAI': ...\n",
        [
            replace("c: ⟦AzureOpenAI⟧", "OpenAI"),
            replace("'gpt-4'", '"glm"'),
            replace("'AzureOpenAI'", '"OpenAI"'),
        ],
        "def f(c: OpenAI, *, m: str = 'glm') -> 'OpenAI': ...\n",
    )


def test_decorator_and_base_class() -> None:
    check(
        "@wrap(AzureOpenAI)\nclass A(AzureOpenAI):\n    pass\n",
        [replace("wrap(⟦AzureOpenAI⟧", "OpenAI"), replace("A(⟦AzureOpenAI⟧", "OpenAI")],
        "@wrap(OpenAI)\nclass A(OpenAI):\n    pass\n",
    )


def test_match_pattern_value() -> None:
    check(
        "match m:\n    case 'gpt-4' | 'o1': pass\n",
        [replace("'gpt-4'", '"glm"')],
        "match m:\n    case 'glm' | 'o1': pass\n",
    )


def test_after_text_that_is_not_ascii() -> None:
    check(
        "s = '模型'; é = f('gpt-4')  # 注释\n",
        [replace("'gpt-4'", '"通义"'), set_argument("f('gpt-4')", "n", "1")],
        "s = '模型'; é = f('通义', n=1)  # 注释\n",
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_newline_stays(newline: str) -> None:
    text = "a = 1\nx = f(\n    b=1,\n)\n\ty = 2\n".replace("\ty", "y").replace("\n", newline)
    call = text[text.index("f(") : text.index(")") + 1]
    after = edited(text, set_argument(call, "c", "2"))
    assert after == text.replace(f"b=1,{newline}", f"b=1,{newline}    c=2,{newline}")


def test_mixed_newlines_stay_as_they_are() -> None:
    check("a = 1\r\nb = 'x'\nc = 3\r\n", [replace("'x'", '"y"')], "a = 1\r\nb = 'y'\nc = 3\r\n")


@pytest.mark.parametrize(
    "rest",
    [
        "\x0c\ndef g():\n\treturn  1 ;\n",
        "if x:\n\x0c    y = 1\n\x0c\n    z = 2\n",
        "x = 1 ; y=2;\n",
        "z = \\\n  3\n",
        "s = '''\r\n \t\x0b\u2028'''\n",
        "    \n\t\n# end",
        "def h(a,b=(1,),*,c:int=0)->None:pass",
    ],
)
def test_the_rest_of_the_file_is_not_touched(rest: str) -> None:
    check(f"m = f('x')\n{rest}", [replace("'x'", '"y"')], f"m = f('y')\n{rest}")


def test_no_last_newline() -> None:
    check("m = f(a=1)", [set_argument("f(a=1)", "b", "2")], "m = f(a=1, b=2)")


def test_equal_code_changes_nothing() -> None:
    same("x = f( 'gpt-4' )\n", replace("'gpt-4'", '"gpt-4"'))


def test_no_operations_change_nothing_not_even_what_does_not_parse() -> None:
    assert edited("def (\n") == "def (\n"


@pytest.mark.parametrize("text", ["def (\n", "x = (\n", "a\x00b\n"])
def test_file_that_does_not_parse(text: str) -> None:
    with pytest.raises(Refused):
        edited(text, lambda source: replace("x", "y")("x"))


def test_deep_nesting_is_refused_or_done_but_never_crashes() -> None:
    text = f"x = {'(' * 150}f('x'){')' * 150}\n"
    assert edited(text, replace("'x'", '"y"')) == text.replace("'x'", "'y'")


@pytest.mark.parametrize("mark", ["⟦f('x')  ⟧", "=⟦ f('x')⟧", "= ⟦f('x'⟧)", "⟦'x⟧'", "⟦f('x')  # c⟧"])
def test_span_that_is_no_node(mark: str) -> None:
    with pytest.raises(NotFound):
        edited("v = f('x')  # c\n", replace(mark, "1"))


def test_inside_an_f_string() -> None:
    check(
        "s = f\"{c.create(model='gpt-4')}\"\n",
        [replace("'gpt-4'", '"glm"'), set_argument("c.create(model='gpt-4')", "k", '"v"')],
        "s = f\"{c.create(model='glm', k='v')}\"\n",
    )


@pytest.mark.parametrize("code", ['"it\'s"', "a['\\n']", "'#'"])
def test_inside_an_f_string_when_it_does_not_fit(code: str) -> None:
    with pytest.raises(RewriteError):
        edited("s = f\"{c.create(model='gpt-4')}\"\n", replace("'gpt-4'", code))
