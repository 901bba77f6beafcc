"""Which calls of a file could be a framework's: judged by names, because resolving every call would be waste."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cache

from migrate_cli.catalogue.frameworks import Framework, Frameworks
from migrate_cli.index.module import Module, Use
from migrate_cli.index.syntax import default_of, last_name, root_name
from migrate_cli.sites.arguments import Reader

HOLDING = (ast.Name, ast.Attribute, ast.IfExp, ast.BoolOp, ast.Dict, ast.List, ast.Tuple)


@dataclass(frozen=True, slots=True)
class Names:
    """What a file knows of frameworks.

    `present` are those it imports, `last` the last names that are worth a look in it, `held` its own names (and
    attributes) that may stand for a class or function of a framework, `loose` the names of frameworks themselves.
    """

    present: dict[str, Framework] = field(default_factory=dict)
    last: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    loose: frozenset[str] = frozenset()


def names_of(table: Frameworks, module: Module) -> Names:
    """The names of a file, from its imports and from what is assigned."""
    names = Names(loose=frozenset(f.id for f in table.entries))
    roots, telling = table.roots(), spoken(table)
    for scope in module.scopes.values():
        for name, bindings in scope.bindings.items():
            for bound in bindings:
                if bound.kind not in ("import", "from") or not bound.module:
                    continue
                dotted = f"{bound.module}.{bound.name}" if bound.kind == "from" else bound.module
                owner = (
                    table.owner(dotted) if dotted.split(".")[0] in roots else table.named(bound.name or "")
                )
                if owner is not None:
                    names.present[owner.id] = owner
                    names.held.add(name)
                elif bound.name in telling:
                    names.held.add(name)
    for framework in names.present.values():
        names.last.update(part for use in framework.uses for n in use.names for part in n.split(".")[-1:])
    hold(module, names)
    return names


@cache
def spoken(table: Frameworks) -> frozenset[str]:
    """Every name of the table."""
    return frozenset(n.split(".")[-1] for f in table.entries for u in f.uses for n in u.names)


def hold(module: Module, names: Names) -> None:
    """Add the names and attributes that are given a class or function as a value."""
    for scope in module.scopes.values():
        for name, bindings in scope.bindings.items():
            given = [b.value for b in bindings if b.kind == "value" and b.value is not None]
            if isinstance(scope.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                given += [d for d in (default_of(scope.node, name),) if d is not None]
            if any(mentions(names, value) for value in given):
                names.held.add(name)
        for name, stores in scope.attributes.items():
            if any(mentions(names, value) for value, _, _ in stores):
                names.held.add(name)


def mentions(names: Names, value: ast.expr) -> bool:
    """Whether a value names something of a framework's: itself, not what a call of it gives."""
    table = looked_up_in(value)
    if table is not None:
        return table in names.held
    if not isinstance(value, HOLDING):
        return False
    parts = (value, *getattr(value, "values", ()), *getattr(value, "elts", ()))
    parts += tuple(p for p in (getattr(value, "body", None), getattr(value, "orelse", None)) if p is not None)
    return any(
        (isinstance(p, ast.Name) and (p.id in names.held or named_after(p.id)))
        or (isinstance(p, ast.Attribute) and (p.attr in names.last or named_after(p.attr)))
        for p in parts
    )


def looked_up_in(value: ast.expr) -> str | None:
    """The name of the dictionary in `CLASSES[x]` and `CLASSES.get(x)`."""
    asked = isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "get"
    if not (asked or isinstance(value, ast.Subscript)):
        return None
    holder = value.func.value if isinstance(value, ast.Call) else value.value  # type: ignore[attr-defined]
    return last_name(holder) if isinstance(holder, (ast.Name, ast.Attribute)) else None


def named_after(name: str | None) -> bool:
    """Whether a name speaks of OpenAI."""
    return name is not None and ("penAI" in name or "penAi" in name or "penai" in name)


def possible(reader: Reader, module: Module, names: Names, use: Use, function: ast.expr) -> bool:
    """Whether a function, called or handed on, may be a framework's."""
    word = last_name(function)
    if word is None:
        table = root_name(function) if isinstance(function, ast.Subscript) else looked_up_in(function)
        return table is not None and table in names.held
    if named_after(word) or word in names.last or word in names.held:
        return True
    if isinstance(function, ast.Attribute):
        return isinstance(function.value, ast.Name) and function.value.id in names.loose
    return word[:1].isupper() and derived(reader, module, use, word)


def derived(reader: Reader, module: Module, use: Use, word: str) -> bool:
    """Whether a name may be a class that derives from a framework's: its file speaks of OpenAI."""
    scope = use.scope
    while word not in scope.bindings:
        if scope.parent is None:
            return False
        scope = scope.parent
    project = reader.resolver.project
    for bound in scope.bindings[word]:
        if isinstance(bound.node, ast.ClassDef) and bound.node.bases:
            return any(named_after(last_name(b)) or based(module, b) for b in bound.node.bases)
        if bound.kind == "from":
            path = project.find(module.path, bound.module or "")
            data = project.data(path) if path is not None else b""
            if b"OpenAI(" in data or b"OpenAI)" in data or b"OpenAI," in data:
                return True
    return False


def based(module: Module, base: ast.expr) -> bool:
    """Whether a base class is another class of the file, which may derive in turn."""
    bindings = module.scope.bindings.get(last_name(base) or "", ())
    return any(b.kind in ("class", "from") for b in bindings)
