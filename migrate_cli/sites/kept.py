"""Under which names a file keeps API methods or client classes that it does not call on the spot.

`complete = client.chat.completions.create`, `MAKERS = {"openai": OpenAI}`, `def f(make=OpenAI)`,
`return client.responses.create`: a call of such a name is worth resolving, other calls are not.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from migrate_cli.index.module import Module, Scope, Use
from migrate_cli.index.project import Project
from migrate_cli.index.syntax import all_parameters, default_of, last_name, root_name
from migrate_cli.model import Span

Test = Callable[[ast.AST], bool]


@dataclass(frozen=True, slots=True)
class Kept:
    """The names of one file: `local` ones of any scope, and `shared` ones that other files can reach."""

    local: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()


NOTHING = Kept()
LOAD = ast.Load()


def called_functions(module: Module) -> set[ast.AST]:
    """Every expression of the file that is called where it stands."""
    return {u.node.func for u in module.calls if isinstance(u.node, ast.Call)}


def named_only(module: Module, test: Test, words: Collection[str]) -> list[Use]:
    """References that pass `test` and are not called where they stand, `getattr(x, word)` among them."""
    passing = [u for u in module.references if test(u.node)]
    passing += [u for u in module.calls_of(("getattr",)) if names_one(u.node, words)]
    if not passing:
        return []
    called = called_functions(module)
    return [u for u in passing if u.node not in called and isinstance(getattr(u.node, "ctx", LOAD), ast.Load)]


def names_one(node: ast.AST, words: Collection[str]) -> bool:
    """`getattr(x, "create")`."""
    name = node.args[1] if isinstance(node, ast.Call) and len(node.args) > 1 else None
    return isinstance(name, ast.Constant) and name.value in words


def kept_names(project: Project, module: Module, test: Test, words: Collection[str]) -> set[str]:
    """Names and attributes under which this file can reach what passes `test`, its imports included.

    `words` are the names that `getattr` may fetch it by. The answer for each file is remembered.
    """
    names = set(own(module, test, words).local)
    for target, bound, name in imports(project, module):
        shared = own(target, test, words).shared
        if name in shared:
            names.add(bound)
        names |= {n for n in shared if n.startswith(".")}
    names = {n.lstrip(".") for n in names}
    return names | set(passed_along(module, names)) if names else names


def passed_along(module: Module, names: Collection[str]) -> Iterator[str]:
    """Names that are given another kept name, or what a kept function returns."""
    for scope in module.scopes.values():
        values = [(n, b.value) for n, bindings in scope.bindings.items() for b in bindings]
        values += [(n, value) for n, stored in scope.attributes.items() for value, _, _ in stored]
        for name, value in values:
            source = value.func if isinstance(value, ast.Call) else value
            if source is not None and (last_name(source) or "") in names:
                yield name


def imports(project: Project, module: Module) -> Iterator[tuple[Module, str, str]]:
    """(file, name here, name there) of what is imported from files of the project that mention the SDK."""
    for scope in module.scopes.values():
        for bound, bindings in scope.bindings.items():
            for binding in bindings:
                if binding.module is None or not (path := project.find(module.path, binding.module)):
                    continue
                target = project.module(path) if path in project.seeds and path != module.path else None
                if target is not None:
                    yield target, bound, binding.name or bound


def own(module: Module, test: Test, words: Collection[str]) -> Kept:
    """The names that this very file gives to what passes `test`; attributes begin with a dot."""
    label = f"kept {test.__name__}"
    known = module.notes.get(label)
    if not isinstance(known, Kept):
        known = module.notes[label] = _own(module, named_only(module, test, words))
    return known


def _own(module: Module, references: Iterable[Use]) -> Kept:
    spans = [module.span(u.node) for u in references]
    if not spans:
        return NOTHING
    local: set[str] = set()
    shared: set[str] = set()
    for scope in module.scopes.values():
        names = set(held(module, scope, spans))
        local |= names
        if scope.kind == "module":
            shared |= names
        elif scope.kind == "class":
            shared |= {f".{n.lstrip('.')}" for n in names}
    stored = set(stores(module, spans))
    return Kept(frozenset(local | stored), frozenset(shared | stored))


def held(module: Module, scope: Scope, spans: list[Span]) -> Iterator[str]:
    """Names of one scope that are given one of the places: by assignment, as a default, or by a function's return."""

    def around(node: ast.expr | None) -> bool:
        return node is not None and covers(module.span(node), spans)

    for name, bindings in scope.bindings.items():
        if any(around(b.value) for b in bindings):
            yield name
        for binding in bindings:
            inner = module.scopes.get(binding.node) if binding.kind == "function" else None
            if inner is not None and any(around(r) for r in (*inner.returns, *inner.yields)):
                yield name
    for name, values in scope.attributes.items():
        if any(around(value) for value, _, _ in values):
            yield f".{name}"
    function = scope.node
    if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        for parameter in all_parameters(function.args):
            if around(default_of(function, parameter.arg)):
                yield parameter.arg


def stores(module: Module, spans: list[Span]) -> Iterator[str]:
    """Names of dictionaries that one of the places is stored in, and keywords that it is passed as."""
    for use in module.stores:
        node = use.node
        if isinstance(node, ast.Assign) and covers(module.span(node.value), spans):
            for target in node.targets:
                root = root_name(target) if isinstance(target, ast.Subscript) else None
                if root is not None:
                    yield root
    for use in module.calls:
        for keyword in use.node.keywords if isinstance(use.node, ast.Call) else ():
            if keyword.arg is not None and module.span(keyword.value) in spans:
                yield f".{keyword.arg}"


def covers(outer: Span, spans: list[Span]) -> bool:
    """Whether one of the spans lies inside `outer`."""
    return any(outer.start <= s.start and s.end <= outer.end for s in spans)


def within(inner: Span, spans: Iterable[Span]) -> bool:
    """Whether a span lies inside one of the others."""
    return any(s.start <= inner.start and inner.end <= s.end for s in spans)
