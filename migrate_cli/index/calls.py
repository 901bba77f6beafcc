"""What a call gives: a client, an instance, what a function returns, what a wrapper passes through."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import (
    attributes,
    containers,
    displays,
    environment,
    filled,
    generics,
    lookups,
    parameters,
    promises,
    sdk_calls,
    sources,
    strings,
    tools,
)
from migrate_cli.index.module import Block, Module, Scope, Use
from migrate_cli.index.sdk import COPIES, PICKERS, VENDORS, WRAPPERS, constructor
from migrate_cli.index.syntax import dotted
from migrate_cli.index.values import (
    MAX_STEPS,
    Class,
    Client,
    Collection,
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
            clients = sdk_calls.copies(module, node, receiver)
            if clients:
                return clients
        if any(isinstance(f.value, sources.KINDS) for f in receiver):
            use = Use(node, scope, block)
            outside = (
                sources.method(resolver, module, use, f)
                for f in receiver
                if isinstance(f.value, sources.KINDS)
            )
            shown = (f for f in receiver if isinstance(f.value, Display))
            return union(*outside, *(of_display(resolver, module, scope, block, node, f) for f in shown))
        if any(isinstance(f.value, (Display, Collection)) for f in receiver):
            return union(*(of_display(resolver, module, scope, block, node, f) for f in receiver))
        if node.func.attr in strings.METHODS:
            text = strings.method(resolver, module, scope, block, node, receiver)
            if text:
                return text
        kept = containers.taken(resolver, module, scope, block, node, receiver)
        kept = kept or lookups.revealed(node, receiver)
        kept = kept or lookups.got(resolver, module, scope, block, node, receiver)
        if kept:
            return kept
        if node.func.attr == "__new__" and node.args:
            classes = resolver.eval(module, scope, block, node.args[0])
            made = tuple(f.becomes(Instance(f.value)) for f in classes if isinstance(f.value, Class))
            if made:
                return made
    functions = resolver.eval(module, scope, block, node.func)
    found = union(*(result(resolver, module, scope, block, node, f) for f in functions))
    if isinstance(node.func, ast.Attribute):
        for owner in (f.value for f in receiver):
            if isinstance(owner, Instance):
                found = generics.filled(resolver, found, owner)
    return found


def of_display(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call, receiver: Found
) -> tuple[Found, ...]:
    """A method of a display: `get` and the views of a dictionary are followed."""
    assert isinstance(node.func, ast.Attribute)
    method = node.func.attr
    if isinstance(receiver.value, Collection) and method in ("get", "pop", "setdefault", "popleft"):
        return containers.inside(resolver, receiver, None) or unknown(f"`{method}` of a collection")
    if isinstance(receiver.value, Display) and method in ("pop", "popleft") and not node.args:
        return displays.elements(resolver, receiver)
    if isinstance(receiver.value, Display) and method in ("get", "pop", "setdefault") and node.args:
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
        read = environment.wrapped(resolver, module, Use(node, scope, block), value)
        if read is not None:
            return read
        returns = generated(resolver, value) if is_generator(value.scope) else returned(resolver, value)
        here = Use(node, scope, block)
        found = parameters.given_here(resolver, here, module, value, returns)
        found = filled.filled_in(resolver, here, module, value, found)
        return tuple(f.via(step(module, node, words)) for f in found)
    if isinstance(value, External):
        found = external(resolver, module, scope, block, node, value)
        if (
            value.made and value.path.split(".")[0] in VENDORS
        ):  # a method of a client, which came some way itself
            found = tuple(Found(f.value, (*f.steps, *function.steps)[:MAX_STEPS], f.certainty) for f in found)
        return found
    if isinstance(value, Resource):
        return (Found(External("openai.response", made=True)),)
    if isinstance(value, Client):
        return (function,)  # a function that is declared to return a client
    if isinstance(value, Instance):
        methods = attributes.inherited_or_own(resolver, value.cls, "__call__")
        return union(*(result(resolver, module, scope, block, node, f) for f in methods)) or unknown("a call")
    if isinstance(value, Collection) and value.shape == "callable":
        return resolver.annotation(value.module, value.scope, value.parts[-1])
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
        told = resolver.annotation(module, scope.parent or module.scope, node.returns)
        if scope.yields:
            told = union(*(displays.elements(resolver, f) for f in told))
        found = told or found
    elif node.returns is not None and any(is_likely_client(f) for f in found):
        told = resolver.annotation(module, scope.parent or module.scope, node.returns)
        found = promises.confirmed(found, told)
    likely = any(changes(d) for d in node.decorator_list)
    return tuple(f.via(likely=likely) for f in found) or unknown(f"{scope.name}() returns nothing")


def is_likely_client(found: Found) -> bool:
    """Whether a value is a client that is not proved to be one."""
    return isinstance(found.value, Client) and found.certainty is not Certainty.PROVED


def is_generator(scope: Scope) -> bool:
    """Whether calling a function gives an iterator over what it yields: no decorator makes something else of it."""
    return bool(scope.yields) and not getattr(scope.node, "decorator_list", ())


def generated(resolver: Resolver, function: Function) -> tuple[Found, ...]:
    """The iterator that calling a generator gives, as a display of what it yields."""
    scope, module = function.scope, function.module

    def shown() -> tuple[Found, ...]:
        yields = ast.copy_location(ast.List(list(scope.yields), ast.Load()), scope.node)
        return (Found(Display(module, yields, scope, ())),)

    if all(isinstance(f.value, Unknown) for f in returned(resolver, function)):
        return returned(resolver, function)
    return resolver.once((scope.node, "generated"), shown)


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
    told = tools.called(resolver, module, scope, block, node, value)
    if told is not None:
        return told
    known = sdk_calls.known(resolver, module, scope, block, node, value)
    if known:
        return known
    outside = sources.called(resolver, module, Use(node, scope, block), value)
    if outside is not None:
        return outside
    if path == "builtins.dict":
        return (Found(Display(module, node, scope, block)),)
    if path.rsplit(".", 1)[-1] in attributes.FIELDS:
        return field(resolver, module, scope, block, node)
    if path.endswith((".Depends", ".Factory")) and node.args and not path.startswith(tools.PROVIDERS):
        functions = resolver.eval(module, scope, block, node.args[0])
        return union(*(tools.provided(resolver, module, scope, block, node, f) for f in functions))
    if path in strings.JOINERS and (address := strings.joined(resolver, module, scope, block, node)):
        return address
    if path in strings.URL_CLASSES and node.args:
        return resolver.eval(module, scope, block, node.args[0])
    index = WRAPPERS.get(path)
    if index is not None and len(node.args) > index:
        found = resolver.eval(module, scope, block, node.args[index])
        if path in _CASTS and all(isinstance(f.value, (Unknown, External)) for f in found):
            found = resolver.annotation(module, scope, node.args[0]) or found
        return tuple(f.via(step(module, node, f"passes through {path}")) for f in found)
    if path in PICKERS and node.args:
        displayed = resolver.eval(module, scope, block, node.args[0])
        return union(*(displays.elements(resolver, f, iterated=True) for f in displayed))
    made = External(path, True, Display(module, node, scope, block))
    return (Found(made, (step(module, node, f"{path}() is called"),)),)


def field(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Call
) -> tuple[Found, ...]:
    """The default of `field(…)` of a dataclass or `Field(…)` of pydantic."""
    given = {k.arg: k.value for k in node.keywords}
    for name in ("default_factory", "factory"):
        if name in given:
            functions = resolver.eval(module, scope, block, given[name])
            if any(isinstance(f.value, External) for f in functions):
                made = External("builtins.dict", made=True, origin=Display(module, node, scope, block))
                return (Found(made),)
            return union(*(result(resolver, module, scope, block, node, f) for f in functions))
    default = given.get("default", node.args[0] if node.args else None)
    if default is None or (isinstance(default, ast.Constant) and default.value is Ellipsis):
        return unknown(
            f"a field of {scope.name} without default, which no constructor call in these files gives"
        )
    return resolver.eval(module, scope, block, default)
