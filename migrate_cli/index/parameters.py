"""What a parameter can be: `self`, its annotation, its default, and what the callers in the project pass."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate_cli.index import attributes
from migrate_cli.index.module import Module, Scope, Use
from migrate_cli.index.syntax import all_parameters, decorated, default_of, first_parameter, is_super
from migrate_cli.index.values import (
    Class,
    Client,
    Constant,
    Display,
    Environment,
    External,
    Found,
    Function,
    Instance,
    Unknown,
    step,
    union,
    unknown,
)

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

MAX_CALLERS = 40


def parameter(resolver: Resolver, module: Module, scope: Scope, argument: ast.arg) -> tuple[Found, ...]:
    """Everything the parameter `argument` of the function `scope` can be."""
    function = scope.node
    assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
    owner = scope.enclosing_class()
    if owner is not None and first_parameter(function) == argument.arg:
        cls = Class(module, owner)
        if decorated(function, "classmethod"):
            return (Found(cls),)
        base = attributes.sdk_base(resolver, cls)
        own = Client(base, attributes.super_site(resolver, cls), cls) if base is not None else Instance(cls)
        return (Found(own),)
    outer = scope.parent or module.scope
    signature = function.args
    if argument is signature.vararg or argument is signature.kwarg:
        return unknown(f"`{argument.arg}` is forwarded")
    annotated = resolver.annotation(module, outer, argument.annotation) if argument.annotation else ()
    default = default_of(function, argument.arg)
    preset: tuple[Found, ...] = ()
    if default is not None:
        words = f"default of parameter `{argument.arg}`"
        preset = tuple(f.via(step(module, default, words)) for f in resolver.eval(module, outer, (), default))
    given = passed(resolver, module, scope, argument.arg)
    if any(isinstance(f.value, (Client, Instance)) for f in given):
        # callers say more than the annotation: they name the constructor
        annotated = tuple(f for f in annotated if not isinstance(f.value, (Client, Instance)))
    elif annotated:
        return annotated
    else:
        given = tuple(f for f in given if not isinstance(f.value, Unknown) or not preset)
    found = union(annotated, preset, given)
    if not found and next(callers(resolver, module, scope), None) is not None:
        return ()  # its callers only lead back here
    return found or unknown(f"parameter `{argument.arg}` of {scope.name}(): no caller in these files")


def passed(resolver: Resolver, module: Module, scope: Scope, name: str) -> tuple[Found, ...]:
    """What callers in the project pass for parameter `name` of the function `scope`."""
    groups = []
    for caller, use, offset in callers(resolver, module, scope):
        call = use.node
        assert isinstance(call, ast.Call)
        value = argument_for(call, scope, name, offset)
        if value is None:
            groups += [
                forwarded(resolver, caller, use, k.value, name) for k in call.keywords if k.arg is None
            ]
            if any(isinstance(a, ast.Starred) for a in call.args):
                groups.append(unknown(f"`{name}` may be forwarded by a caller"))
            continue
        found = resolver.eval(caller, use.scope, use.block, value)
        words = passing(name, scope)
        groups.append(tuple(f.via(step(caller, value, words)) for f in found if not is_mock(f)))
    return union(*groups)


def passing(name: str, scope: Scope) -> str:
    """The words of a step from a parameter to a caller's argument."""
    return f"passed as `{name}` to {scope.name}()"


def narrowed(resolver: Resolver, use: Use, module: Module, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """A part of what the call `use` returns, without plain values that only another call passes in."""
    call = use.node
    assert isinstance(call, ast.Call)
    for function in resolver.eval(module, use.scope, use.block, call.func):
        if isinstance(function.value, Function):
            found = given_here(resolver, use, module, function.value, found)
    return found


def given_here(
    resolver: Resolver, use: Use, module: Module, function: Function, found: tuple[Found, ...]
) -> tuple[Found, ...]:
    """What a function returns to this very call: without plain values that only another call passes in."""
    call, scope = use.node, function.scope
    assert isinstance(call, ast.Call)
    kept = []
    for item in found:
        plain = isinstance(item.value, (Constant, Environment))
        name = passed_name(item, scope) if plain else None
        here = own_argument(resolver, use, module, function, name) if name is not None else ()
        values = {f.value for f in here}
        others = [v for v in values if not isinstance(v, (Constant, Environment, Unknown))]
        if not here or others or item.value in values:
            kept.append(item)
    return tuple(kept)


def passed_name(found: Found, scope: Scope) -> str | None:
    """The parameter of the function through which callers pass a value in, None when it comes another way."""
    names = {passing(name, scope): name for name in scope.bindings}
    return next((names[s.text] for s in found.steps if s.text in names), None)


def own_argument(
    resolver: Resolver, use: Use, module: Module, function: Function, name: str
) -> tuple[Found, ...]:
    """What the call `use` itself passes as `name`; empty when it passes nothing that can be seen."""
    call, owner = use.node, function.scope.enclosing_class()
    assert isinstance(call, ast.Call)
    if isinstance(function.scope.node, ast.Lambda):
        return ()
    cls = Class(function.module, owner) if owner is not None else None
    offset = implied(resolver, module, use, call, cls, function.scope)
    value = argument_for(call, function.scope, name, offset)
    return resolver.eval(module, use.scope, use.block, value) if value is not None else ()


def forwarded(resolver: Resolver, module: Module, use: Use, node: ast.expr, name: str) -> tuple[Found, ...]:
    """What `**node` in a call holds under `name`: an entry of a display, or what callers of the forwarder pass."""
    scope = use.scope
    signature = getattr(scope.node, "args", None)
    rest = signature.kwarg if signature is not None else None
    if rest is not None and isinstance(node, ast.Name) and rest.arg == node.id:
        return passed(resolver, module, scope, name)
    groups = []
    for found in resolver.eval(module, use.scope, use.block, node):
        if isinstance(found.value, Display) and isinstance(found.value.node, (ast.Dict, ast.Call)):
            inside = resolver.element(found, name)
            groups.append(tuple(f for f in inside if not isinstance(f.value, Unknown)))
        else:
            groups.append(unknown(f"`{name}` may be forwarded by a caller"))
    return union(*groups)


def is_mock(found: Found) -> bool:
    """Whether a caller in a test passes a stand-in, which says nothing about the program."""
    value = found.value
    return isinstance(value, External) and value.path.startswith(("unittest.mock", "mock.", "pytest_mock"))


def argument_for(call: ast.Call, scope: Scope, name: str, offset: int) -> ast.expr | None:
    """The expression that `call` passes for parameter `name`; `offset` is 1 when `self` is implied."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    signature = scope.node.args  # type: ignore[attr-defined]
    positional = [a.arg for a in (*signature.posonlyargs, *signature.args)][offset:]
    if name not in positional:
        return None
    index = positional.index(name)
    before = call.args[: index + 1]
    if len(before) <= index or any(isinstance(a, ast.Starred) for a in before):
        return None
    return before[index]


def callers(resolver: Resolver, module: Module, scope: Scope) -> Iterator[tuple[Module, Use, int]]:
    """Calls in the project that run exactly this function, with 1 when the first parameter is implied."""
    owner = scope.enclosing_class()
    cls = Class(module, owner) if owner is not None else None
    count = 0
    for target, use in candidates(resolver, module, scope, cls):
        offset = runs(resolver, target, use, scope, cls)
        if offset is not None:
            yield target, use, offset
            count += 1
            if count >= MAX_CALLERS:
                return


def candidates(
    resolver: Resolver, module: Module, scope: Scope, cls: Class | None
) -> Iterator[tuple[Module, Use]]:
    """Calls whose last name is the function's, in files that can know it, with arguments that it can take."""
    paths, wanted = haunts(resolver, module, scope, cls)
    for path in paths:
        target = resolver.project.module(path)
        if target is None:
            continue
        for use in target.calls_of(sorted(set().union(*(target.aliases(w) for w in wanted)))):
            assert isinstance(use.node, ast.Call)
            if fits(scope, use.node):
                yield target, use


def haunts(
    resolver: Resolver, module: Module, scope: Scope, cls: Class | None
) -> tuple[tuple[str, ...], set[str]]:
    """The files that may call a function, and the names it is called by."""
    word, project = scope.name, resolver.project
    if isinstance(scope.node, ast.Lambda) or word == "<module>":
        return (), set()
    if scope.parent is not None and scope.parent.kind == "function":
        return (module.path,), {word}
    if cls is None:
        return project.calling(word, module.path), {word}
    if word.startswith("__") and word.endswith("__") and word != "__init__":
        return (), set()
    names = {cls.scope.name} | {s.scope.name for s in attributes.subclasses(resolver, cls)}
    if word != "__init__":
        return project.calling_method(word, names, module.path), {word}
    making = [path for name in sorted(names) for path in project.calling(name)]
    paths = (*making, *project.deriving_paths(cls.scope.name), module.path)
    return tuple(dict.fromkeys(paths)), names | {"__init__", "cls"}


def fits(scope: Scope, call: ast.Call) -> bool:
    """Whether the function can take the keywords of this call."""
    signature = scope.node.args  # type: ignore[attr-defined]
    if signature.kwarg is not None:
        return True
    names = {a.arg for a in all_parameters(signature)}
    return all(k.arg is None or k.arg in names for k in call.keywords)


def runs(resolver: Resolver, module: Module, use: Use, scope: Scope, cls: Class | None) -> int | None:
    """Whether this call runs `scope`: the number of implied parameters, else None."""
    call = use.node
    assert isinstance(call, ast.Call)
    for found in resolver.eval(module, use.scope, use.block, call.func):
        value = found.value
        if isinstance(value, Function) and value.scope is scope:
            return implied(resolver, module, use, call, cls, scope)
        constructs = isinstance(value, Class) and scope.name == "__init__"
        if constructs and attributes.initialiser(resolver, value) is scope:  # type: ignore[arg-type]
            return 1
    return None


def implied(
    resolver: Resolver, module: Module, use: Use, call: ast.Call, cls: Class | None, scope: Scope
) -> int:
    """1 for a method called on an instance (or class method), 0 for `Class.method(obj, …)` and plain functions."""
    if cls is None or first_parameter(scope.node) is None:
        return 0
    if isinstance(call.func, ast.Attribute):
        receivers = resolver.eval(module, use.scope, use.block, call.func.value)
        through_class = any(isinstance(r.value, Class) for r in receivers)
        if through_class and not decorated(scope.node, "classmethod") and not is_super(call.func.value):
            return 0
    return 1


def field_values(resolver: Resolver, cls: Class, name: str) -> tuple[Found, ...]:
    """What constructing a dataclass or pydantic model passes for the field `name`; empty with an own `__init__`."""
    if attributes.initialiser(resolver, cls) is not None:
        return ()
    groups = []
    count = 0
    for path in resolver.project.calling(cls.scope.name):
        module = resolver.project.module(path)
        for use in module.calls_of({cls.scope.name}) if module is not None else ():
            call = use.node
            assert isinstance(call, ast.Call) and module is not None
            value = next((k.value for k in call.keywords if k.arg == name), None)
            if value is None or count >= MAX_CALLERS:
                continue
            targets = resolver.eval(module, use.scope, use.block, call.func)
            if any(t.value == cls for t in targets):
                count += 1
                found = resolver.eval(module, use.scope, use.block, value)
                words = f"field `{name}` of {cls.scope.name}"
                groups.append(tuple(f.via(step(module, value, words)) for f in found))
    return union(*groups)
