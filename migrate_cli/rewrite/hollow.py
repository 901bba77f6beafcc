"""An `if` whose whole body goes: it goes too, rather than stay with nothing but `pass`.

Only where that is safe: no `else`, a test that reads names and compares them but calls nothing, no comment inside.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from migrate_cli.model import InsertStatement, Operation, RemoveStatement
from migrate_cli.rewrite.source import Source

_HARMLESS = (ast.Name, ast.Attribute, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Constant)
_PARTS = (*_HARMLESS, ast.expr_context, ast.cmpop, ast.boolop, ast.unaryop)


@dataclass(frozen=True, slots=True)
class RemoveBranch(RemoveStatement):
    """Drop the whole `if` at `span`."""


def widened(tree: ast.Module, source: Source, operations: Sequence[Operation]) -> list[Operation]:
    """The operations, with the removals of a whole body turned into the removal of its `if`."""
    busy = {o.span for o in operations if isinstance(o, InsertStatement)}
    removed = {o.span: o for o in operations if isinstance(o, RemoveStatement) and o.span not in busy}
    if not removed:
        return list(operations)
    changed = list(operations)
    branches = {id(node) for node in ast.walk(tree) if isinstance(node, ast.If) for node in node.orelse[:1]}
    for node in ast.walk(tree):
        if not isinstance(node, ast.If) or id(node) in branches or node.orelse:
            continue
        spans = [source.span(s) for s in node.body]
        if not all(s in removed for s in spans) or not _harmless(node.test) or _comment_in(source, node):
            continue
        whole = RemoveBranch(removed[spans[0]].path, source.span(node))
        changed = [o for o in changed if o not in [removed[s] for s in spans]] + [whole]
    return changed


def _harmless(test: ast.expr) -> bool:
    return all(isinstance(part, _PARTS) for part in ast.walk(test))


def _comment_in(source: Source, node: ast.If) -> bool:
    span = source.span(node)
    return b"#" in source.data[span.start : source.line_end(span.end)]
