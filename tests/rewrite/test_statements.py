"""Statements put in and taken out, with the lines and comments around them."""

from __future__ import annotations

import pytest

from migrate_cli.rewrite.errors import NotFound, Refused
from tests.rewrite.helper import (
    add_import,
    check,
    edited,
    insert_after,
    insert_before,
    remove,
    replace,
    set_argument,
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1\n", "x = 1\nnew()\n"),
        ("x = 1", "x = 1\nnew()"),
        ("x = 1  # why\ny = 2\n", "x = 1  # why\nnew()\ny = 2\n"),
        ("if a:\n\tx = 1\n", "if a:\n\tx = 1\n\tnew()\n"),
        ("if a:\r\n    x = 1\r\n", "if a:\r\n    x = 1\r\n    new()\r\n"),
        ("y = 2; x = 1\n", "y = 2; x = 1\nnew()\n"),
        ("x = 1; y = 2\n", "x = 1; new(); y = 2\n"),
        ("x = 1;\n", "x = 1;\nnew()\n"),
        ("def f():\n    x = 1\n\n\n# next\n", "def f():\n    x = 1\n    new()\n\n\n# next\n"),
    ],
)
def test_inserted_after(before: str, after: str) -> None:
    check(before, [insert_after("x = 1", "new()")], after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1\n", "new()\nx = 1\n"),
        ("# note\nx = 1", "# note\nnew()\nx = 1"),
        ("if a:\n\n  x = 1\n", "if a:\n\n  new()\n  x = 1\n"),
        ("y = 2; x = 1\n", "y = 2; new(); x = 1\n"),
        ("x = 1; y = 2\n", "new()\nx = 1; y = 2\n"),
    ],
)
def test_inserted_before(before: str, after: str) -> None:
    check(before, [insert_before("x = 1", "new()")], after)


def test_several_insertions_keep_their_order() -> None:
    check(
        "x = 1\ny = 2\n",
        [insert_before("y = 2", "c()"), insert_after("x = 1", "a()"), insert_after("x = 1", "b()")],
        "x = 1\na()\nb()\nc()\ny = 2\n",
    )


def test_statement_of_several_lines() -> None:
    check(
        "if a:\n    x = 1\n",
        [insert_after("x = 1", "if x:\n    f(\n        1,\n    )\n")],
        "if a:\n    x = 1\n    if x:\n        f(\n            1,\n        )\n",
    )


def test_after_a_statement_of_several_lines() -> None:
    check(
        'x = """\n\n"""\ny = 2\n', [insert_after('x = """\n\n"""', "new()")], 'x = """\n\n"""\nnew()\ny = 2\n'
    )


def test_inserted_beside_an_edited_statement() -> None:
    check(
        "x = f(a='b')\n",
        [
            insert_after("x = f(a='b')", "after()"),
            insert_before("x = f(a='b')", "before()"),
            replace("'b'", '"c"'),
            set_argument("f(a='b')", "d", "1"),
        ],
        "before()\nx = f(a='c', d=1)\nafter()\n",
    )


@pytest.mark.parametrize(
    "text", ["if a: x = 1\n", "if a: y = 2; x = 1\n", "class A: x = 1\n", "x = 2; \\\nx = 1\n"]
)
def test_no_line_fits_into_one_line_blocks(text: str) -> None:
    with pytest.raises(Refused):
        edited(text, insert_after("⟦x = 1⟧\n", "new()"))


@pytest.mark.parametrize("code", ["if b:\n    new()", "f(\n1)", "with b: new()"])
def test_no_block_fits_between_statements(code: str) -> None:
    with pytest.raises(Refused):
        edited("x = 1; y = 2\n", insert_after("x = 1", code))


@pytest.mark.parametrize("code", ["if b:", "x ="])
def test_broken_statement_is_refused(code: str) -> None:
    with pytest.raises(Refused):
        edited("x = 1\n", insert_after("x = 1", code))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1\ny = 2\n", "y = 2\n"),
        ("y = 2\nx = 1\n", "y = 2\n"),
        ("y = 2\nx = 1", "y = 2"),
        ("x = 1\n", ""),
        ("a = 0\n\nx = 1\n\ny = 2\n", "a = 0\n\ny = 2\n"),
        ("a = 0\n\n\nx = 1\n\ny = 2\n", "a = 0\n\n\ny = 2\n"),
        ("a = 0\nx = 1\n\ny = 2\n", "a = 0\n\ny = 2\n"),
        ("a = 0\n\nx = 1\ny = 2\n", "a = 0\n\ny = 2\n"),
        ("a = 0\n\nx = 1\n", "a = 0\n"),
        ("a = 0\r\nx = 1\r\ny = 2", "a = 0\r\ny = 2"),
        ("def f():\n    x = 1\n\n    return 2\n", "def f():\n    return 2\n"),
        ("def f():\n    x = 1\n", "def f():\n    pass\n"),
        ("def f():\n    x = 1  # note\n", "def f():\n    pass  # note\n"),
        ('def f():\n    """Doc."""\n    x = 1\n', 'def f():\n    """Doc."""\n'),
        ("if a: x = 1\nelse: y = 2\n", "if a: pass\nelse: y = 2\n"),
        ("if a: x = 1; y = 2\n", "if a: y = 2\n"),
        ("if a: y = 2; x = 1\n", "if a: y = 2\n"),
        ("x = 1; y = 2\n", "y = 2\n"),
        ("y = 2; x = 1  # both\n", "y = 2  # both\n"),
        ("y = 2; x = 1;\n", "y = 2;\n"),
        ("y = 2; x = 1; z = 3\n", "y = 2; z = 3\n"),
        ("# above\nx = 1\ny = 2\n", "# above\ny = 2\n"),
        ("x = 1  # why\ny = 2\n", "# why\ny = 2\n"),
        ("x = 1  # noqa: E501\ny = 2\n", "y = 2\n"),
        ("x = 1  # type: ignore\ny = 2\n", "y = 2\n"),
        ("try:\n    x = 1\nfinally:\n    y = 2\n", "try:\n    pass\nfinally:\n    y = 2\n"),
    ],
)
def test_removed(before: str, after: str) -> None:
    check(before, [remove("x = 1")], after)


def test_all_statements_of_a_block_removed() -> None:
    check(
        "while a:\n    x = 1\n    y = 2\n\n    z = 3\nb = 4\n",
        [remove("x = 1"), remove("y = 2"), remove("z = 3")],
        "while a:\n    pass\nb = 4\n",
    )


def test_neighbours_removed_together() -> None:
    check(
        "a = 0\n\nx = 1\ny = 2\n\nb = 4\n",
        [remove("x = 1"), remove("y = 2")],
        "a = 0\n\nb = 4\n",
    )


def test_all_of_a_shared_line_removed() -> None:
    check("a = 0\nx = 1; y = 2\nb = 4\n", [remove("x = 1"), remove("y = 2")], "a = 0\nb = 4\n")


def test_two_of_a_shared_line_removed() -> None:
    check("x = 1; a = 0; y = 2\n", [remove("x = 1"), remove("y = 2")], "a = 0\n")


def test_removed_and_put_in_its_place() -> None:
    check(
        "if a:\n\n    x = 1\n\n",
        [remove("x = 1"), insert_after("x = 1", "new()")],
        "if a:\n\n    new()\n\n",
    )


def test_edit_inside_a_removed_statement_is_moot() -> None:
    check("x = f('a')\ny = 2\n", [remove("x = f('a')"), replace("'a'", '"b"')], "y = 2\n")


def test_blank_lines_inside_strings_are_no_surplus() -> None:
    check(
        's = """\n\n"""\nx = 1\n\nt = """\n\n"""\n', [remove("x = 1")], 's = """\n\n"""\n\nt = """\n\n"""\n'
    )


@pytest.mark.parametrize("mark", ["⟦if a:\n    x = 1⟧", "⟦def f(): pass⟧", "x = ⟦1⟧", "⟦x = 1\n⟧"])
def test_only_simple_statements(mark: str) -> None:
    with pytest.raises(NotFound):
        edited("if a:\n    x = 1\ndef f(): pass\n", remove(mark))


def test_import_is_added_with_a_statement() -> None:
    check(
        '"""Doc."""\nx = 1\n',
        [insert_after("x = 1", "os.getcwd()"), add_import("import os")],
        '"""Doc."""\n\nimport os\n\nx = 1\nos.getcwd()\n',
    )
