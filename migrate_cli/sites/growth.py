"""What a program puts into a list or dict after making it: `append`, `extend`, `insert`, `d["k"] = v` and their kin."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from migrate_cli.index.module import Block, Module, Scope, Use
from migrate_cli.index.syntax import first_parameter, terminal
from migrate_cli.index.values import Display

_GROWING = ("append", "extend", "insert", "update", "setdefault")
_CHANGING = ("pop", "clear", "remove", "popitem", "reverse", "sort", "__setitem__")
# Functions that leave a list or dict they are handed as it is.
_HARMLESS = {
    "len", "print", "pprint", "str", "repr", "dumps", "dump", "list", "tuple", "dict", "set", "enumerate", "sorted",
    "reversed", "any", "all", "sum", "zip", "map", "filter", "iter", "bool", "type", "isinstance", "copy", "deepcopy",
    "format", "join", "debug", "info", "warning", "error", "exception", "log", "append", "extend", "cast", "hash",
    "create", "acreate", "parse", "stream", "run", "create_and_poll", "post", "request", "max", "min", "write", "id",
}  # fmt: skip


class How(str, Enum):
    """What is done to the list or dict."""

    APPEND = "append"
    EXTEND = "extend"
    FIRST = "first"  # insert(0, …)
    STORE = "store"  # d["k"] = v
    MERGE = "merge"  # d.update(…)
    PART = "part"  # l[0]["k"] = v
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Limit:
    """Up to where the program has run: byte `end` in `scope` and `block`, None for all of it."""

    scope: Scope
    end: int | None
    block: Block = ()

    def surely_after(self, block: Block) -> bool:
        """Whether what stands in `block` of this scope surely has run, and once."""
        return self.block[: len(block)] == block


@dataclass(frozen=True, slots=True)
class Growth:
    """One change. `value` is what is put in, `key` the literal under which.

    `ordered` says that it surely is before, `optional` that it comes on some paths only.
    """

    how: How
    use: Use
    start: int
    value: ast.expr | None = None
    key: ast.Constant | None = None
    index: int | None = None  # PART: which item, None where that is not known
    ordered: bool = True
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """Where a list or dict is kept: names of one scope since byte `start`, and attributes of `self` in one class."""

    module: Module
    scope: Scope
    names: frozenset[str] = frozenset()
    start: int = 0
    owner: Scope | None = None
    attributes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, module: Module, scope: Scope, name: str, start: int) -> Names:
        """The name, and others that are given the same thing (`history = messages`)."""
        names = {name}
        for other, bound in scope.bindings.items():
            if any(isinstance(b.value, ast.Name) and b.value.id == name and b.item is None for b in bound):
                names.add(other)
        owner = scope.nearest_class()
        kept = {
            attr
            for attr, values in (owner.attributes if owner is not None else {}).items()
            if any(isinstance(v, ast.Name) and v.id == name and s is scope for v, s, _ in values)
        }
        return cls(module, scope, frozenset(names), start, owner, frozenset(kept))

    @classmethod
    def keeping(cls, display: Display, owner: Scope | None) -> Names:
        """The names and attributes that a display is assigned to."""
        scope, node = display.scope, display.node
        bound = [(name, b) for name, bindings in scope.bindings.items() for b in bindings if b.value is node]
        attributes = owner.attributes if owner is not None else {}
        kept = {attr for attr, values in attributes.items() if any(v is node for v, _, _ in values)}
        start = min((b.start for _, b in bound), default=0)
        return cls(display.module, scope, frozenset(n for n, _ in bound), start, owner, frozenset(kept))

    def holds(self, node: ast.expr, scope: Scope) -> bool:
        """Whether an expression that stands in `scope` means this list or dict."""
        if isinstance(node, ast.Name):
            return node.id in self.names and _home(node.id, scope) is self.scope
        if not (isinstance(node, ast.Attribute) and node.attr in self.attributes):
            return False
        own = isinstance(node.value, ast.Name) and node.value.id == first_parameter(scope.node)
        return own and scope.nearest_class() is self.owner


def _home(name: str, scope: Scope) -> Scope | None:
    current: Scope | None = scope
    while current is not None:
        if name in current.bindings and name not in current.outer:
            return current
        current = current.parent
    return None


def changes(names: Names, limit: Limit) -> list[Growth]:
    """Every change that can come before `limit`, in the order of the source."""
    if not names.names and not names.attributes:
        return []
    found = [*_methods(names), *_stores(names), *_takers(names)]
    placed = (_placed(change, names, limit) for change in found)
    return sorted((c for c in placed if c is not None), key=lambda c: c.start)


def _placed(change: Growth, names: Names, limit: Limit) -> Growth | None:
    """The change with `ordered`, None where it comes too late, or before the thing was made."""
    scope = change.use.scope
    if scope is not limit.scope:
        return replace(change, ordered=False, optional=True)
    if scope is names.scope and change.start < names.start:
        return None
    if limit.end is None or change.start < limit.end or _in_one_loop(change, names, limit):
        return replace(change, optional=not limit.surely_after(change.use.block))
    return None


def _in_one_loop(change: Growth, names: Names, limit: Limit) -> bool:
    """Whether a change that stands behind the use comes before it all the same, in the next round of a loop."""
    span = names.module.span
    loops = (span(n) for n in ast.walk(limit.scope.node) if isinstance(n, (ast.For, ast.AsyncFor, ast.While)))
    return any(
        loop.start <= (limit.end or 0) <= loop.end and change.start < loop.end and names.start < loop.start
        for loop in loops
    )


def _methods(names: Names) -> Iterator[Growth]:
    for use in names.module.calls_of((*_GROWING, *_CHANGING)):
        call = use.node
        assert isinstance(call, ast.Call)
        function = call.func
        if not isinstance(function, ast.Attribute):
            continue
        start = names.module.start(call)
        if names.holds(function.value, use.scope):
            yield _method(use, start, function.attr, call)
        elif isinstance(function.value, ast.Subscript) and names.holds(function.value.value, use.scope):
            yield Growth(How.UNKNOWN, use, start)


def _method(use: Use, start: int, name: str, call: ast.Call) -> Growth:
    args = call.args
    if name in ("append", "extend") and len(args) == 1:
        return Growth(How.APPEND if name == "append" else How.EXTEND, use, start, args[0])
    first = args[0] if args else None
    if name == "insert" and len(args) == 2 and isinstance(first, ast.Constant) and first.value == 0:
        return Growth(How.FIRST, use, start, args[1])
    if name == "setdefault" and len(args) == 2 and isinstance(first, ast.Constant):
        return Growth(How.STORE, use, start, args[1], first)
    if name == "update" and len(args) == 1 and not call.keywords:
        return Growth(How.MERGE, use, start, first)
    return Growth(How.UNKNOWN, use, start)


def _stores(names: Names) -> Iterator[Growth]:
    for use in names.module.stores:
        node = use.node
        targets = (
            node.targets if isinstance(node, (ast.Assign, ast.Delete)) else [getattr(node, "target", None)]
        )
        for target in targets:
            if isinstance(target, ast.Subscript):
                change = _store(names, use, target)
                if change is not None:
                    yield change


def _store(names: Names, use: Use, target: ast.Subscript) -> Growth | None:
    start = names.module.start(use.node)
    key = target.slice if isinstance(target.slice, ast.Constant) else None
    text = key if key is not None and isinstance(key.value, str) else None
    value = use.node.value if isinstance(use.node, ast.Assign) else None
    if names.holds(target.value, use.scope):
        return Growth(How.STORE if text is not None and value else How.UNKNOWN, use, start, value, text)
    inner = target.value
    if isinstance(inner, ast.Subscript) and names.holds(inner.value, use.scope):
        where = inner.slice.value if isinstance(inner.slice, ast.Constant) else None
        index = where if isinstance(where, int) else None
        return Growth(How.PART if text is not None else How.UNKNOWN, use, start, value, text, index)
    return None


def _takers(names: Names) -> Iterator[Growth]:
    """Functions that are handed the list or dict, and may change it."""
    for name in sorted(names.names):
        for taker in names.module.takers(name):
            call = taker.use.node
            assert isinstance(call, ast.Call)
            if terminal(call) in _HARMLESS or _home(name, taker.use.scope) is not names.scope:
                continue
            if any(k.arg in ("messages", "tools", "input", "json") for k in call.keywords):
                continue  # a request by the look of it
            yield Growth(How.UNKNOWN, taker.use, names.module.start(call))
