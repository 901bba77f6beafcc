"""What a call gives: a client, an instance, what a function returns, what a wrapper passes through."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import attributes, displays, environment, parameters
from migrate_cli.index.module import Block, Module, Scope, Use
from migrate_cli.index.sdk import COPIES, PICKERS, WRAPPERS, constructor
from migrate_cli.index.syntax import dotted
from migrate_cli.index.values import (
    Class,
    Client,
    Display,
    External,
    Found,
    Function,
    Instance,
    Resource,
    Sdk,
    Unknown,
    step,
    union,
    unknown,
)
from migrate_cli.model import Certainty

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

_FIELDS = {"field", "Field", "PrivateAttr"}
_CASTS = {"typing.cast", "typing_extensions.cast"}
_SEE_THROUGH = {
    "property", "cached_property", "functools.cached_property", "lru_cache", "functools.lru_cache", "cache",
    "functools.cache", "contextmanager", "contextlib.contextmanager", "asynccontextmanager",
    "contextlib.asynccontextmanager", "staticmethod", "classmethod", "abstractmethod", "abc.abstractmethod",
    "functools.wraps", "override", "typing.override", "overload",
}  # fmt: skip
_SEE_THROUGH_ENDINGS = {
    "setter", "getter", "retry", "get", "post", "command", "cache_resource", "cached_property", "fixture",
}  # fmt: skip


def call(resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call) -> tuple[Found, ...]:
    """The result of a call."""
    if isinstance(node.func, ast.Attribute):
        receiver = resolver.eval(module, scope, block, node.func.value)
        if node.func.attr in COPIES:
            clients = tuple(f for f in receiver if isinstance(f.value, Client))
            if clients:
                return clients
        if any(isinstance(f.value, Display) for f in receiver):
            return union(*(of_display(resolver, module, scope, block, node, f) for f in receiver))
    functions = resolver.eval(module, scope, block, node.func)
    return union(*(result(resolver, module, scope, block, node, f) for f in functions))


def of_display(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call, receiver: Found
) -> tuple[Found, ...]:
    """A method of a display: `get` and the views of a dictionary are followed."""
    assert isinstance(node.func, ast.Attribute)
    method = node.func.attr
    if isinstance(receiver.value, Display) and method == "get" and node.args:
        fallback = [resolver.eval(module, scope, block, a) for a in node.args[1:2]]
        return union(displays.element(resolver, receiver, displays.literal(node.args[0])), *fallback)
    seen = displays.view(receiver, method) if not node.args else None
    return (seen,) if seen is not None else unknown(f"`{method}` of a display")


def result(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call, function: Found
) -> tuple[Found, ...]:
    """What calling one value gives."""
    value = function.value
    if isinstance(value, Sdk):
        cls = constructor(value.path)
        if cls is None:
            return (Found(External(value.path, made=True)),)
        site = (module.path, module.start(node), f"openai.{cls}")
        return (function.becomes(Client(cls, site)).via(step(module, node, f"{cls}(…) is constructed")),)
    if isinstance(value, Class):
        return construct(resolver, module, node, function, value)
    if isinstance(value, Function):
        words = f"{value.scope.name}() is called"
        found = parameters.given_here(
            resolver, Use(node, scope, block), module, value, returned(resolver, value)
        )
        return tuple(f.via(step(module, node, words)) for f in found)
    if isinstance(value, External):
        return external(resolver, module, scope, block, node, value)
    if isinstance(value, Resource):
        return (Found(External("openai.response", made=True)),)
    if isinstance(value, Unknown):
        return (function,)
    return unknown("the result of a call that is not followed")


def construct(
    resolver: Resolver, module: Module, node: ast.Call, function: Found, cls: Class
) -> tuple[Found, ...]:
    """An instance of a project class; a client when the class derives from the SDK's."""
    base = attributes.sdk_base(resolver, cls)
    if base is None:
        made, words = Found(Instance(cls)), f"{cls.scope.name}(…) is constructed"
        return (made.via(step(module, node, words), likely=function.certainty is not Certainty.PROVED),)
    site = attributes.super_site(resolver, cls) or (module.path, module.start(node), f"openai.{base}")
    words = f"{cls.scope.name} is a subclass of {base}"
    return (Found(Client(base, site, cls), (step(module, node, words),), function.certainty),)


def returned(resolver: Resolver, function: Function) -> tuple[Found, ...]:
    """Union of a function's returns and yields, or what its annotation promises when they say nothing."""
    return resolver.once((function.scope.node, "returned"), lambda: _returned(resolver, function))


def _returned(resolver: Resolver, function: Function) -> tuple[Found, ...]:
    scope, module = function.scope, function.module
    inside = []
    for part in (*scope.returns, *scope.yields):
        place, block = module.where.get(part, (scope, ()))
        inside.append(resolver.eval(module, place, block, part))
    found = union(*inside)
    node = scope.node
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return found
    if node.returns is not None and all(isinstance(f.value, (Unknown, External)) for f in found):
        found = resolver.annotation(module, scope.parent or module.scope, node.returns) or found
    likely = any(changes(d) for d in node.decorator_list)
    return tuple(f.via(likely=likely) for f in found) or unknown(f"{scope.name}() returns nothing")


def changes(decorator: ast.expr) -> bool:
    """Whether a decorator may change what the function returns."""
    word = dotted(decorator)
    if word.endswith("property"):
        return False
    return word not in _SEE_THROUGH and word.rsplit(".", 1)[-1] not in _SEE_THROUGH_ENDINGS


def external(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call, value: External
) -> tuple[Found, ...]:
    """Calls into other packages: environment reads, wrappers, `dict(…)`; anything else is that package's object."""
    path = value.path
    if path in environment.GETTERS and node.args:
        return environment.read(resolver, module, scope, block, node, path)
    if path == "builtins.dict":
        return (Found(Display(module, node, scope, block)),)
    if path.rsplit(".", 1)[-1] in _FIELDS:
        return field(resolver, module, scope, block, node)
    if path.endswith((".Depends", ".Factory")) and node.args:
        functions = resolver.eval(module, scope, block, node.args[0])
        return union(*(result(resolver, module, scope, block, node, f) for f in functions))
    index = WRAPPERS.get(path)
    if index is not None and len(node.args) > index:
        found = resolver.eval(module, scope, block, node.args[index])
        if path in _CASTS and all(isinstance(f.value, (Unknown, External)) for f in found):
            found = resolver.annotation(module, scope, node.args[0]) or found
        return tuple(f.via(step(module, node, f"passes through {path}")) for f in found)
    if path in PICKERS and node.args:
        displayed = resolver.eval(module, scope, block, node.args[0])
        return union(*(displays.elements(resolver, f, iterated=True) for f in displayed))
    return (Found(External(path, made=True), (step(module, node, f"{path}() is called"),)),)


def field(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call
) -> tuple[Found, ...]:
    """The default of `field(…)` of a dataclass or `Field(…)` of pydantic."""
    given = {k.arg: k.value for k in node.keywords}
    for name in ("default_factory", "factory"):
        if name in given:
            functions = resolver.eval(module, scope, block, given[name])
            if any(isinstance(f.value, External) for f in functions):
                return unknown("an empty field by default")
            return union(*(result(resolver, module, scope, block, node, f) for f in functions))
    default = given.get("default", node.args[0] if node.args else None)
    if default is None:
        return unknown("a field without default")
    return resolver.eval(module, scope, block, default)
