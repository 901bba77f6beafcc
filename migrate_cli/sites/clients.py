"""Constructors of SDK clients, and the `super().__init__(…)` of classes derived from them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from migrate_cli.files.secrets import mask
from migrate_cli.index import attributes
from migrate_cli.index.module import Binding, Module, Use
from migrate_cli.index.project import Project
from migrate_cli.index.sdk import CLIENT_METHODS, CONSTRUCTORS, COPIES, constructor
from migrate_cli.index.sdk_calls import MOVING
from migrate_cli.index.syntax import is_super, last_name, root_name, terminal
from migrate_cli.index.values import Class, Client, External, Found, Sdk
from migrate_cli.model import Certainty, Site, SiteKind
from migrate_cli.sites.arguments import Reader, arguments
from migrate_cli.sites.kept import kept_names
from migrate_cli.sites.left_out import with_none

# Last names under which a class is kept that is not called by its own name.
HOLDER = re.compile(r"client|openai|cls|class|llm|factory|sdk|api(?!tal)", re.IGNORECASE)
MAX_PACKAGES = 6  # that hand a name on to each other
GUESSES = 400  # evaluations for a call whose name says nothing: a class that is handed on is never far away
FACTORIES = {path.rsplit(".", 1)[-1] for path in CLIENT_METHODS}


def client_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Every construction of an SDK client."""
    kept = kept_names(reader.resolver.project, module, names_class, CONSTRUCTORS)
    for use in module.calls:
        call = use.node
        assert isinstance(call, ast.Call)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "__init__":
            yield from derived_sites(reader, module, use)
        elif possible(reader, module, use, call.func) or named(call.func, kept):
            yield from constructed(reader, module, use)
    yield from partial_sites(reader, module, kept)
    yield from copied_sites(reader, module)
    yield from factory_sites(reader, module)


def constructed(reader: Reader, module: Module, use: Use) -> Iterator[Site]:
    """The site of one call, when what it calls is a client class."""
    call = use.node
    assert isinstance(call, ast.Call)
    if HOLDER.search(last_name(call.func) or terminal(call.func) or "") is not None:
        reader.resolver.fresh_budget()
    else:
        reader.resolver.fresh_budget(GUESSES)
    values = reader.resolver.eval(module, use.scope, use.block, call.func)
    built = [(f, name) for f in values if (name := constructs(reader, f)) is not None]
    if built:
        found = built[0][0]
        certainty = found.certainty if len(built) == len(values) else Certainty.LIKELY
        name = sorted(name for _, name in built)[0]
        yield client(reader, module, use, f"openai.{name}", certainty, found)


def names_class(node: ast.AST) -> bool:
    """Whether an expression ends in the name of a client class."""
    return last_name(node) in CONSTRUCTORS


def named(function: ast.expr, kept: set[str]) -> bool:
    """Whether a client class may be reached by a kept name, an element, a choice or a call."""
    if isinstance(function, ast.Subscript):
        inside = function.value
        return (
            root_name(function) in kept
            or last_name(inside) in kept
            or any(map(names_class, ast.walk(inside)))
        )
    if isinstance(function, (ast.IfExp, ast.BoolOp)):
        return any(names_class(part) or last_name(part) in kept for part in ast.walk(function))
    if isinstance(function, ast.Call):
        name = terminal(function) or ""
        if root_name(function.func) in kept:
            return True
        return name in kept or name in ("getattr", "partial") or HOLDER.search(name) is not None
    return last_name(function) in kept


def partial_sites(reader: Reader, module: Module, kept: set[str]) -> Iterator[Site]:
    """`partial(OpenAI, base_url=…)`: the client is made later, with these arguments."""
    for use in module.calls_of(module.aliases("partial")):
        call = use.node
        assert isinstance(call, ast.Call)
        first = call.args[0] if call.args else None
        if first is None or not (names_class(first) or last_name(first) in kept):
            continue
        function = reader.resolver.eval(module, use.scope, use.block, call.func)
        if not any(isinstance(f.value, External) and f.value.path == "functools.partial" for f in function):
            continue
        for found in reader.resolver.eval(module, use.scope, use.block, first):
            name = constructs(reader, found)
            if name is not None:
                yield client(reader, module, use, f"openai.{name}", Certainty.LIKELY, found)


def copied_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """`client.copy(base_url=…)`, `client.with_options(base_url=…)`: a client with another endpoint."""
    for use in module.calls_of(COPIES):
        call = use.node
        assert isinstance(call, ast.Call)
        if not any(k.arg in MOVING for k in call.keywords) or not isinstance(call.func, ast.Attribute):
            continue
        for found in reader.resolver.eval(module, use.scope, use.block, call.func.value):
            if isinstance(found.value, Client):
                yield client(reader, module, use, f"openai.{found.value.cls}", Certainty.LIKELY, found)


def factory_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Methods of other packages' objects that give a client: `AIProjectClient(…).get_openai_client()`."""
    for use in module.calls_of(FACTORIES):
        call = use.node
        assert isinstance(call, ast.Call)
        for found in reader.resolver.eval(module, use.scope, use.block, call.func):
            if isinstance(found.value, External) and found.value.path in CLIENT_METHODS:
                yield client(reader, module, use, found.value.path.rsplit(".", 1)[-1], found.certainty, found)


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
    """`super().__init__(…)` or `OpenAI.__init__(self, …)` in a class derived from a client of the SDK."""
    call, owner = use.node, attributes.enclosing(use.scope)
    assert isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
    if owner is None:
        return
    receiver = call.func.value
    if is_super(receiver):
        bases = attributes.bases(reader.resolver, Class(module, owner))
    elif names_class(receiver):
        bases = list(reader.resolver.eval(module, use.scope, use.block, receiver))
    else:
        return
    for base in bases:
        name = constructs(reader, base)
        if name is not None:
            yield client(reader, module, use, f"openai.{name}", Certainty.LIKELY, base)
            return


def client(reader: Reader, module: Module, use: Use, name: str, certainty: Certainty, found: Found) -> Site:
    """The site of one constructor call."""
    call = use.node
    assert isinstance(call, ast.Call)
    given, unfollowed = arguments(reader, module, use)
    given = tuple(
        with_none(reader, module, use, a) if a.name in ("base_url", "api_key") else a for a in given
    )
    return Site(
        SiteKind.CLIENT,
        module.path,
        module.span(call),
        reader.places.node(module, call),
        name,
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
        b.kind not in ("function", "import")
        and (b.kind != "from" or worth_loading(reader.resolver.project, module.path, b))
        for b in bindings
    )


def worth_loading(project: Project, importer: str, bound: Binding, depth: int = 0) -> bool:
    """Whether an imported name can be a client class: of the SDK, or from a file of the project that mentions it."""
    path = project.find(importer, bound.module or "")
    if path is None:
        return True
    data = project.data(path)
    if b"penai" in data or b"OpenAI" in data:
        return True
    if not path.endswith("__init__.py"):
        return False
    package = project.module(path)
    if package is None or depth > MAX_PACKAGES:
        return False
    found = package.scope.bindings.get(bound.name or "")
    if found is None:
        return bool(package.star_imports) or "__getattr__" in package.scope.bindings
    return any(b.kind == "from" and worth_loading(project, path, b, depth + 1) for b in found)
