"""An `if` that would be left with nothing but `pass`."""

from __future__ import annotations

import pytest

from migrate_cli.model import RemoveStatement, Span
from migrate_cli.rewrite.transform import rewrite


def without(source: str, *statements: str) -> str:
    """`source` without these statements."""
    removals = [
        RemoveStatement("app.py", Span(start, start + len(text)))
        for text in statements
        for start in [source.encode().index(text.encode())]
    ]
    return rewrite(source, removals)


def test_the_if_goes_with_its_body() -> None:
    source = "def f(org):\n    x = 1\n    if org is not None:\n        a.b = org\n    return x\n"
    assert without(source, "a.b = org") == "def f(org):\n    x = 1\n    return x\n"


def test_the_last_statement_of_a_block_leaves_pass() -> None:
    assert without("def f(org):\n    if org:\n        a.b = org\n", "a.b = org") == "def f(org):\n    pass\n"


def test_a_body_of_two_goes_when_both_do() -> None:
    assert without("if x:\n    a = 1\n    b = 2\ny = 3\n", "a = 1", "b = 2") == "y = 3\n"


@pytest.mark.parametrize(
    "source",
    [
        "if ask():\n    a = 1\n",  # the test may do something
        "if x:\n    a = 1\nelse:\n    b = 2\n",
        "if x:\n    a = 1  # because\n",
        "if x:\n    # because\n    a = 1\n",
        "if y:\n    b = 2\nelif x:\n    a = 1\n",
        "while x:\n    a = 1\n",
    ],
)
def test_otherwise_the_branch_stays(source: str) -> None:
    assert "pass" in without(source, "a = 1")


def test_a_body_with_more_stays() -> None:
    assert without("if x:\n    a = 1\n    b = 2\n", "a = 1") == "if x:\n    b = 2\n"
