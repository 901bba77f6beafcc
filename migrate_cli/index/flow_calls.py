"""Where an object goes when it is passed to a call, when a method of it is called, and when a function returns it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from migrate_cli.index import attributes, flow_targets
from migrate_cli.index.callers import callers, implied
from migrate_cli.index.literals import literals_of
from migrate_cli.index.module import Module, Scope, Use
from migrate_cli.index.syntax import all_parameters, dotted, terminal
from migrate_cli.index.tree import tree_of
from migrate_cli.index.values import Class, External, Function, Sdk
from migrate_cli.model import HopKind, Way

if TYPE_CHECKING:
    from migrate_cli.index.flow import Flow, Next, Piece

CALLED = "()"  # in `Piece.inside`: the object is what calling the expression gives
# Methods that give the same object in another form.
_SAME = {
    "model_dump", "dict", "to_dict", "to_dict_recursive", "copy", "model_copy", "parse", "strip", "lstrip", "rstrip",
    "get_final_completion", "get_final_response", "result", "__aenter__", "__enter__", "json", "decode",
}  # fmt: skip
_ONLY_WHOLE = {
    "parse",
    "result",
    "json",
    "get_final_completion",
    "get_final_response",
}  # of the answer itself
_LINES = {"iter_lines", "aiter_lines", "iter_content", "aiter_text", "iter_text"}  # of a raw answer
_ADDING = {"append", "extend", "insert", "add", "appendleft", "put", "put_nowait"}
# Functions that give what they are passed, by the position that counts; those that give many, one of many, or numbered.
_PASSING = {
    "builtins.list", "builtins.tuple", "builtins.iter", "builtins.aiter", "builtins.reversed", "builtins.sorted",
    "copy.copy", "copy.deepcopy", "contextlib.closing", "contextlib.aclosing", "asyncio.wait_for", "asyncio.shield",
    "asyncio.create_task", "asyncio.ensure_future", "asyncio.run", "tqdm.tqdm", "tqdm.auto.tqdm", "anyio.run",
    "asyncio.get_event_loop().run_until_complete", "asyncio.as_completed", "concurrent.futures.as_completed",
}  # fmt: skip
_GATHERING = {"asyncio.gather", "tqdm.asyncio.tqdm.gather", "tqdm.asyncio.tqdm_asyncio.gather"}
_AWAITING = {"gather", "as_completed"}
_NUMBERING = {"builtins.enumerate", "builtins.zip", "itertools.zip_longest"}
_KEYED = {"builtins.sorted", "builtins.max", "builtins.min"}
_CASTS = {"typing.cast", "typing_extensions.cast"}
_PASSING_METHODS = {"run_until_complete", "tqdm", "track", "create_task"}
_ONE_OF = {"builtins.next", "builtins.anext", "builtins.max", "builtins.min"}
_GETTERS = {"get", "pop", "setdefault"}
# Calls that run a function which they are handed, and give (a promise of) what it returns.
_RUNNING = {"to_thread", "run_in_executor", "run_in_threadpool", "run_sync", "submit"}
_MAPPING = {"map", "imap", "imap_unordered", "starmap"}
_CONTEXTS = ("contextmanager", "asynccontextmanager")


def method(flow: Flow, piece: Piece, node: ast.Attribute, call: ast.Call) -> Next:
    """`<the object>.name(…)`."""
    name = node.attr
    if piece.inside:
        return _of_container(flow, piece, name, call)
    if name in _GETTERS and call.args and isinstance(call.args[0], ast.Constant):
        key = call.args[0].value
        if isinstance(key, (str, int)):
            got = flow.hop(piece, call, key, HopKind.GET)
            guarded = len(call.args) > 1 and not _is_none(call.args[1])
            return replace(got, guarded=guarded) if got is not None else None
    flow.use(piece, Way.METHOD, call, name, tuple(v for a in call.args for v in literals_of(a)))
    if name in _LINES and not piece.route:
        return replace(piece.at(call), through=(*piece.through, name))
    if name in ("__enter__", "__aenter__"):
        return piece.at(call)
    if name in _SAME and not (name in _ONLY_WHOLE and piece.route):
        return replace(piece.at(call), through=(*piece.through, name), guarded=piece.guarded)
    return None


def _constants(call: ast.Call) -> tuple[str, ...]:
    """The texts among the arguments of a call."""
    return tuple(a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _of_container(flow: Flow, piece: Piece, name: str, call: ast.Call) -> Next:
    """A method of a container that holds the object."""
    if name in ("get", "pop") and call.args and isinstance(call.args[0], ast.Constant):
        key = call.args[0].value
        return flow.hop(piece, call, key, HopKind.GET) if isinstance(key, (str, int)) else None
    return None


def argument(flow: Flow, piece: Piece, call: ast.Call, keyword: ast.keyword | None = None) -> Next:
    """`function(<the object>)`."""
    place = next((i for i, a in enumerate(call.args) if a is piece.node), None)
    func = call.func
    if isinstance(func, ast.Attribute) and func.attr in _ADDING and place is not None:
        flow.use(piece, Way.APPEND, call, flow_targets.text(piece.module, func.value))
        return None
    if isinstance(func, ast.Attribute) and func.attr == "join" and place == 0 and not piece.inside:
        flow.use(piece, Way.JOIN, call, "join")
        return None
    if piece.inside[-1:] == (CALLED,):
        return _handed(piece, call)
    if isinstance(func, ast.Name) and func.id == "getattr" and place == 0 and len(call.args) > 1:
        return _getattr(flow, piece, call)
    path, functions = _called(flow, piece.module, call)
    if place == 0 and path in _KEYED and not piece.inside:
        _sorted_by(flow, piece, call)
    if place == 0 and (path in _PASSING or terminal(call) in _PASSING_METHODS):
        return piece.over(call)
    if place == 1 and path in _CASTS:
        return piece.over(call)
    if place is not None and path in _GATHERING:
        return replace(piece.at(call), inside=(*piece.inside, None if _alike(call) else place))
    if piece.inside and place is not None and path in _NUMBERING:
        numbered = 1 if path == "builtins.enumerate" else place
        return replace(piece.at(call), inside=(*piece.inside[:-1], numbered, None))
    if not piece.inside and place is not None:
        if place == 0 and path in _ONE_OF and len(call.args) <= 2:
            one = flow.hop(piece, call, None, HopKind.LOOP)
            return one.likely() if one is not None else None
        if path == "builtins.enumerate":
            flow.use(piece, Way.ITERATE, call, path)
            return replace(piece.at(call), route=(*piece.route, None), inside=(1, None))
        if path in ("builtins.zip", "itertools.zip_longest"):
            flow.use(piece, Way.ITERATE, call, path)
            return replace(piece.at(call), route=(*piece.route, None), inside=(place, None))
    asked = _constants(call) if path == "builtins.hasattr" else ()
    flow.use(piece, Way.ARGUMENT, call, path, asked, followed=bool(functions))
    for function, offset in functions:
        _enter(flow, piece, call, function, offset, place, keyword)
    return None


def _alike(call: ast.Call) -> bool:
    """Whether the arguments of a call come from one function, so that it does not matter which is which."""
    made = {dotted(a.func) if isinstance(a, ast.Call) else None for a in call.args}
    return (len(made) == 1 and None not in made) or any(isinstance(a, ast.Starred) for a in call.args)


def runs(flow: Flow, piece: Piece, above: ast.AST | None) -> bool:
    """Whether what is built here is only there to be awaited: `gather(*[… for q in qs])`, `as_completed([…])`."""
    starred = isinstance(above, ast.Starred)
    call = flow.tree(piece).parents.get(above) if isinstance(above, ast.Starred) else above
    if not isinstance(call, ast.Call) or dotted(call.func).rsplit(".", 1)[-1] not in _AWAITING:
        return False
    path, _ = _called(flow, piece.module, call)
    return path in _GATHERING if starred else path in _PASSING


def spread(flow: Flow, piece: Piece, call: ast.Call) -> Next:
    """`gather(*tasks)`: the answers, in the order of the tasks."""
    path, _ = _called(flow, piece.module, call)
    if path not in _GATHERING or not piece.inside:
        return None
    known = piece.inside[-1] if len(call.args) == 1 else None
    return replace(piece.at(call), inside=(*piece.inside[:-1], known))


def _sorted_by(flow: Flow, piece: Piece, call: ast.Call) -> None:
    """`sorted(<the object>, key=lambda one: …)`."""
    key = next((k.value for k in call.keywords if k.arg == "key"), None)
    scope = piece.module.scopes.get(key) if isinstance(key, ast.Lambda) else None
    if scope is None or not isinstance(key, ast.Lambda) or len(key.args.args) != 1:
        return
    name = key.args.args[0].arg
    bound = next((b for b in scope.bindings.get(name, ()) if b.kind == "param"), None)
    if bound is not None:
        element = replace(piece, route=(*piece.route, None), loop=None, hops=())
        flow_targets.read(flow, element, scope, name, bound)


def _handed(piece: Piece, call: ast.Call) -> Next:
    """A function that gives the object is handed to a call that may run it."""
    word = terminal(call)
    held = replace(piece.at(call), inside=piece.inside[:-1])
    if word in _RUNNING:
        return held
    if word in _MAPPING:
        return replace(held, inside=(*held.inside, None)).likely()
    return None


def _getattr(flow: Flow, piece: Piece, call: ast.Call) -> Next:
    name = call.args[1]
    if not isinstance(name, ast.Constant) or not isinstance(name.value, str):
        flow.use(piece, Way.ARGUMENT, call, "getattr")
        return None
    got = flow.hop(piece, call, name.value, HopKind.GET)
    if got is None:
        return None
    return replace(got, guarded=len(call.args) > 2 and not _is_none(call.args[2]))


def _called(flow: Flow, module: Module, call: ast.Call) -> tuple[str, list[tuple[Function, int]]]:
    """The dotted name of what is called, and the project's functions that it is."""
    text = dotted(call.func)
    scope, block = tree_of(module).place(call)
    found = flow.resolver.eval(module, scope, block, call.func)
    path, functions = text or "…", []
    for value in (f.value for f in found):
        if isinstance(value, (External, Sdk)) and not getattr(value, "made", False):
            path = value.path
        elif isinstance(value, Function):
            cls = value.scope.enclosing_class()
            owner = Class(value.module, cls) if cls is not None else None
            functions.append(
                (value, implied(flow.resolver, module, Use(call, scope, block), call, owner, value.scope))
            )
        elif isinstance(value, Class):
            init = attributes.initialiser(flow.resolver, value)
            if init is not None:
                functions.append((Function(value.module, init, value), 1))
    return path, functions


def _enter(
    flow: Flow,
    piece: Piece,
    call: ast.Call,
    function: Function,
    offset: int,
    place: int | None,
    keyword: ast.keyword | None,
) -> None:
    """Follow the parameter that the object becomes inside a function of the project."""
    name = _parameter(function.scope, place, keyword, offset)
    bindings = function.scope.bindings.get(name or "", ())
    bound = next((b for b in bindings if b.kind == "param"), None)
    if name is None or bound is None or any(isinstance(a, ast.Starred) for a in call.args):
        return
    known = callers(flow.resolver, function.module, function.scope)
    moved = replace(piece, module=function.module, loop=None, calls=piece.calls + 1, hops=())
    flow_targets.read(flow, moved.likely(len(known) != 1), function.scope, name, bound)


def _parameter(scope: Scope, place: int | None, keyword: ast.keyword | None, offset: int) -> str | None:
    signature = getattr(scope.node, "args", None)
    if not isinstance(signature, ast.arguments):
        return None
    if keyword is not None:
        known = {a.arg for a in all_parameters(signature)} - {getattr(signature.kwarg, "arg", None)}
        return keyword.arg if keyword.arg in known else None
    positional = [a.arg for a in (*signature.posonlyargs, *signature.args)]
    index = (place if place is not None else len(positional)) + offset
    return positional[index] if index < len(positional) else None


def known_callers(flow: Flow, piece: Piece, scope: Scope) -> bool:
    """Whether anybody in the project is known to call a function."""
    return scope.kind == "function" and any(True for _ in callers(flow.resolver, piece.module, scope))


def left(flow: Flow, piece: Piece, scope: Scope, *, yielded: bool = False, passed: bool = False) -> None:
    """The function `scope` returns or yields the object: follow it to its callers."""
    if scope.kind != "function" or piece.calls >= 6:
        return
    inside = piece.inside
    context = any(
        dotted(d).rsplit(".", 1)[-1] in _CONTEXTS for d in getattr(scope.node, "decorator_list", ())
    )
    if yielded and not context:
        inside = (*inside, None)
    for caller in callers(flow.resolver, piece.module, scope):
        for node in _real(flow, caller.module, caller.use.node):
            moved = replace(
                piece.at(node), module=caller.module, inside=inside, loop=None, calls=piece.calls + 1
            )
            flow.push(moved.likely(caller.likely))
    _as_property(flow, piece, scope, inside)


def _real(flow: Flow, module: Module, node: ast.AST) -> Iterator[ast.AST]:
    """The call itself; the written one where a thread or an executor makes it."""
    parents = tree_of(module).parents
    if node in parents:
        yield node
        return
    span = module.span(node)
    for use in module.calls_of(sorted(_RUNNING)):
        if module.span(use.node) == span:
            yield use.node


def _as_property(flow: Flow, piece: Piece, scope: Scope, inside: tuple[str | int | None, ...]) -> None:
    """A property is read as `self.name` by the methods of its class."""
    cls = scope.enclosing_class()
    if cls is None or not any(
        dotted(d).endswith("property") for d in getattr(scope.node, "decorator_list", ())
    ):
        return
    tree = flow.tree(piece)
    for node in tree.reads.get(scope.name, ()):
        here, _ = tree.place(node)
        if here.nearest_class() is cls and flow_targets.is_self(here, node.value):
            flow.push(replace(piece.at(node), inside=inside, loop=None, calls=piece.calls + 1).likely())
