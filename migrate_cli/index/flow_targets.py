"""Where an object goes when it is given to a name, an attribute or a loop, and who reads it there."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from migrate_cli.files.secrets import mask
from migrate_cli.index.module import Binding, Module, Scope
from migrate_cli.index.syntax import first_parameter
from migrate_cli.index.tree import owner
from migrate_cli.model import Way

if TYPE_CHECKING:
    from migrate_cli.index.flow import Flow, Piece


def text(module: Module, node: ast.AST) -> str:
    """Source text of a target, masked."""
    return mask(module.code(node))


def given(flow: Flow, piece: Piece, target: ast.expr, statement: ast.AST) -> None:
    """`target = <the object>`."""
    if isinstance(target, ast.Name):
        flow.use(piece, Way.ALIAS, statement, target.id)
        bound(flow, piece, target, statement)
    elif isinstance(target, (ast.Tuple, ast.List)):
        _unpacked(flow, piece, target, statement)
    elif isinstance(target, ast.Attribute):
        scope, _ = flow.tree(piece).place(target)
        flow.use(
            piece, Way.STORE, statement, text(piece.module, target), followed=is_self(scope, target.value)
        )
        _kept(flow, piece, target)
    else:
        flow.use(piece, Way.STORE, statement, text(piece.module, target))


def _unpacked(flow: Flow, piece: Piece, target: ast.Tuple | ast.List, statement: ast.AST) -> None:
    flow.use(piece, Way.READ, statement)
    for index, part in enumerate(target.elts):
        if isinstance(part, ast.Starred):
            return
        if not piece.inside:
            _give(flow, replace(piece, route=(*piece.route, index)), part, statement)
        elif piece.inside[-1] in (None, index):
            _give(flow, replace(piece, inside=piece.inside[:-1]), part, statement)


def _give(flow: Flow, piece: Piece, target: ast.expr, statement: ast.AST) -> None:
    """A part of an unpacking or a loop: there is no expression for it, the name is where it first stands."""
    if isinstance(target, ast.Name):
        bound(flow, piece, target, statement)
    elif isinstance(target, (ast.Tuple, ast.List)):
        for index, part in enumerate(target.elts):
            if not piece.inside:
                _give(flow, replace(piece, route=(*piece.route, index)), part, statement)
            elif piece.inside[-1] in (None, index):
                _give(flow, replace(piece, inside=piece.inside[:-1]), part, statement)
    elif isinstance(target, ast.Attribute):
        _kept(flow, piece, target)


def element(flow: Flow, piece: Piece, target: ast.expr, statement: ast.AST) -> None:
    """`for target in <the object>`."""
    if not piece.inside:
        _give(flow, replace(piece, route=(*piece.route, None)), target, statement)
    elif piece.inside[-1] is None or isinstance(piece.inside[-1], int):
        likely = piece.inside[-1] is not None
        _give(flow, replace(piece, inside=piece.inside[:-1]).likely(likely), target, statement)


def bound(flow: Flow, piece: Piece, target: ast.Name, statement: ast.AST) -> None:
    """Follow every read of the name that this very statement binds."""
    tree = flow.tree(piece)
    here, _ = tree.place(target)
    scope = owner(here, target.id)
    if scope is None:
        return
    for binding in scope.bindings[target.id]:
        same = binding.node is statement or binding.node is target
        if same or (binding.start == piece.module.start(statement) and binding.kind in ("value", "element")):
            read(flow, piece, scope, target.id, binding)
            return


def read(flow: Flow, piece: Piece, scope: Scope, name: str, binding: Binding) -> None:
    """Follow every read of one binding of a name."""
    tree = flow.tree(piece)
    home = function_of(scope)
    for load, sure in tree.reached(scope, name, binding):
        here, _ = tree.place(load)
        loop = piece.loop if function_of(here) is home else None
        flow.push(replace(piece.at(load), loop=loop).likely(not sure))


def function_of(scope: Scope) -> Scope:
    """The function (or module) whose body a scope's statements run in: a comprehension has none of its own."""
    while scope.parent is not None and not isinstance(
        scope.node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.Module)
    ):
        scope = scope.parent
    return scope


def _kept(flow: Flow, piece: Piece, target: ast.Attribute) -> None:
    """`self.name = <the object>`: follow the reads of `self.name` in the class."""
    tree = flow.tree(piece)
    scope, _ = tree.place(target)
    cls = scope.nearest_class()
    if cls is None or not is_self(scope, target.value):
        return
    for node in tree.reads.get(target.attr, ()):
        here, _ = tree.place(node)
        if here.nearest_class() is cls and is_self(here, node.value):
            flow.push(replace(piece.at(node), loop=None).likely())


def is_self(scope: Scope, node: ast.expr) -> bool:
    """Whether an expression is the first parameter of the method it stands in."""
    current: Scope | None = scope
    while isinstance(node, ast.Name) and current is not None:
        if current.enclosing_class() is not None:
            return first_parameter(current.node) == node.id
        current = current.parent
    return False
