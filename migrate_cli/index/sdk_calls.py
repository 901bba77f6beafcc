"""Calls into other packages that lead to the SDK: factories, decorators, `getattr`, `importlib`, copies of a client."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index.module import Block, Module, Scope
from migrate_cli.index.names import outside
from migrate_cli.index.sdk import CLIENT_METHODS, DECORATORS, PROVIDER_CLIENTS
from migrate_cli.index.values import (
    Class,
    Client,
    Constant,
    External,
    Found,
    Function,
    Resource,
    Sdk,
    step,
    union,
)

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

IMPORTERS = {
    "importlib.import_module", "builtins.__import__", "importlib.__import__", "pytest.importorskip",
    "lazy_import.lazy_module",
}  # fmt: skip
FINDERS = {  # functions that import what a dotted path names
    "django.utils.module_loading.import_string", "werkzeug.utils.import_string", "pydoc.locate",
    "hydra.utils.get_class", "hydra.utils.get_method", "hydra.utils.get_object",
}  # fmt: skip
MOVING = ("base_url", "azure_endpoint")  # arguments that make a copy of a client a client of its own
_CALLABLE = (Sdk, Resource, Class, Function)


def known(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call, value: External
) -> tuple[Found, ...]:
    """What a call of another package's function gives, when it has to do with the SDK; empty for any other call."""
    path = value.path
    if path in CLIENT_METHODS:
        return client(module, node, CLIENT_METHODS[path], path.rsplit(".", 1)[-1])
    first = node.args[0] if node.args else None
    if first is None:
        return ()
    if path == "functools.partial" or (value.made and path in DECORATORS):
        return decorated(resolver, module, scope, block, node, first)
    if path == "builtins.getattr" and len(node.args) > 1:
        return attribute(resolver, module, scope, block, node)
    if path in IMPORTERS or path in FINDERS or path in PROVIDER_CLIENTS:
        names = texts(resolver, module, scope, block, first)
        if path in PROVIDER_CLIENTS:
            meant = any(name.split("/", 1)[0] in PROVIDER_CLIENTS[path] for name in names)
            return client(module, node, "OpenAI", path) if meant else ()
        paths = [Found(o) for name in names if isinstance(o := outside(name), Sdk)]
        return tuple(f.via(step(module, node, f"{path}() imports it by name")) for f in paths)
    return ()


def client(module: Module, node: ast.Call, cls: str, symbol: str) -> tuple[Found, ...]:
    """A client that another package's function makes."""
    site = (module.path, module.start(node), symbol)
    return (Found(Client(cls, site), (step(module, node, f"{symbol}(…) gives a client"),)),)


def texts(resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.expr) -> list[str]:
    """The string constants that an expression can be."""
    found = resolver.eval(module, scope, block, node)
    return [f.value.value for f in found if isinstance(f.value, Constant) and isinstance(f.value.value, str)]


def decorated(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call, first: ast.expr
) -> tuple[Found, ...]:
    """`retry(…)(function)`, `partial(function, …)`: the function, which is only likely to be called as it is."""
    found = [f for f in resolver.eval(module, scope, block, first) if isinstance(f.value, _CALLABLE)]
    return tuple(
        f.via(step(module, node, "wrapped, with arguments or behaviour added"), likely=True) for f in found
    )


def attribute(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call
) -> tuple[Found, ...]:
    """`getattr(value, "name")`."""
    names = texts(resolver, module, scope, block, node.args[1])
    owners = resolver.eval(module, scope, block, node.args[0]) if names else ()
    return union(*(resolver.member(module, owner, name, node) for owner in owners for name in names))


def copies(module: Module, node: ast.Call, receiver: tuple[Found, ...]) -> tuple[Found, ...]:
    """`client.with_options(…)`, `client.copy(…)`: the same client, or a new one when its endpoint changes."""
    clients = tuple(f for f in receiver if isinstance(f.value, Client))
    if not any(k.arg in MOVING for k in node.keywords):
        return clients
    moved = []
    for found in clients:
        assert isinstance(found.value, Client)
        site = (module.path, module.start(node), f"openai.{found.value.cls}")
        new = found.becomes(Client(found.value.cls, site, found.value.derived))
        moved.append(new.via(step(module, node, "a copy with another base URL")))
    return tuple(moved)
