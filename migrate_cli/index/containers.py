"""What is inside things that are no displays: annotated collections, queues, context variables, `**kwargs`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import attributes, grown, holders, parameters
from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.values import (
    Collection,
    Constant,
    Display,
    External,
    Found,
    Function,
    Instance,
    Rest,
    Unknown,
    union,
)

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

# Methods that give out what a container holds; with an argument, what it holds under that key.
_TAKING = {"get", "pop", "get_nowait", "popleft", "setdefault", "acquire", "lease", "peek"}


def inside(resolver: Resolver, found: Found, key: object, *, iterated: bool = False) -> tuple[Found, ...]:
    """What `found` holds under `key` (None: any); empty when nothing tells."""
    value = found.value
    if isinstance(value, Collection):
        return promised(resolver, found, value, key, iterated=iterated)
    if isinstance(value, Rest):
        return parameters.rest(resolver, value, key)
    if isinstance(value, Instance):
        method = "__iter__" if iterated else "__getitem__"
        members = attributes.inherited_or_own(resolver, value.cls, method)
        return union(*(resolver.returned(f.value) for f in members if isinstance(f.value, Function)))
    if isinstance(value, External) and value.origin is not None:
        return held(resolver, value.origin, key)
    return ()


def promised(
    resolver: Resolver, found: Found, value: Collection, key: object, *, iterated: bool
) -> tuple[Found, ...]:
    """What the annotation of a collection says of its elements."""
    parts = value.parts
    if value.shape == "dict":
        parts = parts[:1] if iterated else parts[1:]
    elif value.shape == "items" and isinstance(key, int):
        parts = parts[key : key + 1]
    elif value.shape == "items":
        return (found,)
    elif value.shape == "tuple" and isinstance(key, int) and not any(map(_is_ellipsis, parts)):
        parts = parts[key : key + 1]
    elif value.shape == "tuple":
        parts = tuple(p for p in parts if not _is_ellipsis(p))
    else:
        parts = parts[:1]
    told = union(*(resolver.annotation(value.module, value.scope, part) for part in parts))
    sure = value.shape == "tuple" and isinstance(key, int)
    return tuple(f.via(*found.steps, likely=not sure) for f in told)


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def held(resolver: Resolver, place: Display, key: object) -> tuple[Found, ...]:
    """What an object of another package holds: its default, what its type argument says, and what was put in."""
    node = place.node
    if isinstance(node, ast.Subscript):
        part = node.slice.elts[-1] if isinstance(node.slice, ast.Tuple) else node.slice
        return resolver.annotation(place.module, place.scope, part)
    if not isinstance(node, ast.Call):
        return ()
    defaults = [k.value for k in node.keywords if k.arg == "default"]
    given = [resolver.eval(place.module, place.scope, place.block, d) for d in defaults]
    return union(*given, *_by_factory(resolver, place, node), grown.grown(resolver, place, key))


def _by_factory(resolver: Resolver, place: Display, node: ast.Call) -> list[tuple[Found, ...]]:
    """What a `defaultdict` makes for a key that is new."""
    functions = resolver.eval(place.module, place.scope, place.block, node.func)
    if not node.args or not any(
        isinstance(f.value, External) and f.value.path == "collections.defaultdict" for f in functions
    ):
        return []
    call = ast.copy_location(ast.Call(node.args[0], [], []), node)
    return [resolver.eval(place.module, place.scope, place.block, call)]


def taken(
    resolver: Resolver,
    module: Module,
    scope: Scope,
    block: Block,
    node: ast.Call,
    receiver: tuple[Found, ...],
) -> tuple[Found, ...]:
    """What `holder.get("key")` and its kin give of a container that is no display; empty when nothing tells."""
    assert isinstance(node.func, ast.Attribute)
    method = node.func.attr
    if method not in _TAKING:
        return ()
    key = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
    fallback = [resolver.eval(module, scope, block, a) for a in node.args[1:2]]
    groups = [inside(resolver, f, key) for f in receiver if not isinstance(f.value, (Instance, Display))]
    found = union(*groups) or holders.by_name(resolver, scope, node.func.value, key, receiver)
    if all(isinstance(f.value, (Unknown, Constant)) for f in found):
        return ()
    return union(found, *fallback)
