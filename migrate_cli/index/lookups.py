"""Plain values found by a key, where the value is not written beside it: `{**defaults}`, `kwargs.get("x", default)`."""

from __future__ import annotations

import ast
from functools import partial
from typing import TYPE_CHECKING

from migrate_cli.index import attributes, displays, documents, environment, names, parameters
from migrate_cli.index.module import Binding, Block, Module, Scope
from migrate_cli.index.syntax import taken_in
from migrate_cli.index.values import (
    Class,
    Collection,
    Constant,
    Display,
    Document,
    Environment,
    External,
    Found,
    Instance,
    Rest,
    Unknown,
    Written,
    union,
    unknown,
)

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

_GETTING = {"get", "pop", "setdefault"}
_ENUMS = {f"enum.{name}" for name in ("Enum", "StrEnum", "IntEnum", "Flag", "IntFlag", "ReprEnum")} | {
    "strenum.StrEnum", "aenum.Enum", "backports.strenum.StrEnum",
}  # fmt: skip
_MOST_MEMBERS = 6  # of an enumeration that is more than a list of everything there is


def spread(resolver: Resolver, display: Display, key: object) -> tuple[Found, ...]:
    """What `key` is in the mappings that a display takes in whole."""
    # a mapping may take in itself: `options = {**options, "seed": 1}` in a loop
    return resolver.once((display.node, "spread", key), partial(_spread, resolver, display, key))


def _spread(resolver: Resolver, display: Display, key: object) -> tuple[Found, ...]:
    for part in reversed(taken_in(display.node)):
        found = union(*(under(resolver, f, key) for f in displays.part_of(resolver, display, part)))
        if found:
            return found
    return ()


def under(resolver: Resolver, found: Found, key: object) -> tuple[Found, ...]:
    """What a mapping holds under `key`; empty when that is not known."""
    value = found.value
    if isinstance(value, Display):
        inside = displays.element(resolver, found, key)
    elif isinstance(value, Document) and isinstance(key, str):
        inside = documents.entry(resolver, found, key)
    elif isinstance(value, Rest):
        inside = parameters.rest(resolver, value, key)
    else:
        return ()
    return tuple(f for f in inside if not isinstance(f.value, Unknown))


def got(
    resolver: Resolver,
    module: Module,
    scope: Scope,
    block: Block,
    node: ast.Call,
    receiver: tuple[Found, ...],
) -> tuple[Found, ...]:
    """`kwargs.get("model", "gpt-4")` on a mapping that callers give: what they give, and the default."""
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in _GETTING or not node.args:
        return ()
    key = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
    if (
        not isinstance(key, str)
        or not key.isidentifier()
        or not all(_is_open(f, node.func.attr) for f in receiver)
    ):
        return ()
    given = union(*(under(resolver, f, key) for f in receiver))
    default = node.args[1] if len(node.args) > 1 else None
    fallback = resolver.eval(module, scope, block, default) if default is not None else ()
    plain = tuple(f for f in fallback if isinstance(f.value, (Constant, Environment, Written)))
    if not plain and not given:
        return ()
    reasons = [
        f.value.because if isinstance(f.value, Unknown) else f"`{f.value.path}`"
        for f in receiver
        if isinstance(f.value, (Unknown, External))
    ]
    missing = unknown(f"`{key}` of something that is not followed: {reasons[0]}") if reasons else ()
    return union(given or missing, plain)


def _is_open(found: Found, method: str) -> bool:
    value = found.value
    if isinstance(value, External):
        return environment.getter(f"{value.path}.{method}", made=value.made) is None
    return isinstance(value, (Unknown, Instance, Collection))


def revealed(node: ast.Call, receiver: tuple[Found, ...]) -> tuple[Found, ...]:
    """`secret.get_secret_value()`: the secret itself."""
    if isinstance(node.func, ast.Attribute) and node.func.attr == "get_secret_value":
        return tuple(f for f in receiver if isinstance(f.value, (Constant, Environment, Written)))
    return ()


def merged(resolver: Resolver, module: Module, scope: Scope, bound: Binding) -> tuple[Found, ...]:
    """What `name |= other` makes of a name: what it was, and the other."""
    node = bound.node
    if not (isinstance(node, ast.AugAssign) and isinstance(node.op, ast.BitOr)):
        return ()
    if not isinstance(node.target, ast.Name):
        return ()
    place, block = module.where.get(node, (scope, bound.block))
    before = names.name(resolver, module, place, block, node.target)
    return union(before, resolver.eval(module, place, block, node.value))


def member_of_enum(resolver: Resolver, cls: Class, attr: str) -> tuple[Found, ...]:
    """`.value` of a member of an enumeration that is only known by its class; empty for any other class."""
    if attr not in ("value", "name") or not is_enum(resolver, cls):
        return ()
    values = [
        bound.value
        for bindings in cls.scope.bindings.values()
        for bound in bindings
        if bound.kind == "value" and isinstance(bound.value, ast.Constant)
    ]
    if attr == "name" or not 0 < len(values) <= _MOST_MEMBERS:
        place = f"{cls.module.path}:{cls.scope.node.lineno}"  # type: ignore[attr-defined]
        return unknown(f"any member of the enumeration {cls.scope.name} ({place})")
    return tuple(Found(Constant(v.value, cls.module, v)).via(likely=True) for v in values)


def members(resolver: Resolver, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The values, where a member of an enumeration that is only known by its class stands for any of them."""
    groups = []
    for f in found:
        value = f.value
        told = member_of_enum(resolver, value.cls, "value") if isinstance(value, Instance) else ()
        groups.append(tuple(m.via(*f.steps) for m in told) or (f,))
    return union(*groups)


def is_enum(resolver: Resolver, cls: Class, depth: int = 0) -> bool:
    """Whether a class derives from `Enum`."""
    for base in attributes.bases(resolver, cls):
        value = base.value
        if isinstance(value, External) and value.path in _ENUMS:
            return True
        if isinstance(value, Class) and depth < attributes.MAX_BASES and is_enum(resolver, value, depth + 1):
            return True
    return False
