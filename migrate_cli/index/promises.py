"""What an annotation promises about a value: a client of the SDK, or an instance of a project class."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import attributes, names
from migrate_cli.index.module import Module, Scope
from migrate_cli.index.sdk import CONTAINERS, constructor
from migrate_cli.index.syntax import dotted
from migrate_cli.index.values import Class, Client, External, Found, Instance, Sdk, Unknown, step, union

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver


def annotation(resolver: Resolver, module: Module, scope: Scope, node: ast.expr) -> tuple[Found, ...]:
    """Clients and instances that an annotation promises; empty when it says neither."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        parsed = resolver.parsed(node, node.value)
        return annotation(resolver, module, scope, parsed) if parsed is not None else ()
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return union(*(annotation(resolver, module, scope, n) for n in (node.left, node.right)))
    if isinstance(node, ast.Subscript):
        return subscripted(resolver, module, scope, node)
    if not isinstance(node, (ast.Name, ast.Attribute)):
        return ()
    return union(*(promised(resolver, module, node, f) for f in typed(resolver, module, scope, node)))


def subscripted(resolver: Resolver, module: Module, scope: Scope, node: ast.Subscript) -> tuple[Found, ...]:
    """`Optional[T]`, `Annotated[T, Depends(f)]` and other annotations that stand for their arguments."""
    word = dotted(node.value).rsplit(".", 1)[-1]
    if word not in CONTAINERS:
        return ()
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if word == "Annotated":
        given = (depends(resolver, module, scope, p) for p in parts[1:])
        return union(annotation(resolver, module, scope, parts[0]), *given)
    return union(*(annotation(resolver, module, scope, p) for p in parts))


def typed(resolver: Resolver, module: Module, scope: Scope, node: ast.expr) -> tuple[Found, ...]:
    """What a dotted name means to a type checker, which also sees imports under TYPE_CHECKING."""
    if isinstance(node, ast.Name):
        return names.name(resolver, module, scope, (), node, typing=True)
    if isinstance(node, ast.Attribute):
        values = typed(resolver, module, scope, node.value)
        return union(*(resolver.member(module, f, node.attr, node) for f in values))
    return ()


def depends(resolver: Resolver, module: Module, scope: Scope, node: ast.expr) -> tuple[Found, ...]:
    """`Annotated[T, Depends(f)]`: what `f` returns."""
    if not isinstance(node, ast.Call):
        return ()
    found = resolver.eval(module, scope, (), node)
    return tuple(f for f in found if not isinstance(f.value, (Unknown, External)))


def promised(resolver: Resolver, module: Module, node: ast.expr, found: Found) -> tuple[Found, ...]:
    """What one annotated class promises."""
    value = found.value
    if isinstance(value, Sdk):
        cls = constructor(value.path)
        if cls is None:
            return ()
        return (found.becomes(Client(cls, None)).via(step(module, node, f"annotated as {cls}")),)
    if isinstance(value, Class):
        base = attributes.sdk_base(resolver, value)
        kind = Client(base, None, value) if base else Instance(value)
        words = f"annotated as {value.scope.name}"
        return (found.becomes(kind).via(step(module, node, words)),)
    if isinstance(value, External) and not value.path.startswith(("builtins.", "typing.")):
        return (found.becomes(External(value.path, made=True)),)
    return ()
