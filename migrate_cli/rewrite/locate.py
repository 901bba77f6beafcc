"""From operations to the nodes they are about: one walk over the tree, by exact span and kind of node."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from migrate_cli.model import (
    AddEntry,
    InsertStatement,
    Operation,
    RemoveArgument,
    RemoveItem,
    RemoveStatement,
    RenameArgument,
    RenameItem,
    ReplaceExpression,
    ReplaceTail,
    SetArgument,
    SetItem,
    WrapExpression,
)
from migrate_cli.rewrite.changes import Changes, KeywordOperation
from migrate_cli.rewrite.errors import Conflict, NotFound
from migrate_cli.rewrite.expressions import Target
from migrate_cli.rewrite.hollow import RemoveBranch
from migrate_cli.rewrite.source import Source
from migrate_cli.rewrite.statements import Anchor
from migrate_cli.rewrite.syntax import Visit, visits

SpanOperation = (
    KeywordOperation | ReplaceExpression | WrapExpression | ReplaceTail | InsertStatement | RemoveStatement
)
_ARGUMENT = (AddEntry, SetArgument, RemoveArgument, RenameArgument)
_ITEM = (SetItem, RemoveItem, RenameItem)
_STATEMENT = (InsertStatement, RemoveStatement)
_SIMPLE = (
    ast.Assign,
    ast.AnnAssign,
    ast.AugAssign,
    ast.Expr,
    ast.Return,
    ast.Delete,
    ast.Raise,
    ast.Assert,
    ast.Import,
    ast.ImportFrom,
    ast.Global,
    ast.Nonlocal,
    ast.Pass,
    ast.Break,
    ast.Continue,
)
_BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
_Place = tuple[int, int, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Located:
    """The operations of one file, each with its node."""

    targets: tuple[Target, ...]
    anchors: tuple[Anchor, ...]


def locate(tree: ast.Module, source: Source, operations: Sequence[Operation]) -> Located:
    """Find the node of each operation that has a span; equal operations count once.

    Raises NotFound when a span is not exactly that of a fitting node, Conflict when two operations disagree.
    """
    waiting: dict[_Place, list[SpanOperation]] = defaultdict(list)
    for operation in dict.fromkeys(operations):
        if isinstance(operation, SpanOperation):
            place = (*source.place(operation.span.start), *source.place(operation.span.end))
            waiting[place].append(operation)
    targets: list[Target] = []
    anchors: list[Anchor] = []
    for visit in visits(tree) if waiting else ():
        node = visit.node
        if not isinstance(node, ast.expr | ast.stmt):
            continue
        here = waiting.get((node.lineno, node.col_offset, node.end_lineno, node.end_col_offset))
        if not here:
            continue
        mine = [operation for operation in here if _fits(node, operation)]
        here[:] = [operation for operation in here if operation not in mine]
        if mine and isinstance(node, ast.stmt):
            anchors.append(_anchor(visit, node, mine))
        elif mine and isinstance(node, ast.expr):
            targets.append(_target(visit, node, source, mine))
    if any(waiting.values()):
        line = min(place[0] for place, left in waiting.items() if left)
        raise NotFound(f"an edit does not find its place (line {line})")
    return Located(tuple(targets), tuple(anchors))


def _fits(node: ast.AST, operation: SpanOperation) -> bool:
    if isinstance(operation, _ARGUMENT):
        return isinstance(node, ast.Call)
    if isinstance(operation, _ITEM):
        return isinstance(node, ast.Dict) or _takes_items(node)
    if isinstance(operation, RemoveBranch):
        return isinstance(node, ast.If)
    if isinstance(operation, InsertStatement) and not operation.after:
        return isinstance(node, (*_SIMPLE, *_BLOCKS))
    if isinstance(operation, _STATEMENT):
        return isinstance(node, _SIMPLE)
    return isinstance(node, ast.expr)


def _takes_items(node: ast.AST) -> bool:
    """Whether the keywords of a call are the items of a dictionary: `dict(…)` and `params.update(…)`."""
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        return node.func.attr == "update"
    return isinstance(node.func, ast.Name) and node.func.id == "dict"


def _target(visit: Visit, node: ast.expr, source: Source, operations: Sequence[SpanOperation]) -> Target:
    codes = {o.code for o in operations if isinstance(o, ReplaceExpression)}
    wraps = {(o.before, o.after) for o in operations if isinstance(o, WrapExpression)}
    tails = {(o.start, o.code) for o in operations if isinstance(o, ReplaceTail)}
    keyed = [o for o in operations if isinstance(o, KeywordOperation)]
    disagree = len(codes) > 1 or len(wraps) > 1 or len(tails) > 1
    if disagree or (codes and (keyed or wraps or tails)) or (tails and keyed):
        raise Conflict(f"two edits disagree about one expression (line {node.lineno})")
    return Target(
        node=node,
        parent=visit.parent,
        field=visit.field,
        span=source.span(node),
        replacement=codes.pop() if codes else None,
        changes=Changes.of(keyed) if keyed else None,
        template=visit.template if visit.template is not node else None,
        wrap=wraps.pop() if wraps else None,
        tail=tails.pop() if tails else None,
    )


def _anchor(visit: Visit, node: ast.stmt, operations: Sequence[SpanOperation]) -> Anchor:
    inserts = [o for o in operations if isinstance(o, InsertStatement)]
    return Anchor(
        node=node,
        parent=visit.parent,
        block=visit.block,
        before=tuple(o.code for o in inserts if not o.after),
        after=tuple(o.code for o in inserts if o.after),
        removed=any(isinstance(o, RemoveStatement) for o in operations),
    )
