"""What may stand around an expression, and what that makes of the object that the expression stands for."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from migrate_cli.index import flow_calls, flow_targets
from migrate_cli.index.literals import constant, literals_of
from migrate_cli.model import HopKind, Way

if TYPE_CHECKING:
    from migrate_cli.index.flow import Flow, Next, Piece

Step: TypeAlias = "Callable[[Flow, Piece, ast.AST], Next]"
COMPARED = {
    ast.Eq: "==", ast.NotEq: "!=", ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


def above(kind: type[ast.AST]) -> Step:
    """How to go on from an expression to a node of this kind around it."""
    return _ABOVE.get(kind, _read)


def _attribute(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, ast.Attribute)
    above = flow.tree(piece).parents.get(parent)
    if isinstance(above, ast.Call) and above.func is parent:
        return flow_calls.method(flow, piece, parent, above)
    if isinstance(parent.ctx, ast.Del):
        return _read(flow, piece, parent)
    if isinstance(parent.ctx, ast.Store):
        flow.use(piece, Way.STORE, parent, flow_targets.text(piece.module, parent))
        return None
    return flow.hop(piece, parent, parent.attr, HopKind.ATTRIBUTE) if not piece.inside else None


def _subscript(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, ast.Subscript)
    if parent.slice is piece.node:
        flow.use(piece, Way.KEY, parent, flow_targets.text(piece.module, parent.value))
        return None
    if not isinstance(parent.ctx, ast.Load):
        flow.use(piece, Way.STORE, parent, flow_targets.text(piece.module, parent))
        return None
    if isinstance(parent.slice, ast.Slice):
        return flow.hop(piece, parent, None, HopKind.INDEX, step=False) if not piece.inside else None
    key = constant(parent.slice)
    if isinstance(key, str):
        return flow.hop(piece, parent, key, HopKind.ITEM)
    return flow.hop(piece, parent, key if isinstance(key, int) else None, HopKind.INDEX)


def _over(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    return piece.over(parent)


def _slice(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    flow.use(piece, Way.READ, parent)
    return None


def _named(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, ast.NamedExpr)
    flow.use(piece, Way.ALIAS, parent, parent.target.id)
    flow_targets.bound(flow, piece, parent.target, parent)
    return piece.over(parent)


def _assigned(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, (ast.Assign, ast.AnnAssign))
    for target in parent.targets if isinstance(parent, ast.Assign) else [parent.target]:
        flow_targets.given(flow, piece, target, parent)
    return None


def _grown(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, ast.AugAssign)
    if piece.node is parent.value:
        flow.use(piece, Way.JOIN, parent, f"{type(parent.op).__name__}=")
    return None


def _loop(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, (ast.For, ast.AsyncFor))
    if piece.node is parent.iter:
        flow.use(piece, Way.ITERATE, parent.iter)
        apart = parent.body[0].lineno > parent.iter.end_lineno  # type: ignore[operator]
        first = piece.module.span(parent.body[0]) if apart else None
        flow_targets.element(flow, replace(piece, loop=first), parent.target, parent)
    return None


def _comprehension(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, ast.comprehension)
    if piece.node is parent.iter:
        flow.use(piece, Way.ITERATE, flow.tree(piece).parents[parent])
        flow_targets.element(flow, replace(piece, loop=None), parent.target, parent.target)
    else:
        flow.use(piece, Way.TEST, parent.iter)
    return None


def _element(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    """The element of a comprehension: its result holds many of them."""
    if isinstance(parent, ast.DictComp):
        flow.use(piece, Way.BUILD, parent)
        return None
    above = flow.tree(piece).parents.get(parent)
    joined = (
        isinstance(above, ast.Call) and isinstance(above.func, ast.Attribute) and above.func.attr == "join"
    )
    if not flow_calls.runs(flow, piece, above):
        flow.use(piece, Way.JOIN if joined else Way.BUILD, above if joined else parent)
    return None if joined else replace(piece.at(parent), inside=(*piece.inside, None))


def _display(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, (ast.Tuple, ast.List, ast.Set))
    if isinstance(getattr(parent, "ctx", None), ast.Store):
        return None
    key = parent.elts.index(piece.node) if piece.node in parent.elts else None
    flow.use(piece, Way.BUILD, parent, str(key))
    return piece.at(parent) if key is None else replace(piece.at(parent), inside=(*piece.inside, key))


def _dict(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, ast.Dict)
    keys = tuple(k.value for k in parent.keys if isinstance(k, ast.Constant) and isinstance(k.value, str))
    place = next((i for i, v in enumerate(parent.values) if v is piece.node), None)
    if place is None:
        flow.use(piece, Way.KEY, parent, flow_targets.text(piece.module, parent))
        return None
    key = parent.keys[place]
    if key is None:
        flow.use(piece, Way.BUILD, parent, "**", keys)
        return None
    name = key.value if isinstance(key, ast.Constant) else None
    flow.use(piece, Way.BUILD, parent, str(name) if name is not None else None, keys)
    known = name if isinstance(name, (str, int)) else None
    return replace(piece.at(parent), inside=(*piece.inside, known))


def _starred(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    above = flow.tree(piece).parents.get(parent)
    if isinstance(above, (ast.List, ast.Tuple, ast.Set)):
        flow.use(piece, Way.BUILD, above, "*")
        return None
    if isinstance(above, ast.Call) and (gathered := flow_calls.spread(flow, piece, above)) is not None:
        return gathered
    return _read(flow, piece, parent)


def _call(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, ast.Call)
    if parent.func is piece.node:
        if piece.inside[-1:] == (flow_calls.CALLED,):
            return replace(piece, inside=piece.inside[:-1]).at(parent)
        flow.use(piece, Way.METHOD, parent, "()")
        return None
    return flow_calls.argument(flow, piece, parent)


def _keyword(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    call = flow.tree(piece).parents.get(parent)
    if not isinstance(call, ast.Call) or not isinstance(parent, ast.keyword):
        return None
    return flow_calls.argument(flow, piece, call, parent)


def _compare(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, ast.Compare)
    sides = [parent.left, *parent.comparators]
    place = next(i for i, side in enumerate(sides) if side is piece.node)
    operator = parent.ops[max(place - 1, 0)] if place else parent.ops[0]
    other = sides[place - 1] if place else sides[1]
    detail = COMPARED.get(type(operator), "?")
    if place and detail in ("in", "not in"):
        detail = f"{'holds' if detail == 'in' else 'lacks'}"
    flow.use(piece, Way.COMPARE, parent, detail, literals_of(other))
    return None


def _match(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, ast.Match)
    literals = tuple(
        v
        for case in parent.cases
        for node in ast.walk(case.pattern)
        for v in (literals_of(node.value) if isinstance(node, ast.MatchValue) else ())
    )
    flow.use(piece, Way.COMPARE, parent.subject, "match", literals)
    return None


def _either(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    """`x or default`, `x and y`: the last operand is passed on, an earlier one tested (with `or`, passed on too)."""
    assert isinstance(parent, ast.BoolOp)
    last = parent.values[-1] is piece.node
    if isinstance(parent.op, ast.And) and not last:
        flow.use(piece, Way.TEST, parent)
        return None
    over = piece.over(parent)
    return over if last else replace(over, guarded=True)


def _chosen(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, ast.IfExp)
    if parent.test is piece.node:
        flow.use(piece, Way.TEST, parent)
        return None
    return piece.over(parent)


def _not(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, ast.UnaryOp)
    flow.use(piece, Way.TEST if isinstance(parent.op, ast.Not) else Way.JOIN, parent)
    return None


def _tested(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    flow.use(piece, Way.TEST, piece.node)
    return None


def _joined(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    detail = type(parent.op).__name__ if isinstance(parent, ast.BinOp) else "format"
    flow.use(piece, Way.JOIN, parent, detail)
    return None


def _returned(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    scope, _ = flow.tree(piece).place(parent)
    flow.use(piece, Way.RETURN, parent, followed=flow_calls.known_callers(flow, piece, scope))
    flow_calls.left(flow, piece, scope)
    return None


def _yielded(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    scope, _ = flow.tree(piece).place(parent)
    flow.use(piece, Way.YIELD, parent, followed=flow_calls.known_callers(flow, piece, scope))
    flow_calls.left(
        flow, piece, scope, yielded=isinstance(parent, ast.Yield), passed=not isinstance(parent, ast.Yield)
    )
    return None


def _entered(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, ast.withitem)
    if parent.optional_vars is not None and piece.node is parent.context_expr:
        statement = flow.tree(piece).parents[parent]
        flow_targets.given(flow, piece, parent.optional_vars, statement)
    return None


def _raised(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    flow.use(piece, Way.RAISE, parent)
    return None


def _lambda(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    assert isinstance(parent, ast.Lambda)
    above = flow.tree(piece).parents.get(parent)
    if piece.hops and not piece.inside:
        flow.use(piece, Way.READ, piece.node)
    if piece.node is parent.body and isinstance(above, ast.Call) and above.func is not parent:
        return flow_calls.argument(
            flow, replace(piece.at(parent), inside=(*piece.inside, flow_calls.CALLED)), above
        )
    return None


def _read(flow: Flow, piece: Piece, parent: ast.AST) -> Next:
    if piece.hops or not isinstance(parent, ast.Expr):
        flow.use(piece, Way.READ, parent if isinstance(parent, ast.expr) else None)
    return None


_ABOVE: dict[type[ast.AST], Step] = {
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Await: _over,
    ast.Slice: _slice,
    ast.NamedExpr: _named,
    ast.Assign: _assigned,
    ast.AnnAssign: _assigned,
    ast.AugAssign: _grown,
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.comprehension: _comprehension,
    ast.ListComp: _element,
    ast.SetComp: _element,
    ast.GeneratorExp: _element,
    ast.DictComp: _element,
    ast.Tuple: _display,
    ast.List: _display,
    ast.Set: _display,
    ast.Dict: _dict,
    ast.Starred: _starred,
    ast.Call: _call,
    ast.keyword: _keyword,
    ast.Compare: _compare,
    ast.Match: _match,
    ast.BoolOp: _either,
    ast.IfExp: _chosen,
    ast.UnaryOp: _not,
    ast.If: _tested,
    ast.While: _tested,
    ast.Assert: _tested,
    ast.BinOp: _joined,
    ast.FormattedValue: _joined,
    ast.JoinedStr: _joined,
    ast.Return: _returned,
    ast.Yield: _yielded,
    ast.YieldFrom: _yielded,
    ast.withitem: _entered,
    ast.Raise: _raised,
    ast.Lambda: _lambda,
}
