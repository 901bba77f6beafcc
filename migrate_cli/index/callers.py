"""Who calls a function of the project, and with what: directly, through a base class, or as something handed on."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from migrate_cli.index import attributes, handed
from migrate_cli.index.module import Module, Scope, Use
from migrate_cli.index.syntax import all_parameters, decorated, first_parameter, is_super
from migrate_cli.index.values import Class, Function
from migrate_cli.model import Certainty

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

MAX_CALLERS = 40


class Caller(NamedTuple):
    """A call that runs a function; `offset` is 1 when its first parameter is implied.

    `likely` where the function reached it as a value, or through a base class.
    """

    module: Module
    use: Use
    offset: int
    likely: bool = False


def callers(resolver: Resolver, module: Module, scope: Scope) -> tuple[Caller, ...]:
    """Calls in the project that run exactly this function, at most MAX_CALLERS."""
    key = (scope, "callers")
    return resolver.settled(key, lambda: tuple(_callers(resolver, module, scope)))


def _callers(resolver: Resolver, module: Module, scope: Scope) -> Iterator[Caller]:
    owner = scope.enclosing_class()
    cls = Class(module, owner) if owner is not None else None
    count = 0
    for target, use in candidates(resolver, module, scope, cls):
        caller = runs(resolver, target, use, scope, cls)
        if caller is not None:
            yield caller
            count += 1
            if count >= MAX_CALLERS:
                return
    yield from (Caller(*given) for given in handed.handed(resolver, module, scope, cls))


def candidates(
    resolver: Resolver, module: Module, scope: Scope, cls: Class | None
) -> Iterator[tuple[Module, Use]]:
    """Calls whose last name is the function's, in files that can know it, with arguments that it can take."""
    paths, wanted = resolver.settled((scope, "haunts"), partial(haunts, resolver, module, scope, cls))
    for path in paths:
        if resolver.used_up():
            return
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


def runs(resolver: Resolver, module: Module, use: Use, scope: Scope, cls: Class | None) -> Caller | None:
    """The call as one that runs `scope`, or None when it runs something else."""
    call = use.node
    assert isinstance(call, ast.Call)
    for found in resolver.eval(module, use.scope, use.block, call.func):
        value = found.value
        likely = found.certainty is not Certainty.PROVED
        if isinstance(value, Function) and value.scope is scope:
            return Caller(module, use, implied(resolver, module, use, call, cls, scope), likely)
        if isinstance(value, Function) and cls is not None and overrides(resolver, cls, scope, value):
            return Caller(module, use, implied(resolver, module, use, call, cls, scope), likely=True)
        constructs = isinstance(value, Class) and scope.name == "__init__"
        if constructs and attributes.initialiser(resolver, value) is scope:  # type: ignore[arg-type]
            return Caller(module, use, 1)
    return None


def overrides(resolver: Resolver, cls: Class, scope: Scope, called: Function) -> bool:
    """Whether the method `scope` of `cls` stands in for the method of a base class that is called."""
    owner = called.scope.enclosing_class()
    if owner is None or called.scope.name != scope.name or scope.name == "__init__":
        return False
    return any(base.scope is owner for base in attributes.ancestors(resolver, cls))


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
