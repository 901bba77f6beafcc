"""Parsing with the standard library, quietly, and walking with context."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from migrate_cli.rewrite.errors import Refused

Statements = tuple[ast.stmt, ...]
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_STRINGS = frozenset({"JoinedStr", "TemplateStr"})  # TemplateStr exists from Python 3.14


@dataclass(frozen=True, slots=True)
class Visit:
    """A node with its surroundings: parent and field, the block of a statement, the f-string it stands in."""

    node: ast.AST
    parent: ast.AST | None
    field: str
    block: Statements
    template: ast.expr | None


def parse(text: str) -> ast.Module:
    """The syntax tree of `text`. Raises Refused when it is not valid Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError):
        raise Refused("the file is not valid Python") from None
    except (RecursionError, MemoryError):
        raise Refused("the file is nested too deeply") from None


def parse_expression(code: str) -> ast.expr:
    """The syntax tree of one expression. Raises Refused when `code` is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Refused("the new code is not an expression") from None


def is_enclosed(code: str) -> bool:
    """Whether a parenthesis opens `code` and its last character closes it."""
    if not code.startswith("(") or not code.endswith(")"):
        return False
    try:
        parse_expression(f"[{code[1:-1]}\n]")
    except Refused:
        return False
    return True


def visits(tree: ast.Module) -> Iterator[Visit]:
    """Every node below `tree`, parents before children, without recursion."""
    stack = [Visit(tree, None, "", (), None)]
    while stack:
        visit = stack.pop()
        if visit.parent is not None:
            yield visit
        template = visit.template
        if template is None and type(visit.node).__name__ in _STRINGS and isinstance(visit.node, ast.expr):
            template = visit.node
        children: list[Visit] = []
        for field, value in ast.iter_fields(visit.node):
            if isinstance(value, ast.AST):
                children.append(Visit(value, visit.node, field, (), template))
            elif isinstance(value, list):
                nodes = [v for v in value if isinstance(v, ast.AST)]
                block = tuple(n for n in nodes if isinstance(n, ast.stmt))
                children.extend(Visit(n, visit.node, field, block, template) for n in nodes)
        stack.extend(reversed(children))


def names(node: ast.AST) -> set[str]:
    """The identifiers read or bound as plain names anywhere in `node`."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def first_line(statement: ast.stmt) -> int:
    """1-based line on which a statement starts, its decorators included."""
    if isinstance(statement, _DEFINITIONS) and statement.decorator_list:
        return min(statement.lineno, *(d.lineno for d in statement.decorator_list))
    return statement.lineno


def is_docstring(statement: ast.stmt) -> bool:
    """Whether a statement is a bare string, which counts as documentation at the head of a block."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )
