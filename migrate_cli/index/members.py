"""Attributes of values: of the SDK, of clients, of packages and of classes of the project."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import attributes, names
from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.sdk import COPIES, RESOURCES, TRANSPARENT
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
        values = union(*(member(resolver, module, f, link.attr, link) for f in values))
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
        return (found.becomes(External(f"{value.path}.{attr}", value.made)),)
    if isinstance(value, Package):
        return package_member(resolver, found, value, attr)
    if isinstance(value, (Class, Instance)):
        cls = value if isinstance(value, Class) else value.cls
        members = attributes.lookup(resolver, cls, attr, instance=isinstance(value, Instance))
        words = f"`{attr}` of class {cls.scope.name}"
        return tuple(m.via(step(module, node, words), *found.steps) for m in members)
    if isinstance(value, Constant) and attr == "value":
        return (found,)
    if isinstance(value, Unknown):
        return (found,)
    return unknown(f"`{attr}` is not followed")


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
    if attr in RESOURCES or attr in TRANSPARENT:
        return (found.becomes(Resource(client, (attr,))),)
    return unknown(f"`{attr}` of a client")


def package_member(resolver: Resolver, found: Found, value: Package, attr: str) -> tuple[Found, ...]:
    """A name exported by a project module, or one of its submodules."""
    exported = names.export(resolver, value.module, attr)
    if exported:
        return exported
    path = value.module.path
    if path.endswith("__init__.py"):
        submodule = resolver.project.find(path, f".{attr}")
        target = resolver.project.module(submodule) if submodule else None
        if target is not None:
            return (found.becomes(Package(target)),)
    return unknown(f"`{attr}` is not found in {path}")
