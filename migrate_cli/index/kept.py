"""What a file stores on objects and in collections from outside: `app.state.client = c`, `clients.append(c)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate_cli.index.module import FED, Module, Store, Use
from migrate_cli.index.syntax import part_of

# Methods that store their second argument under their first, and those that take one more element.
_UNDER = {"set", "setdefault", "__setitem__", "put", "insert", "register", "add", "setattr"}
_MORE = {"append", "appendleft", "add", "put", "put_nowait", "set", "push", "insert", "send_nowait"}


def stores(module: Module) -> Iterator[Store]:
    """Everything the file stores."""
    for use in module.stores:
        node = use.node
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                yield from _assigned(target, node.value, use)
    for use in module.calls:
        assert isinstance(use.node, ast.Call)
        yield from _called(use.node, use)


def _assigned(target: ast.expr, value: ast.expr, use: Use) -> Iterator[Store]:
    if isinstance(target, (ast.Tuple, ast.List)):
        exact = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
        for index, part in enumerate(target.elts):
            inner = value.elts[index] if exact else part_of(value, index)  # type: ignore[attr-defined]
            yield from _assigned(part, inner, use)
    elif isinstance(target, ast.Attribute):
        yield Store(target.attr, target.value, value, use)
    elif isinstance(target, ast.Subscript):
        key = target.slice.value if isinstance(target.slice, ast.Constant) else FED
        yield Store(key, target.value, value, use)


def _called(call: ast.Call, use: Use) -> Iterator[Store]:
    function, args = call.func, call.args
    if isinstance(function, ast.Name):
        if function.id == "setattr" and len(args) == 3 and isinstance(args[1], ast.Constant):
            yield Store(args[1].value, args[0], args[2], use)
    elif isinstance(function, ast.Attribute) and args:
        if function.attr in _UNDER and len(args) == 2:
            key = args[0].value if isinstance(args[0], ast.Constant) else FED
            yield Store(key, function.value, args[1], use)
        elif function.attr in _MORE and len(args) == 1:
            yield Store(FED, function.value, args[0], use)
