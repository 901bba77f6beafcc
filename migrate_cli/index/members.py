"""Attributes of values: of the SDK, of clients, of packages and of classes of the project."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import attributes, generics, holders, lookups, names, sources
from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.sdk import COPIES, RAW_METHODS, RESOURCES, SDK_ATTRIBUTES, TRANSPARENT, WRAPPED
from migrate_cli.index.syntax import is_super
from migrate_cli.index.values import (
    Class,
    Client,
    Constant,
    External,
    Found,
    Instance,
    Package,
    Resource,
    Sdk,
    Unknown,
    step,
    union,
    unknown,
)

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

# Packages' objects whose attributes are the keywords that made them.
_NAMESPACES = ("SimpleNamespace", "Namespace", "Munch", "Box", "EasyDict", "AttrDict", "DotDict")
# Attributes through which a context object hands out what its type argument names (`RunContext[Deps].deps`).
_CARRIED = {
    "deps",
    "context",
    "state",
    "lifespan_context",
    "obj",
    "user_data",
    "data",
    "value",
    "workflow_data",
}


def attribute(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Attribute
) -> tuple[Found, ...]:
    """`value.attr`, link by link, so that a long chain costs no depth."""
    links: list[ast.Attribute] = []
    base: ast.expr = node
    while isinstance(base, ast.Attribute):
        links.append(base)
        base = base.value
    owner = attributes.enclosing(scope) if is_super(base) else None
    if owner is not None:
        first = links.pop()
        values = attributes.inherited(resolver, Class(module, owner), first.attr) or unknown(
            f"`{first.attr}` of a base class that is not followed"
        )
    else:
        values = resolver.eval(module, scope, block, base)
    for link in reversed(links):
        told = resolver.declared.written(link) if resolver.declared else ()
        kept = told or holders.by_name(resolver, scope, link.value, link.attr, values)
        values = kept or union(*(member(resolver, module, f, link.attr, link) for f in values))
    return values


def member(resolver: Resolver, module: Module, found: Found, attr: str, node: ast.AST) -> tuple[Found, ...]:
    """Attribute `attr` of one value."""
    value = found.value
    if isinstance(value, Sdk):
        return (found.becomes(Sdk(f"{value.path}.{attr}")),)
    if isinstance(value, Client):
        return client_member(resolver, module, found, value, attr, node)
    if isinstance(value, Resource):
        return (found.becomes(Resource(value.client, (*value.chain, attr))),)
    if isinstance(value, External):
        drop_in = SDK_ATTRIBUTES.get(f"{value.path}.{attr}")
        if drop_in is not None:
            return (found.becomes(Sdk(drop_in)),)
        outside = sources.of_package(resolver, module, node, found, attr)
        if outside is not None:
            return outside
        return external_member(resolver, found, value, attr)
    if isinstance(value, Package):
        return package_member(resolver, found, value, attr)
    if isinstance(value, (Class, Instance)):
        cls = value if isinstance(value, Class) else value.cls
        members = lookups.member_of_enum(resolver, cls, attr) or attributes.lookup(
            resolver, cls, attr, instance=isinstance(value, Instance)
        )
        members = generics.filled(resolver, members, value if isinstance(value, Instance) else Instance(cls))
        place = step(module, node, f"`{attr}` of class {cls.scope.name}")
        return tuple(m.via(place, *found.steps) for m in members)
    if isinstance(value, sources.KINDS):
        return sources.attribute(resolver, found, attr) or unknown(f"`{attr}` is not followed")
    if isinstance(value, Constant) and attr == "value":
        return (found,)
    if isinstance(value, Unknown):
        return (found,)
    return unknown(f"`{attr}` is not followed")


def external_member(resolver: Resolver, found: Found, value: External, attr: str) -> tuple[Found, ...]:
    """Attribute of another package's object: a field of a namespace, or what its type argument says of it."""
    place = value.origin
    node = place.node if place is not None else None
    if place is not None and isinstance(node, ast.Call) and value.path.endswith(_NAMESPACES):
        given = [k.value for k in node.keywords if k.arg == attr]
        if given:
            return resolver.eval(place.module, place.scope, place.block, given[0])
    if place is not None and isinstance(node, ast.Subscript) and attr in _CARRIED:
        parts = generics.arguments(node)
        told = union(*(resolver.annotation(place.module, place.scope, part) for part in parts))
        carried = tuple(
            f.via(*found.steps) for f in told if not isinstance(f.value, External) or f.value.made
        )
        if carried:
            return carried
    kept = place if isinstance(node, ast.Subscript) else None
    return (found.becomes(External(f"{value.path}.{attr}", value.made, kept)),)


def client_member(
    resolver: Resolver, module: Module, found: Found, client: Client, attr: str, node: ast.AST
) -> tuple[Found, ...]:
    """Attribute of a client: what its own class in the project defines, else the SDK's."""
    if client.derived is not None:
        own = attributes.inherited_or_own(resolver, client.derived, attr)
        if own:
            words = f"`{attr}` of class {client.derived.scope.name}"
            return tuple(f.via(step(module, node, words), *found.steps) for f in own)
    if attr in COPIES:
        return (found.becomes(External(f"client.{attr}")), found)
    if attr in RESOURCES or attr in TRANSPARENT or attr in WRAPPED or attr in RAW_METHODS:
        return (found.becomes(Resource(client, (attr,))),)
    return unknown(f"`{attr}` of a client")


def package_member(resolver: Resolver, found: Found, value: Package, attr: str) -> tuple[Found, ...]:
    """A name exported by a project module, or one of its submodules."""
    exported = names.export(resolver, value.module, attr)
    if attributes.is_vague(exported):
        exported = union(holders.outside(resolver, value, attr), exported)
    if exported:
        return exported
    path = value.module.path
    if path.endswith("__init__.py"):
        submodule = resolver.project.find(path, f".{attr}")
        target = resolver.project.module(submodule) if submodule else None
        if target is not None:
            return (found.becomes(Package(target)),)
    return unknown(f"`{attr}` is not found in {path}")
