"""String literals that do something, as opposed to those that are only read by people.

Docstrings, messages of exceptions and logs, and parts of longer texts say nothing about what a program does.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import NamedTuple

from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.syntax import terminal

# Functions that show their arguments to people.
SPEAKERS = {
    "print", "debug", "info", "warning", "warn", "error", "exception", "critical", "log", "fail", "skip", "echo",
    "secho", "write", "writelines", "markdown", "text_input", "input", "getpass", "prompt", "confirm", "pprint",
    "success", "caption", "header", "subheader", "title", "expander", "note", "format", "join", "endswith",
    "startswith", "replace", "encode", "xfail",
}  # fmt: skip
# Keywords whose values people read.
SPOKEN = {
    "help",
    "description",
    "doc",
    "title",
    "label",
    "placeholder",
    "message",
    "msg",
    "prompt",
    "reason",
    "match",
    "metavar",
}
_TEXT_PARTS = (ast.JoinedStr, ast.FormattedValue, ast.BinOp, ast.Raise, ast.Assert, ast.Expr)


class Literal(NamedTuple):
    """A string literal, the nodes around it from the inside out to its statement, and where it stands."""

    node: ast.Constant
    around: tuple[ast.AST, ...]
    scope: Scope
    block: Block

    @property
    def parent(self) -> ast.AST:
        """The node that holds the literal."""
        return self.around[0]


def literals(module: Module, wanted: Callable[[str], object]) -> Iterator[Literal]:
    """String literals whose whole text is `wanted`, and which are more than words for people."""
    for node, around in walk(module.tree):
        if wanted(str(node.value)) and not spoken(node, around):
            scope, block = next(
                (module.where[n] for n in (node, *around) if n in module.where), (module.scope, ())
            )
            yield Literal(node, around, scope, block)


def walk(tree: ast.AST) -> Iterator[tuple[ast.Constant, tuple[ast.AST, ...]]]:
    """Every string literal below a node in source order, with the nodes around it up to its statement."""
    stack: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [(tree, ())]
    while stack:
        node, around = stack.pop()
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                yield node, around
            continue
        inner = (node,) if isinstance(node, ast.stmt) else (node, *around)
        stack += [(child, inner) for child in reversed(list(ast.iter_child_nodes(node)))]


def spoken(node: ast.Constant, around: tuple[ast.AST, ...]) -> bool:
    """Whether a literal is a docstring, part of a longer text, or handed to something that shows it to people."""
    if not around or isinstance(around[0], _TEXT_PARTS) or any(isinstance(a, ast.Raise) for a in around):
        return True
    if isinstance(around[0], ast.keyword):
        return around[0].arg in SPOKEN
    if not isinstance(around[0], ast.Call) or node is around[0].func:
        return False
    name = terminal(around[0]) or ""
    return name in SPEAKERS or name.endswith(("Error", "Exception", "Warning"))
