"""A base URL or a key that may be left out: where a value that some callers pass falls back to None for all others.

The resolver forgets a None beside anything else it knows, which is right for a client that is set later on, but not
for these: without a base URL the client is OpenAI's, and without a key it reads OpenAI's, whatever other callers pass.
"""

from __future__ import annotations

import ast
from dataclasses import replace

from migrate_cli.index.attributes import enclosing
from migrate_cli.index.callers import callers
from migrate_cli.index.module import Module, Scope, Use
from migrate_cli.index.parameters import argument_for
from migrate_cli.index.syntax import all_parameters, default_of, first_parameter
from migrate_cli.model import Argument, Origin, Value
from migrate_cli.sites.arguments import Reader

MAX_STEPS = 4  # from the argument to the None that it falls back to


def with_none(reader: Reader, module: Module, use: Use, argument: Argument) -> Argument:
    """The argument of a constructor with the None that it can be, when its values are all that is known of it."""
    call = use.node
    assert isinstance(call, ast.Call)
    node = next((k.value for k in call.keywords if k.arg == argument.name), None)
    known = (Origin.LITERAL, Origin.ENVIRONMENT) if argument.name == "api_key" else (Origin.LITERAL,)
    if node is None or any(v.origin not in known for v in argument.values):
        return argument
    fallback = none_of(reader, module, use.scope, node)
    if fallback is None or fallback is node:
        return argument
    value = Value(Origin.NONE, module.path, module.span(fallback), reader.places.node(module, fallback))
    return replace(argument, values=(*argument.values, value))


def none_of(reader: Reader, module: Module, scope: Scope, node: ast.expr, steps: int = 0) -> ast.expr | None:
    """The None that an expression ends in when nothing is given; None where there is none."""
    if isinstance(node, ast.Constant):
        return node if node.value is None else None
    if steps > MAX_STEPS:
        return None
    parts: list[tuple[ast.expr, Scope]] = []
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        parts = [(node.values[-1], scope)]
    elif isinstance(node, ast.IfExp):
        parts = [(node.body, scope), (node.orelse, scope)]
    elif isinstance(node, ast.Name):
        bound = [b.value for b in scope.bindings.get(node.id, ()) if b.value is not None]
        parts = [(value, scope) for value in bound if value is not node]
        if not bound:
            return default_none(reader, module, scope, node.id)
    elif isinstance(node, ast.Attribute):
        parts = attribute(scope, node)
    found = (none_of(reader, module, where, part, steps + 1) for part, where in parts)
    return next((f for f in found if f is not None), None)


def default_none(reader: Reader, module: Module, scope: Scope, name: str) -> ast.expr | None:
    """The default of a parameter, when it is None and some call in the project leaves the parameter out."""
    function = scope.node
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    default = default_of(function, name)
    if name not in {a.arg for a in all_parameters(function.args)} or not isinstance(default, ast.Constant):
        return None
    if default.value is not None:
        return None
    left = (
        isinstance(c.use.node, ast.Call)
        and argument_for(c.use.node, scope, name, c.offset) is None
        and not any(isinstance(a, ast.Starred) for a in c.use.node.args)
        and all(k.arg is not None for k in c.use.node.keywords)
        for c in callers(reader.resolver, module, scope)
    )
    return default if any(left) else None


def attribute(scope: Scope, node: ast.Attribute) -> list[tuple[ast.expr, Scope]]:
    """What `self.name` is set to in the methods, or else in the body, of the class around a method."""
    owner = enclosing(scope)
    if owner is None or not isinstance(node.value, ast.Name) or node.value.id != first_parameter(scope.node):
        return []
    stored = [(value, where) for value, where, _ in owner.attributes.get(node.attr, ())]
    return stored or [(b.value, owner) for b in owner.bindings.get(node.attr, ()) if b.value is not None]
