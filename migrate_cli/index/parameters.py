"""What a parameter can be: `self`, its annotation, its default, and what the callers in the project pass."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate_cli.index import attributes
from migrate_cli.index.module import Module, Scope, Use, default_of, first_parameter
from migrate_cli.index.values import (
    Class,
    Client,
    Display,
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
        is_class = any(ast.unparse(d) == "classmethod" for d in getattr(function, "decorator_list", ()))
        return (Found(cls if is_class else Instance(cls)),)
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
        words = f"passed as `{name}` to {scope.name}()"
        groups.append(tuple(f.via(step(caller, value, words)) for f in found if not is_mock(f)))
    return union(*groups)


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
    wanted = {scope.name}
    if cls is not None and scope.name == "__init__":
        wanted = {cls.scope.name, "__init__", "cls"} | {
            s.scope.name for s in attributes.subclasses(resolver, cls)
        }
    if isinstance(scope.node, ast.Lambda) or scope.name == "<module>":
        return
    seen: set[int] = set()
    count = 0
    for word in sorted(wanted - {"__init__", "cls"}):
        for path in resolver.project.mentioning(word):
            target = resolver.project.module(path)
            for use in target.calls_of(wanted) if target is not None else ():
                if id(use.node) in seen:
                    continue
                seen.add(id(use.node))
                offset = runs(resolver, target, use, scope, cls)  # type: ignore[arg-type]
                if offset is not None:
                    yield target, use, offset  # type: ignore[misc]
                    count += 1
                    if count >= MAX_CALLERS:
                        return


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
        classmethod_ = any(ast.unparse(d) == "classmethod" for d in getattr(scope.node, "decorator_list", ()))
        receivers = resolver.eval(module, use.scope, use.block, call.func.value)
        if any(isinstance(r.value, Class) for r in receivers) and not classmethod_:
            return 0
    return 1


def field_values(resolver: Resolver, cls: Class, name: str) -> tuple[Found, ...]:
    """What constructing a dataclass or pydantic model passes for the field `name`; empty with an own `__init__`."""
    if attributes.initialiser(resolver, cls) is not None:
        return ()
    groups = []
    count = 0
    for path in resolver.project.mentioning(cls.scope.name):
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
