"""Constructors of SDK clients, and the `super().__init__(…)` of classes derived from them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from migrate_cli.files.secrets import mask
from migrate_cli.index import attributes
from migrate_cli.index.module import Module, Use
from migrate_cli.index.sdk import CONSTRUCTORS, constructor
from migrate_cli.index.syntax import is_super, root_name
from migrate_cli.index.values import Class, Found, Sdk
from migrate_cli.model import Certainty, Site, SiteKind
from migrate_cli.sites.arguments import Reader, arguments

# Last names under which a class is kept that is not called by its own name.
HOLDER = re.compile(r"client|openai|cls|class|llm|factory|sdk|api", re.IGNORECASE)


def client_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Every construction of an SDK client."""
    for use in module.calls:
        call = use.node
        assert isinstance(call, ast.Call)
        if not possible(reader, module, use, call.func):
            continue
        reader.resolver.fresh_budget()
        if isinstance(call.func, ast.Attribute) and call.func.attr == "__init__":
            yield from derived_sites(reader, module, use)
            continue
        values = reader.resolver.eval(module, use.scope, use.block, call.func)
        built = [(f, name) for f in values if (name := constructs(reader, f)) is not None]
        if built:
            found = built[0][0]
            certainty = found.certainty if len(built) == len(values) else Certainty.LIKELY
            name = sorted(name for _, name in built)[0]
            yield client(reader, module, use, name, certainty, found)


def constructs(reader: Reader, found: Found) -> str | None:
    """The SDK class that calling a value makes an instance of, with the arguments of that very call."""
    value = found.value
    if isinstance(value, Sdk):
        return constructor(value.path)
    if isinstance(value, Class) and attributes.super_site(reader.resolver, value) is None:
        direct = attributes.initialiser(reader.resolver, value) is None
        return attributes.sdk_base(reader.resolver, value) if direct else None
    return None


def derived_sites(reader: Reader, module: Module, use: Use) -> Iterator[Site]:
    """`super().__init__(…)` in a class derived from a client of the SDK."""
    owner = attributes.enclosing(use.scope)
    if owner is None:
        return
    for base in attributes.bases(reader.resolver, Class(module, owner)):
        name = constructor(base.value.path) if isinstance(base.value, Sdk) else None
        if name is not None:
            yield client(reader, module, use, name, Certainty.LIKELY, base)


def client(reader: Reader, module: Module, use: Use, name: str, certainty: Certainty, found: Found) -> Site:
    """The site of one constructor call."""
    call = use.node
    assert isinstance(call, ast.Call)
    given, unfollowed = arguments(reader, module, use)
    return Site(
        SiteKind.CLIENT,
        module.path,
        module.span(call),
        reader.places.node(module, call),
        f"openai.{name}",
        module.span(call.func),
        mask(module.code(call)),
        certainty=certainty,
        evidence=reader.places.chain(found.steps),
        arguments=given,
        positional=len(call.args),
        unfollowed=unfollowed,
        dotted=isinstance(call.func, ast.Attribute),
    )


def possible(reader: Reader, module: Module, use: Use, function: ast.expr) -> bool:
    """Whether a call may construct a client, judged by its names: resolving every call of a file would be waste."""
    if isinstance(function, ast.Attribute):
        if function.attr == "__init__":
            return is_super(function.value)
        return function.attr in CONSTRUCTORS or (
            HOLDER.search(function.attr) is not None and root_name(function) is not None
        )
    if not isinstance(function, ast.Name):
        return False
    if function.id in CONSTRUCTORS:
        return True
    scope = use.scope
    while function.id not in scope.bindings:
        if scope.parent is None:
            return bool(module.star_imports)
        scope = scope.parent
    bindings = scope.bindings[function.id]
    return any(
        b.kind not in ("function", "import") and (b.kind != "from" or worth_loading(reader, module, b.module))
        for b in bindings
    )


def worth_loading(reader: Reader, module: Module, source: str | None) -> bool:
    """Whether a name imported from `source` can be a client class: from the SDK, or from a file that mentions it."""
    path = reader.resolver.project.find(module.path, source or "")
    if path is None:
        return True
    data = reader.resolver.project.data(path)
    return path.endswith("__init__.py") or b"penai" in data or b"OpenAI" in data
