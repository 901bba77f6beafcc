"""Calls whose failure for an unknown name the program already waits for: `try: … except KeyError:`."""

from __future__ import annotations

import ast

from migrate_cli.files.secrets import mask
from migrate_cli.index.module import Module
from migrate_cli.index.syntax import last_name
from migrate_cli.index.tree import tree_of
from migrate_cli.model import Caught
from migrate_cli.sites.caught import Try

CATCHING = frozenset({"KeyError", "LookupError", "Exception", "BaseException"})


def lookup_caught(module: Module, call: ast.Call) -> Caught | None:
    """The clause that catches a KeyError of the call, None where nothing in its function does."""
    parents = tree_of(module).parents
    inner: ast.AST = call
    outer = parents.get(inner)
    while outer is not None and not isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        if isinstance(outer, Try) and inner in outer.body:
            for handler in outer.handlers:
                names = classes(handler)
                if not names or CATCHING & set(names):
                    span = module.span(handler)
                    first = mask(module.code(handler).split("\n", 1)[0])
                    return Caught("except", module.path, span, first, names)
        inner, outer = outer, parents.get(outer)
    return None


def classes(handler: ast.ExceptHandler) -> tuple[str, ...]:
    """Last names of the classes of a clause; none when it catches everything."""
    if handler.type is None:
        return ()
    given = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return tuple(last_name(node) or "" for node in given)
