"""The last look at a rewritten file before it may be written."""

from __future__ import annotations

import ast
import builtins
import symtable
import warnings
from collections.abc import Iterator

from migrate_cli.rewrite.errors import RewriteError
from migrate_cli.rewrite.syntax import is_docstring, parse

_IMPLICIT = """
    __file__ __name__ __doc__ __package__ __spec__ __loader__ __path__ __builtins__ __annotations__ __dict__
    __module__ __qualname__ __class__ __debug__ __cached__ __conditional_annotations__ WindowsError
    get_ipython display In Out _ __ ___ reveal_type
"""
_GIVEN = frozenset(dir(builtins)) | frozenset(_IMPLICIT.split())
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def self_check(before: str, after: str) -> str | None:
    """Why `after` must not be written in place of `before`, or None if nothing is wrong.

    It must compile as `before` does, leave no name undefined that was not so already, and keep docstrings,
    `__future__` imports and what `__all__` exports. The reason is one line without source text.
    """
    try:
        return _checked(before, after)
    except (RecursionError, MemoryError):
        return "the file is nested too deeply to be checked"
    except RewriteError as error:
        return str(error)


def _checked(before: str, after: str) -> str | None:
    # A notebook may await outside functions; whoever could not before must not begin to.
    flags = 0 if _compile_error(before, 0) is None else ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    if _compile_error(before, flags) is not None:
        return "the file did not compile before the rewrite"
    error = _compile_error(after, flags)
    if error is not None:
        return f"the rewritten file does not compile: {error}"
    old, new = parse(before), parse(after)
    undefined = sorted(_undefined(after, new) - _undefined(before, old))
    if undefined:
        return f"the rewritten file would use undefined names: {', '.join(undefined)}"
    lost = sorted((_exported(new) - _bound(new)) - (_exported(old) - _bound(old)))
    if lost and not _has_star(new):
        return f"names exported by __all__ would be gone: {', '.join(lost)}"
    if _futures(old) != _futures(new):
        return "the __future__ imports would change"
    if ast.get_docstring(old, clean=False) is not None and ast.get_docstring(new, clean=False) is None:
        return "the module would lose its docstring"
    if _documented(new) < _documented(old):
        return "a docstring would be lost"
    return None


def _compile_error(text: str, flags: int) -> str | None:
    """What the compiler says, with the line but without the source."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<rewritten>", "exec", flags=flags, dont_inherit=True)
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}"
    except ValueError as error:
        return str(error)
    return None


def _undefined(text: str, tree: ast.Module) -> frozenset[str]:
    """Names that are read but bound nowhere in reach; none are known where `*` may bind any."""
    if _has_star(tree):
        return frozenset()
    bound = _bound(tree)
    loaded = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    # `:=` inside a comprehension binds outside of it, which not every Python's symbol table says.
    walrus = {n.target.id for n in ast.walk(tree) if isinstance(n, ast.NamedExpr)}
    return frozenset(((_unbound_globals(text) - walrus) | (loaded - bound)) - _GIVEN)


def _unbound_globals(text: str) -> set[str]:
    """Names that Python would look for in the module and not find there."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            top = symtable.symtable(text, "<rewritten>", "exec")
    except SyntaxError:
        return set()  # top-level await in a notebook; the looser check by names still holds
    read: set[str] = set()
    bound: set[str] = set()
    for table in _tables(top):
        for symbol in table.get_symbols():
            is_module = table is top
            if (is_module or symbol.is_global()) and (symbol.is_assigned() or symbol.is_imported()):
                bound.add(symbol.get_name())
            if symbol.is_referenced() and (is_module or symbol.is_global()):
                read.add(symbol.get_name())
    return read - bound


def _tables(top: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    stack = [top]
    while stack:
        table = stack.pop()
        yield table
        stack += table.get_children()


def _bound(tree: ast.Module) -> set[str]:
    """Names bound in any scope, by any means."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name.partition(".")[0])
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.MatchMapping):
            found.add(node.rest or "")
        else:
            name = getattr(node, "name", None)  # definitions, handlers, captures, type parameters
            found |= {name} if isinstance(name, str) else set()
    return found


def _exported(tree: ast.Module) -> set[str]:
    """Names in the module's own `__all__`, as far as it is written out."""
    found: set[str] = set()
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AugAssign | ast.AnnAssign):
            targets = [statement.target]
        if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets):
            constants = [n.value for n in ast.walk(statement) if isinstance(n, ast.Constant)]
            found |= {value for value in constants if isinstance(value, str)}
    return found


def _has_star(tree: ast.Module) -> bool:
    return any(isinstance(n, ast.ImportFrom) and n.names[0].name == "*" for n in ast.walk(tree))


def _futures(tree: ast.Module) -> set[str]:
    return {
        alias.name
        for statement in tree.body
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        for alias in statement.names
    }


def _documented(tree: ast.Module) -> int:
    """How many definitions open with a docstring."""
    owners = [node for node in ast.walk(tree) if isinstance(node, _DOCUMENTED)]
    return sum(bool(owner.body) and is_docstring(owner.body[0]) for owner in owners)
