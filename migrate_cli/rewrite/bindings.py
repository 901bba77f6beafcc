"""What a module or a function binds, and by which import."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Importing = ast.Import | ast.ImportFrom
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_NAMED = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.ExceptHandler,
    ast.MatchAs,
    ast.MatchStar,
)
_SCOPES = (*_FUNCTIONS, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One name to import: `import module as asname`, or `from module import name as asname`."""

    module: str
    name: str | None
    asname: str | None

    @property
    def bound(self) -> str:
        """The name that the import binds."""
        return self.asname or self.name or self.module.partition(".")[0]

    @property
    def code(self) -> str:
        """The import as a statement of its own."""
        suffix = f" as {self.asname}" if self.asname else ""
        if self.name is None:
            return f"import {self.module}{suffix}"
        return f"from {self.module} import {self.name}{suffix}"

    def bound_by(self, statement: ast.stmt) -> bool:
        """Whether `statement` is an import that binds the same thing to the same name."""
        if isinstance(statement, ast.ImportFrom):
            return (
                self.name is not None
                and self.extends(statement)
                and any(a.name == self.name and (a.asname or a.name) == self.bound for a in statement.names)
            )
        if not isinstance(statement, ast.Import) or self.name is not None:
            return False
        return any(
            (a.name == self.module and a.asname == self.asname)
            or (a.asname is None and self.asname is None and a.name.partition(".")[0] == self.module)
            for a in statement.names
        )

    def extends(self, statement: ast.stmt) -> bool:
        """Whether the name can join `statement`, a `from` import of the same module."""
        return (
            self.name is not None
            and isinstance(statement, ast.ImportFrom)
            and statement.level == 0
            and statement.module == self.module
            and statement.names[0].name != "*"
        )


@dataclass(frozen=True, slots=True)
class Load:
    """A read of a name, with the functions around it, innermost first."""

    node: ast.Name
    functions: tuple[Function, ...]


def bindings(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Names bound by statements of one scope, each with the node that binds it; inner scopes are left out."""
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id, node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name.partition(".")[0], node) for alias in node.names)
        elif isinstance(node, _NAMED) and node.name:
            yield node.name, node
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest, node
        if not isinstance(node, _SCOPES):
            stack.extend(ast.iter_child_nodes(node))


def local_bindings(function: Function) -> list[tuple[str, ast.AST]]:
    """Names local to `function`: parameters and what the body binds, unless it is `global` or `nonlocal`."""
    arguments = function.args
    every = [
        *arguments.posonlyargs,
        *arguments.args,
        *arguments.kwonlyargs,
        arguments.vararg,
        arguments.kwarg,
    ]
    found: list[tuple[str, ast.AST]] = [(a.arg, a) for a in every if a is not None]
    body = [function.body] if isinstance(function, ast.Lambda) else function.body
    found += bindings(body)
    outer = {
        name
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, ast.Global | ast.Nonlocal)
        for name in node.names
    }
    return [(name, node) for name, node in found if name not in outer]


def loads(tree: ast.Module, name: str) -> list[Load]:
    """Every read of `name`, in no particular order."""
    found: list[Load] = []
    stack: list[tuple[ast.AST, tuple[Function, ...]]] = [(tree, ())]
    while stack:
        node, functions = stack.pop()
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
            found.append(Load(node, functions))
        inner = (node, *functions) if isinstance(node, _FUNCTIONS) else functions
        stack.extend((child, inner) for child in ast.iter_child_nodes(node))
    return found


def local_imports(function: Function) -> list[Importing]:
    """The imports that stand in `function` itself."""
    return [node for _, node in local_bindings(function) if isinstance(node, ast.Import | ast.ImportFrom)]


def captured(tree: ast.Module, wanted: Wanted) -> int:
    """How many reads of the name would get a function's own variable instead of the import."""
    count = 0
    for load in loads(tree, wanted.bound):
        for function in load.functions:
            binders = [node for name, node in local_bindings(function) if name == wanted.bound]
            ready = [
                b for b in binders if isinstance(b, ast.stmt) and wanted.bound_by(b) and above(b, load.node)
            ]
            count += bool(binders) and len(ready) < len(binders)
    return count


def guarded_imports(tree: ast.Module) -> list[Importing]:
    """Imports of the module that stand in a `try` or an `if`, without fallbacks and `TYPE_CHECKING` ones."""
    found: list[Importing] = []
    stack: list[ast.stmt] = [s for s in tree.body if not isinstance(s, ast.Import | ast.ImportFrom)]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.append(node)
        elif isinstance(node, ast.If):
            stack += node.orelse if _is_type_checking(node.test) else [*node.body, *node.orelse]
        elif isinstance(node, ast.Try):
            stack += [*node.body, *node.orelse, *node.finalbody]
        elif isinstance(node, ast.With):
            stack += node.body
    return found


def above(statement: ast.stmt, node: ast.expr) -> bool:
    """Whether `statement` ends above the line of `node`."""
    return (statement.end_lineno or statement.lineno) < node.lineno


def _is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )
