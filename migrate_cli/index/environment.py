"""Reads of environment variables and their defaults."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.values import Constant, Environment, Found, step, union, unknown

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

GETTERS = {"os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop", "decouple.config"}


def read(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call, reader: str
) -> tuple[Found, ...]:
    """`os.getenv(name, default)` and its relatives."""
    default = node.args[1] if len(node.args) > 1 else None
    for keyword in node.keywords:
        if keyword.arg == "default":
            default = keyword.value
    return union(
        *(
            variable(resolver, module, scope, block, node, reader, f, default)
            for f in resolver.eval(module, scope, block, node.args[0])
        )
    )


def variable(
    resolver: Resolver,
    module: Module,
    scope: Scope,
    block: Block,
    node: ast.expr,
    reader: str,
    name: Found,
    default: ast.expr | None,
) -> tuple[Found, ...]:
    """One environment variable, when its name is known."""
    if not (isinstance(name.value, Constant) and isinstance(name.value.value, str)):
        return unknown("an environment variable whose name is computed")
    known, default_node, place = None, None, None
    if default is not None:
        for f in resolver.eval(module, scope, block, default):
            if isinstance(f.value, Constant):
                known, default_node, place = f.value.value, f.value.node, f.value.module
    text = name.value.value
    value = Environment(text, reader, module, node, known, default_node, place)
    return (Found(value, (step(module, node, f"read from the environment variable {text}"),)),)
