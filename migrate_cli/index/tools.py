"""Calls of the language's and other packages' tools that only hand on what they are given."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import names
from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.syntax import next_of
from migrate_cli.index.values import Client, Constant, Display, External, Found, Function, Instance, union

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

_ENTERING = (".enter_context", ".enter_async_context")
INJECTED = {"dependency_injector.wiring.Provide", "dependency_injector.wiring.Closing"}
PROVIDERS = "dependency_injector.providers."
_PAIRING = {"builtins.enumerate", "builtins.zip"}
_SAME_ELEMENTS = {
    "builtins.reversed",
    "builtins.sorted",
    "builtins.filter",
    "builtins.set",
    "collections.deque",
}


def called(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call, value: External
) -> tuple[Found, ...] | None:
    """What a call of a tool gives; None when it is none of them."""
    path, args = value.path, node.args
    if (
        value.made
        and value.origin is not None
        and (path == "functools.partial" or path.startswith(PROVIDERS))
    ):
        return _made_later(resolver, value.origin)
    if path == "builtins.getattr" and len(args) > 1:
        return _read(resolver, module, scope, block, node)
    if path.endswith(_ENTERING) and args:
        found = resolver.eval(module, scope, block, args[0])
        return union(*(names.entered(resolver, f) for f in found))
    if path in _PAIRING and args:
        parts = [next_of(a) for a in args]
        if path.endswith("enumerate"):
            parts = [ast.copy_location(ast.Constant(0), node), parts[0]]
        pair = ast.copy_location(ast.Tuple(parts, ast.Load()), node)
        return _listed(module, scope, block, node, pair)
    if path in _SAME_ELEMENTS and args:
        return _listed(module, scope, block, node, next_of(args[-1] if path.endswith("filter") else args[0]))
    return None


def _listed(
    module: Module, scope: Scope, block: Block, node: ast.Call, element: ast.expr
) -> tuple[Found, ...]:
    """A list display that stands for the iterator that a call gives."""
    return (Found(Display(module, ast.copy_location(ast.List([element], ast.Load()), node), scope, block)),)


def _made_later(resolver: Resolver, place: Display) -> tuple[Found, ...] | None:
    """What calling a partial or a provider makes: the result of its own first argument."""
    call = place.node
    if not isinstance(call, ast.Call) or not call.args:
        return None
    functions = resolver.eval(place.module, place.scope, place.block, call.args[0])
    return union(*(resolver.result(place.module, place.scope, place.block, call, f) for f in functions))


def _read(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call
) -> tuple[Found, ...] | None:
    """`getattr(value, "name", default)` with a name that is written out."""
    keys = resolver.eval(module, scope, block, node.args[1])
    found = [
        resolver.member(module, value, key.value.value, node)
        for key in keys
        if isinstance(key.value, Constant) and isinstance(key.value.value, str)
        for value in resolver.eval(module, scope, block, node.args[0])
    ]
    return union(*found, *(resolver.eval(module, scope, block, a) for a in node.args[2:])) if found else None


def injected(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Subscript
) -> tuple[Found, ...]:
    """`Provide[Container.client]`: what that provider makes."""
    call = ast.copy_location(ast.Call(node.slice, [], []), node)
    return resolver.eval(module, scope, block, call)


def provided(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call, function: Found
) -> tuple[Found, ...]:
    """What `Depends(function)` gives: what the function returns or yields, an object of a class, or the value."""
    value = function.value
    if isinstance(value, Function):
        return resolver.returned(value)
    if isinstance(value, (Client, Instance)):
        return (function,)
    return resolver.result(module, scope, block, node, function)
