"""Fixtures of pytest: a test's parameter is what the fixture of that name returns or yields."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from migrate_cli.index.module import Module, Scope
from migrate_cli.index.syntax import dotted
from migrate_cli.index.values import Class, Found, Function, step

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver


def given(resolver: Resolver, module: Module, scope: Scope, name: str) -> tuple[Found, ...]:
    """What pytest gives the function `scope` for its parameter `name`; empty when it is neither test nor fixture."""
    if not scope.name.startswith("test") and not _is_fixture(scope.node):
        return ()
    for home, place in _places(resolver, module, scope):
        for function in _functions(place):
            if function is not scope.node and _name(function) == name:
                owner = Class(home, place) if place.kind == "class" else None
                found = resolver.returned(Function(home, home.scopes[function], owner))
                words = f"fixture {name}"
                return tuple(f.via(step(home, function, words), likely=True) for f in found)
    return ()


def _places(resolver: Resolver, module: Module, scope: Scope) -> Iterator[tuple[Module, Scope]]:
    """Where a fixture may be defined, nearest first: the class, the file, `conftest.py` in its folder and above."""
    owner = scope.enclosing_class()
    if owner is not None:
        yield module, owner
    yield module, module.scope
    for folder in PurePosixPath(module.path).parents:
        target = resolver.project.module((folder / "conftest.py").as_posix())
        if target is not None:
            yield target, target.scope


def _functions(scope: Scope) -> Iterator[ast.AST]:
    for bindings in scope.bindings.values():
        yield from (b.node for b in bindings if b.kind == "function" and _is_fixture(b.node))


def _is_fixture(node: ast.AST) -> bool:
    return any(dotted(d).endswith("fixture") for d in getattr(node, "decorator_list", ()))


def _name(node: ast.AST) -> str | None:
    """The name that a fixture goes by: its decorator's `name`, else the function's."""
    for decorator in getattr(node, "decorator_list", ()):
        for keyword in decorator.keywords if isinstance(decorator, ast.Call) else ():
            if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                return str(keyword.value.value)
    return getattr(node, "name", None)
