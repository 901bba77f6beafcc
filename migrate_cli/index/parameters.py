"""What a parameter can be: `self`, its annotation, its default, and what the callers in the project pass."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import attributes, documents, fixtures, generics, options, promises
from migrate_cli.index.callers import MAX_CALLERS, callers, implied
from migrate_cli.index.module import Module, Scope, Use
from migrate_cli.index.sdk import VENDORS
from migrate_cli.index.syntax import all_parameters, decorated, default_of, first_parameter
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
    Rest,
    Unknown,
    step,
    union,
    unknown,
)

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver
# Methods that are given the class without saying so.
_PASSING = "passed as "  # how the step from a parameter to a caller's argument begins
_OF_THE_CLASS = {"__new__", "__init_subclass__", "__class_getitem__"}


def parameter(resolver: Resolver, module: Module, scope: Scope, argument: ast.arg) -> tuple[Found, ...]:
    """Everything the parameter `argument` of the function `scope` can be."""
    function = scope.node
    assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
    owner = scope.enclosing_class()
    if owner is not None and first_parameter(function) == argument.arg:
        cls = Class(module, owner)
        if decorated(function, "classmethod") or scope.name in _OF_THE_CLASS:
            return (Found(cls),)
        base = attributes.sdk_base(resolver, cls)
        own = Client(base, attributes.super_site(resolver, cls), cls) if base is not None else Instance(cls)
        return (Found(own),)
    outer = scope.parent or module.scope
    signature = function.args
    if argument is signature.vararg or argument is signature.kwarg:
        because = f"`{argument.arg}` is forwarded"
        return (Found(Rest(because, module, scope, named=argument is signature.kwarg)),)
    option = options.given(resolver, module, scope, argument) or documents.hydra(resolver, module, scope)
    if option:
        return option
    told = promised(resolver, module, scope, argument)
    annotated = generics.without_variables(told)
    default = default_of(function, argument.arg)
    preset: tuple[Found, ...] = ()
    if default is not None:
        words = f"default of parameter `{argument.arg}`"
        preset = tuple(f.via(step(module, default, words)) for f in resolver.eval(module, outer, (), default))
    given = passed(resolver, module, scope, argument.arg)
    if any(isinstance(f.value, (Client, Instance)) for f in given):
        # callers say more than the annotation: they name the constructor
        given = promises.confirmed(given, annotated)
        annotated = tuple(f for f in annotated if not isinstance(f.value, (Client, Instance)))
    elif annotated:
        return annotated
    else:
        given = tuple(f for f in given if not isinstance(f.value, Unknown) or not preset)
    if all(isinstance(f.value, (Unknown, Constant)) for f in given):
        given = union(given, fixtures.given(resolver, module, scope, argument.arg))
    found = union(annotated, preset, given)
    if not found and callers(resolver, module, scope):
        return ()  # its callers only lead back here
    return found or told or unknown(f"parameter `{argument.arg}` of {scope.name}(): no caller in these files")


def promised(resolver: Resolver, module: Module, scope: Scope, argument: ast.arg) -> tuple[Found, ...]:
    """What the annotation of a parameter promises, or that of the same parameter of the method it overrides."""
    outer = scope.parent or module.scope
    if argument.annotation is not None:
        return resolver.annotation(module, outer, argument.annotation)
    owner = scope.enclosing_class()
    if owner is None or scope.name == "__init__":
        return ()
    for base in attributes.ancestors(resolver, Class(module, owner)):
        for binding in base.scope.bindings.get(scope.name, ()):
            signature = getattr(binding.node, "args", None)
            same = [a for a in all_parameters(signature) if a.arg == argument.arg] if signature else []
            if same and same[0].annotation is not None:
                found = resolver.annotation(base.module, base.scope, same[0].annotation)
                return tuple(f.via(likely=True) for f in found)
    return ()


def passed(resolver: Resolver, module: Module, scope: Scope, name: str) -> tuple[Found, ...]:
    """What callers in the project pass for parameter `name` of the function `scope`."""
    groups = []
    for caller, use, offset, likely in callers(resolver, module, scope):
        call = use.node
        assert isinstance(call, ast.Call)
        value = argument_for(call, scope, name, offset)
        if value is None:
            groups += [
                forwarded(resolver, caller, use, k.value, name) for k in call.keywords if k.arg is None
            ]
            groups.append(unpacked(resolver, caller, use, place_of(scope, name, offset), name))
            continue
        found = resolver.eval(caller, use.scope, use.block, value)
        place = step(caller, value, passing(name, scope))
        groups.append(tuple(f.via(place, likely=likely) for f in found if not is_mock(f)))
    return union(*groups)


def rest(resolver: Resolver, value: Rest, key: object) -> tuple[Found, ...]:
    """What callers pass under the keyword `key`, or at the position `key`, of a `**` or `*` parameter."""
    if value.named and isinstance(key, str):
        return resolver.once(
            (value.scope.node, "rest", key), lambda: passed(resolver, value.module, value.scope, key)
        )
    if value.named or not isinstance(key, int) or key < 0:
        return ()
    return resolver.once((value.scope.node, "rest", key), lambda: _placed(resolver, value, key))


def _placed(resolver: Resolver, value: Rest, key: int) -> tuple[Found, ...]:
    """What callers pass at the position `key` of a `*` parameter."""
    signature = value.scope.node.args  # type: ignore[attr-defined]
    index = len(signature.posonlyargs) + len(signature.args) + key
    groups = []
    for caller, use, offset, likely in callers(resolver, value.module, value.scope):
        call = use.node
        assert isinstance(call, ast.Call)
        given = call.args[index - offset : index - offset + 1]
        if any(isinstance(a, ast.Starred) for a in call.args[: index - offset + 1]):
            groups.append(unpacked(resolver, caller, use, index - offset, f"argument {key}"))
        elif given:
            found = resolver.eval(caller, use.scope, use.block, given[0])
            place = step(caller, given[0], f"passed to {value.scope.name}()")
            groups.append(tuple(f.via(place, likely=likely) for f in found if not is_mock(f)))
    return union(*groups)


def place_of(scope: Scope, name: str, offset: int) -> int | None:
    """The position at which a caller passes the parameter `name`, None for one that is only passed by keyword."""
    signature = scope.node.args  # type: ignore[attr-defined]
    positional = [a.arg for a in (*signature.posonlyargs, *signature.args)]
    return positional.index(name) - offset if name in positional else None


def unpacked(resolver: Resolver, module: Module, use: Use, index: int | None, name: str) -> tuple[Found, ...]:
    """What `*values` in a call holds for the position `index`; empty when the call unpacks nothing."""
    call = use.node
    assert isinstance(call, ast.Call)
    starred = [(i, a) for i, a in enumerate(call.args) if isinstance(a, ast.Starred)]
    if not starred:
        return ()
    groups = [unknown(f"`{name}` may be forwarded by a caller")]
    first, node = starred[0]
    if index is not None and index >= first:
        for found in resolver.eval(module, use.scope, use.block, node.value):
            value = found.value
            if isinstance(value, Rest) and not value.named:
                groups = [rest(resolver, value, index - first) or groups[0]]
            elif isinstance(value, Display) and isinstance(value.node, (ast.Tuple, ast.List)):
                groups = [resolver.item(found, index - first)]
    return union(*groups)


def passing(name: str, scope: Scope) -> str:
    """The words of a step from a parameter to a caller's argument."""
    return f"{_PASSING}`{name}` to {scope.name}()"


def times_passed(found: Found) -> int:
    """Through how many parameters a value came."""
    return sum(s.text.startswith(_PASSING) for s in found.steps)


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
    """What a function returns to this very call: without values that only another call passes in.

    That goes for plain values and for clients; of other objects it is not known what became of them on the way.
    """
    call, scope = use.node, function.scope
    assert isinstance(call, ast.Call)
    kept = []
    for item in found:
        client = _vendor(item)
        plain = isinstance(item.value, (Constant, Environment))
        name = passed_name(item, scope) if plain or client is not None else None
        here = own_argument(resolver, use, module, function, name) if name is not None else ()
        if client is not None:
            # whatever this call passes, an object of the project too, comes back as it is where a client does
            known = any(_vendor(f) is not None for f in here) or _handed_back(here, found)
            kept += [item] if not known or client in {_vendor(f) for f in here} else []
            continue
        values = {f.value for f in here}
        others = [v for v in values if not isinstance(v, (Constant, Environment, Unknown))]
        if not here or others or item.value in values:
            kept.append(item)
    return tuple(kept)


def _handed_back(here: tuple[Found, ...], found: tuple[Found, ...]) -> bool:
    """Whether a function returns the object of the project that it was given."""
    returned = {f.value for f in found}
    return any(isinstance(f.value, Instance) and f.value in returned for f in here)


def _vendor(found: Found) -> str | None:
    """Whose client a value is, None when it is none that is known."""
    if isinstance(found.value, Client):
        return "openai"
    package = found.value.path.split(".")[0] if isinstance(found.value, External) else ""
    return package if package in VENDORS else None


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
        return resolver.once((scope.node, "rest", name), lambda: passed(resolver, module, scope, name))
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


def field_values(resolver: Resolver, cls: Class, name: str) -> tuple[Found, ...]:
    """What constructing a dataclass or pydantic model passes for the field `name`; empty with an own `__init__`."""
    if attributes.initialiser(resolver, cls) is not None:
        return ()
    groups = []
    count = 0
    fields = list(cls.scope.annotations) if not any(attributes.ancestors(resolver, cls)) else []
    position = fields.index(name) if name in fields else len(fields)
    for path in resolver.project.calling(cls.scope.name):
        if resolver.used_up():
            break
        module = resolver.project.module(path)
        for use in module.calls_of({cls.scope.name}) if module is not None else ():
            call = use.node
            assert isinstance(call, ast.Call) and module is not None
            by_place = call.args[position] if len(call.args) > position else None
            value = next((k.value for k in call.keywords if k.arg == name), by_place)
            if value is None or count >= MAX_CALLERS:
                continue
            targets = resolver.eval(module, use.scope, use.block, call.func)
            if any(t.value == cls for t in targets):
                count += 1
                found = resolver.eval(module, use.scope, use.block, value)
                words = f"field `{name}` of {cls.scope.name}"
                groups.append(tuple(f.via(step(module, value, words)) for f in found))
    return union(*groups)
