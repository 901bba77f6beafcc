"""A project of a few files in memory, and what an expression in it stands for."""

from __future__ import annotations

import ast
from textwrap import dedent

from migrate_cli.index.module import Use
from migrate_cli.index.project import Project
from migrate_cli.index.resolve import Resolver
from migrate_cli.index.values import (
    Client,
    Constant,
    Environment,
    External,
    Found,
    Instance,
    Resource,
    Sdk,
    Unknown,
)

WORDS = {
    Client: lambda v: v.cls,
    Constant: lambda v: repr(v.value),
    Environment: lambda v: f"${v.variable}",
    External: lambda v: v.path,
    Instance: lambda v: f"{v.cls.scope.name}()",
    Resource: lambda v: f"{v.client.cls}.{'.'.join(v.chain)}",
    Sdk: lambda v: v.path,
    Unknown: lambda v: "?",
}


def resolver(files: dict[str, str]) -> Resolver:
    """A resolver over files given as path -> text."""
    texts = {path: dedent(text) for path, text in files.items()}
    project = Project(texts, lambda path: texts[path].encode(), lambda path, data: data.decode(), texts)
    return Resolver(project)


def found(files: dict[str, str] | str) -> tuple[Found, ...]:
    """What the argument of the one call `show(…)` in the first file can be."""
    named = files if isinstance(files, dict) else {"app.py": files}
    engine = resolver(named)
    module = engine.project.module(next(iter(named)))
    assert module is not None
    [use] = [u for u in module.calls_of(["show"]) if isinstance(u, Use)]
    assert isinstance(use.node, ast.Call)
    return engine.eval(module, use.scope, use.block, use.node.args[0])


def shown(files: dict[str, str] | str) -> set[str]:
    """The same in words."""
    return {WORDS.get(type(f.value), lambda v: type(v).__name__)(f.value) for f in found(files)}
