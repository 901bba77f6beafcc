"""Files that only a newer Python can parse, and those that none can."""

from __future__ import annotations

import pytest

from migrate_cli.index.newer import needed


@pytest.mark.parametrize(
    ("line", "version"),
    [
        ("type Names = list[str]", "3.12"),
        ("type Pair[T] = tuple[T, T]\n", "3.12"),
        ("    async def first[T](items: list[T]) -> T:", "3.12"),
        ("class Box[T](Base):", "3.12"),
        ("except* ValueError:", "3.11"),
    ],
)
def test_the_python_that_can_read_it_is_named(line: str, version: str) -> None:
    assert needed(line, (3, 10)) == f" (Python {version} can read it, this is 3.10)"


@pytest.mark.parametrize(
    "line",
    [
        "print 'x'",
        "type = [x",
        "type x == 1",
        "def f(a[0]):",
        "class A(B[T]:",
        "except ValueError, e:",
        "x = class A[T]",
        "",
    ],
)
def test_what_no_python_can_read_is_left_at_that(line: str) -> None:
    assert needed(line, (3, 10)) == ""


def test_a_python_that_knows_the_syntax_is_not_sent_away() -> None:
    assert needed("type Names = list[str", (3, 12)) == ""
