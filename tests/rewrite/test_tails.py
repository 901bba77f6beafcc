"""What follows a part of an expression is replaced, whatever becomes of that part."""

from __future__ import annotations

import pytest

from migrate_cli.model import Operation, ReplaceExpression, ReplaceTail, SetArgument, WrapExpression
from migrate_cli.rewrite.errors import RewriteError
from migrate_cli.rewrite.transform import rewrite
from tests.rewrite.helper import PATH, span_of


def tail(source: str, snippet: str, base: str, code: str) -> ReplaceTail:
    """Replace what follows `base` in the expression `snippet`."""
    span = span_of(source, snippet)
    return ReplaceTail(PATH, span, span.start + len(base.encode()), code)


CASES = [
    ('x = r["a"][0]\n', 'r["a"][0]', "r", ".a[0]", "x = r.a[0]\n"),
    ('x = f(1)["ü"]  # note\n', 'f(1)["ü"]', "f(1)", ".u", "x = f(1).u  # note\n"),
    ("print(f\"{r['a']}\")\n", "r['a']", "r", ".a", 'print(f"{r.a}")\n'),
    ('print(f"{r.a}")\n', "r.a", "r", '["a"]', "print(f\"{r['a']}\")\n"),
    ('x = r[\n    "a"\n]\n', 'r[\n    "a"\n]', "r", ".a", "x = r.a\n"),
]


@pytest.mark.parametrize(("before", "snippet", "base", "code", "after"), CASES)
def test_tail_is_replaced(before: str, snippet: str, base: str, code: str, after: str) -> None:
    assert rewrite(before, [tail(before, snippet, base, code)]) == after


def test_edits_before_the_tail_are_made() -> None:
    source = 'x = f(1)["a"]\n'
    operations: list[Operation] = [
        SetArgument(PATH, span_of(source, "f(1)"), "k", "2"),
        tail(source, 'f(1)["a"]', "f(1)", ".a"),
        WrapExpression(PATH, span_of(source, 'f(1)["a"]'), "", " or 0"),
    ]
    assert rewrite(source, operations) == "x = f(1, k=2).a or 0\n"


def test_an_edit_inside_the_tail_is_refused() -> None:
    source = 'x = r["a"]["b"]\n'
    operations = [
        tail(source, 'r["a"]["b"]', "r", ".a.b"),
        ReplaceExpression(PATH, span_of(source, '"b"'), '"c"'),
    ]
    with pytest.raises(RewriteError):
        rewrite(source, operations)


def test_a_tail_that_is_no_code_is_refused() -> None:
    source = 'x = r["a"]\n'
    with pytest.raises(RewriteError):
        rewrite(source, [tail(source, 'r["a"]', "r", ".a.")])
