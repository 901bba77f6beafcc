"""Which string literals do something, and which are only read by people."""

from __future__ import annotations

import pytest

from migrate_cli.index.module import parse_module
from migrate_cli.sites.literals import literals


def found(text: str) -> list[int]:
    """Lines of the literals `"x"` that do something."""
    return [literal.node.lineno for literal in literals(parse_module("app.py", text), lambda t: t == "x")]


@pytest.mark.parametrize(
    "text",
    [
        "f('x')\n",
        "d['x']\n",
        "{'x': 1}\n",
        "a = 'x'\n",
        "def f(a='x'): ...\n",
        "['x']\n",
        "f(key='x')\n",
        "a == 'x'\n",
    ],
)
def test_a_literal_that_does_something(text: str) -> None:
    assert found(text) == [1]


@pytest.mark.parametrize(
    "text",
    [
        "'x'\n",
        "def f():\n    'x'\n",
        "f'x{a}'\n",
        "'x' + a\n",
        "'x' % a\n",
        "print('x')\n",
        "log.warning('x')\n",
        "raise f('x')\n",
        "ValueError('x')\n",
        "assert a, 'x'\n",
        "f(help='x')\n",
        "# 'x'\n",
        "a = 'x y'\n",
    ],
)
def test_words_for_people_are_left_alone(text: str) -> None:
    assert found(text) == []
