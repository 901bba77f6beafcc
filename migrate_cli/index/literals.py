"""Literals as an expression writes them."""

from __future__ import annotations

import ast

Literals = tuple[str | int | float | bool | None, ...]


def constant(node: ast.expr) -> object:
    """The constant that an expression is, a negative number included; None when it is none."""
    if (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
    ):
        value = node.operand.value
        return -value if isinstance(value, (int, float)) else None
    return node.value if isinstance(node, ast.Constant) else None


def literals_of(node: ast.expr) -> Literals:
    """The constants in an expression: itself, or the parts of a display; bytes as they are written."""
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return tuple(v for e in node.elts for v in literals_of(e))
    value = constant(node)
    if isinstance(node, ast.Constant) or value is not None:
        if isinstance(value, bytes):
            return (repr(value),)
        return (value,) if isinstance(value, (str, int, float, type(None))) else ()
    return ()
