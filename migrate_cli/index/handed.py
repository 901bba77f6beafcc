"""Functions that are handed on as values: callbacks, threads and executors, partials, decorators, containers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate_cli.index import attributes
from migrate_cli.index.module import Module, Scope, Taker, Use
from migrate_cli.index.project import stem
from migrate_cli.index.syntax import called, first_parameter, next_of, terminal
from migrate_cli.index.values import Class, Function

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

Handed = tuple[Module, Use, int, bool]  # the arguments of `callers.Caller`

MAX_HANDED = 12
# Last names of callables that call their n-th argument with the arguments that follow it.
_PASSING = {
    "to_thread": 0, "partial": 0, "partialmethod": 0, "submit": 0, "run_in_executor": 1, "run_in_threadpool": 0,
    "run_sync": 0, "start_soon": 0, "apply_async": 0, "call_soon": 0, "call_later": 1, "add_task": 0,
}  # fmt: skip
_SURE = {"to_thread", "partial", "partialmethod", "run_in_threadpool", "Thread", "Process"}
_MAPPING = {"map", "imap", "imap_unordered", "amap", "thread_map", "process_map"}
_WORKERS = {"Thread", "Process", "Timer"}
# Providers of a container construct their first argument with what their other arguments provide.
_PROVIDERS = {
    "Factory", "Singleton", "ThreadSafeSingleton", "ThreadLocalSingleton", "Resource", "Callable", "Coroutine",
}  # fmt: skip
_HANDS = ("%,", "%)")


def handed(resolver: Resolver, module: Module, scope: Scope, cls: Class | None) -> Iterator[Handed]:
    """Calls that run `scope` without naming it, because it was handed to them or to something that calls it."""
    count = 0
    for target, taker in _takers(resolver, module, scope, cls):
        offset = _is_handed(resolver, target, taker, scope)
        if offset is None:
            continue
        for given in _through(resolver, target, taker, offset):
            yield given
            count += 1
            if count >= MAX_HANDED:
                return
    yield from _decorated(resolver, module, scope)


def _takers(
    resolver: Resolver, module: Module, scope: Scope, cls: Class | None
) -> Iterator[tuple[Module, Taker]]:
    """Calls that are handed something of the function's name, in files that can know it."""
    if isinstance(scope.node, ast.Lambda):
        yield from ((module, taker) for taker in module.takers(scope.node))
        return
    word = cls.scope.name if cls is not None and scope.name == "__init__" else scope.name
    project = resolver.project
    about = (module.path, *project.importing(stem(module.path)))
    for path in project.holding(word, _HANDS, about)[:MAX_HANDED]:
        target = project.module(path)
        if target is not None:
            yield from ((target, taker) for taker in target.takers(word))


def _is_handed(resolver: Resolver, module: Module, taker: Taker, scope: Scope) -> int | None:
    """How many parameters are implied when what is handed over is the function `scope`, None when it is not."""
    node = _given(taker)
    if node is None:
        return None
    for found in resolver.eval(module, taker.use.scope, taker.use.block, node):
        value = found.value
        if isinstance(value, Function) and value.scope is scope:
            bound = isinstance(node, ast.Attribute) and scope.enclosing_class() is not None
            return 1 if bound and first_parameter(scope.node) is not None else 0
        if isinstance(value, Class) and attributes.initialiser(resolver, value) is scope:
            return 1
    return None


def _given(taker: Taker) -> ast.expr | None:
    call = taker.use.node
    assert isinstance(call, ast.Call)
    if isinstance(taker.place, int):
        return call.args[taker.place]
    return next((k.value for k in call.keywords if k.arg == taker.place), None)


def _through(resolver: Resolver, module: Module, taker: Taker, offset: int) -> Iterator[Handed]:
    """The calls that a taker makes: as known tools do, or as the project's own function does with its parameter."""
    call, use = taker.use.node, taker.use
    assert isinstance(call, ast.Call)
    word = terminal(call) or ""
    made = _known(call, word, taker.place)
    if made is not None:
        yield module, Use(made, use.scope, use.block), offset, word not in _SURE | _PROVIDERS
        return
    for found in resolver.eval(module, use.scope, use.block, call.func):
        function = _function(resolver, found.value)
        if function is not None:
            yield from _within(function, taker.place, offset)


def _known(call: ast.Call, word: str, place: int | str) -> ast.Call | None:
    """The call that a thread, an executor, a partial or a provider makes of what it is handed."""
    function = _given(Taker(Use(call, None, ()), place))  # type: ignore[arg-type]
    assert function is not None
    if word in _WORKERS and (place == "target" or place == 1):
        kept = {k.arg: k.value for k in call.keywords}
        args = getattr(kept.get("args"), "elts", [])
        named = kept.get("kwargs")
        return called(function, args, [ast.keyword(None, named)] if named is not None else [], call)
    if word in _PASSING and place == _PASSING[word]:
        return called(function, call.args[place + 1 :], call.keywords, call)
    if word in _MAPPING and place == 0:
        return called(function, [next_of(a) for a in call.args[1:]], [], call)
    if word in _PROVIDERS and place == 0:
        args = [called(a, [], [], a) for a in call.args[1:]]
        keywords = [ast.keyword(k.arg, called(k.value, [], [], k.value)) for k in call.keywords]
        return called(function, args, keywords, call)
    return None


def _function(resolver: Resolver, value: object) -> Function | None:
    """The function that a call of `value` runs, when the project has it."""
    if isinstance(value, Function):
        return value
    if isinstance(value, Class):
        scope = attributes.initialiser(resolver, value)
        return Function(value.module, scope, value) if scope is not None else None
    return None


def _within(function: Function, place: int | str, offset: int) -> Iterator[Handed]:
    """Calls of the parameter at `place` inside a function that is handed another one."""
    scope = function.scope
    signature = scope.node.args  # type: ignore[attr-defined]
    positional = [a.arg for a in (*signature.posonlyargs, *signature.args)]
    method = scope.enclosing_class() is not None and first_parameter(scope.node) is not None
    index = place + method if isinstance(place, int) else -1
    name = positional[index] if 0 <= index < len(positional) else place
    if not isinstance(name, str):
        return
    for use in function.module.calls_of((name,)):
        assert isinstance(use.node, ast.Call)
        if isinstance(use.node.func, ast.Name) and _below(use.scope, scope):
            yield function.module, use, offset, True


def _below(inner: Scope | None, outer: Scope) -> bool:
    """Whether a scope is `outer` or stands inside it."""
    while inner is not None and inner is not outer:
        inner = inner.parent
    return inner is outer


def _decorated(resolver: Resolver, module: Module, scope: Scope) -> Iterator[Handed]:
    """Calls that the project's own decorators make of the function that they decorate."""
    around = scope.parent or module.scope
    for decorator in getattr(scope.node, "decorator_list", ()):
        for found in resolver.eval(module, around, (), decorator):
            if isinstance(found.value, Function):
                yield from _within(found.value, 0, 0)
