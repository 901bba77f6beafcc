"""Tests that say what a name is: `isinstance(x, C)` and class patterns."""

from __future__ import annotations

import ast
from collections.abc import Iterator

# Classes of the language: knowing that something is a string says nothing about clients.
_PLAIN = {"str", "int", "float", "bool", "bytes", "list", "dict", "tuple", "set", "type", "object"}


def narrowings(test: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """(name, class expression) for every `isinstance(name, cls)` that a true `test` implies."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for part in test.values:
            yield from narrowings(part)
    if (
        isinstance(test, ast.Call)
        and isinstance(test.func, ast.Name)
        and test.func.id == "isinstance"
        and len(test.args) == 2
        and isinstance(test.args[0], ast.Name)
        and (telling := _telling(test.args[1])) is not None
    ):
        yield test.args[0].id, telling


def pattern_class(pattern: ast.pattern) -> ast.expr | None:
    """The class of `case C():` and `case C() as name:`, None for other patterns and for plain types."""
    inner = pattern.pattern if isinstance(pattern, ast.MatchAs) else pattern
    return _telling(inner.cls) if isinstance(inner, ast.MatchClass) else None


def _telling(cls: ast.expr) -> ast.expr | None:
    parts = cls.elts if isinstance(cls, ast.Tuple) else [cls]
    plain = all(isinstance(part, ast.Name) and part.id in _PLAIN for part in parts)
    return None if plain else cls
