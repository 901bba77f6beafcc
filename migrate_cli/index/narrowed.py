"""Values that a test around their use leaves: `if isinstance(x, OpenAI):`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.sdk import VENDORS
from migrate_cli.index.values import Client, External, Found, Instance, union

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver


def narrowed(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Name, found: tuple[Found, ...]
) -> tuple[Found, ...]:
    """The values of a name that the test around its use leaves, or the class that the test tells."""
    tests = scope.narrowed.get(node.id)
    position = module.start(node) if tests else 0
    for test in reversed(tests or ()):
        inside = block[: len(test.block)] == test.block and test.start < position
        later = [b for b in scope.bindings.get(node.id, ()) if test.start < b.start < position]
        if not inside or later:
            continue
        assert isinstance(test.node, ast.expr)
        parts = test.node.elts if isinstance(test.node, ast.Tuple) else [test.node]
        told = union(*(resolver.annotation(module, scope, part) for part in parts))
        return tuple(f for f in found if any(_alike(f, t) for t in told)) or telling(told) or found
    return found


def _alike(found: Found, told: Found) -> bool:
    """Whether a value can be what a test says."""
    value, promise = found.value, told.value
    if isinstance(value, Client) and isinstance(promise, Client):
        return value.cls == promise.cls or value.derived is not None
    return isinstance(value, (Instance, External)) and value == promise


def telling(told: tuple[Found, ...]) -> tuple[Found, ...]:
    """What a test or an annotation says, when it names a client or another vendor's."""
    return told if any(isinstance(f.value, Client) or _is_vendor(f.value) for f in told) else ()


def _is_vendor(value: object) -> bool:
    return isinstance(value, External) and value.path.split(".")[0] in VENDORS
