"""What a name is: its bindings in the enclosing scopes, and what imports bring in from other files."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import attributes, lookups, parameters
from migrate_cli.index.module import Binding, Block, Module, Scope, Use
from migrate_cli.index.narrowed import narrowed
from migrate_cli.index.sdk import DROP_INS, LEGACY, constructor, is_exception
from migrate_cli.index.values import (
    Class,
    Constant,
    External,
    Found,
    Function,
    Instance,
    Package,
    PathName,
    Sdk,
    Unknown,
    step,
    union,
    unknown,
)
from migrate_cli.model import Certainty

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver


def name(
    resolver: Resolver, module: Module, scope: Scope, block: Block, node: ast.Name, *, typing: bool = False
) -> tuple[Found, ...]:
    """A name, looked up through the enclosing scopes; `typing` is true where it stands in an annotation."""
    current: Scope | None = scope
    while current is not None:
        if node.id in current.bindings and not (current.kind == "class" and current is not scope):
            bindings = current.bindings[node.id]
            if not typing:
                bindings = [b for b in bindings if not b.typing_only] or bindings
            if current.kind == "module" and resolver.declared:
                told = resolver.declared.held(module.path, node.id)
                if told:
                    return told
            if current is scope:
                bindings = reaching(module, bindings, node, block)
            found = union(*(binding(resolver, module, current, b, node.id) for b in bindings))
            return narrowed(resolver, module, scope, block, node, found)
        current = current.parent
    if node.id == "__file__":
        return (Found(PathName(module.path, "root")),)
    found = starred(resolver, module, node.id) or (Found(External(f"builtins.{node.id}")),)
    return narrowed(resolver, module, scope, block, node, found)


def reaching(module: Module, bindings: list[Binding], node: ast.AST, block: Block) -> list[Binding]:
    """Bindings that can reach a use in the same scope: none after it, and none hidden by a sure one before it."""
    position = module.start(node)
    before = [b for b in bindings if b.start < position and not _holds(module, b, position)]
    if not before:
        return [b for b in bindings if not _holds(module, b, position)] or bindings
    sure = [i for i, b in enumerate(before) if block[: len(b.block)] == b.block]
    return before[sure[-1] :] if sure else before


def _holds(module: Module, binding: Binding, position: int) -> bool:
    """Whether the use stands inside the value that this binding assigns (`x = f(x)`)."""
    if binding.value is None or binding.kind == "element":
        return False
    span = module.span(binding.value)
    return span.start <= position < span.end


def binding(resolver: Resolver, module: Module, scope: Scope, bound: Binding, text: str) -> tuple[Found, ...]:
    """What one binding of the name `text` gives."""
    node = bound.node
    if bound.kind in ("import", "from"):
        found = imported(resolver, module, bound)
        where = step(module, node, f"`{text}` is imported from {bound.module}")
        return tuple(f.via(where) for f in found)
    if bound.kind == "function":
        return (Found(Function(module, module.scopes[node])),)
    if bound.kind == "class":
        return (Found(Class(module, module.scopes[node])),)
    if bound.kind == "param":
        assert isinstance(node, ast.arg)
        return parameters.parameter(resolver, module, scope, node)
    if bound.value is None:
        merged = lookups.merged(resolver, module, scope, bound)
        if merged:
            return merged
        return unknown(f"`{text}` is bound in a way that is not followed")
    # a `global` name is bound where its value does not stand
    place, block = module.where.get(bound.value, (scope, bound.block))
    found = resolver.eval(module, place, block, bound.value)
    if isinstance(node, ast.AnnAssign) and all(_is_open(f.value) for f in found):
        told = resolver.annotation(module, place, node.annotation)
        more = any(not isinstance(f.value, External) or f.value.origin is not None for f in told)
        found = told if more or (told and any(isinstance(f.value, Unknown) for f in found)) else found
    if bound.entered:
        found = union(*(entered(resolver, f) for f in found))
    if bound.kind == "element":
        found = union(*(resolver.elements(f, iterated=True) for f in found))
    if bound.item is not None:
        found = union(*(part(resolver, f, bound.item) for f in found))
        if isinstance(bound.value, ast.Call):
            found = parameters.narrowed(resolver, Use(bound.value, place, block), module, found)
    where = step(module, node, f"`{text}` is assigned")
    return tuple(f.via(where) for f in found)


def part(resolver: Resolver, whole: Found, index: int) -> tuple[Found, ...]:
    """Element `index` of an unpacked value, no more certain than the value itself."""
    likely = whole.certainty is not Certainty.PROVED
    return tuple(f.via(likely=likely) for f in resolver.item(whole, index))


def _is_open(value: object) -> bool:
    """Whether an annotation can say more than a value does."""
    return isinstance(value, (Unknown, External)) or (isinstance(value, Constant) and value.value is None)


def entered(resolver: Resolver, found: Found) -> tuple[Found, ...]:
    """What `with value as name` binds: what `__enter__` of a project class returns, else the value itself."""
    if not isinstance(found.value, Instance):
        return (found,)
    for method in ("__enter__", "__aenter__"):
        for member in attributes.inherited_or_own(resolver, found.value.cls, method):
            if isinstance(member.value, Function):
                return tuple(f.via(*found.steps) for f in resolver.returned(member.value))
    return (found,)


def imported(resolver: Resolver, module: Module, bound: Binding) -> tuple[Found, ...]:
    """A module or something in it; the project's own and the SDK where it cannot be told which one is meant."""
    source = bound.module or ""
    dotted = source
    if bound.kind == "from":
        dotted = f"{source}{'' if source.endswith('.') else '.'}{bound.name}"
    found = from_project(resolver, module, bound, source, dotted)
    foreign = outside(dotted)
    if not found and resolver.declared and (told := resolver.declared.foreign(dotted)):
        return told
    if not found:
        return unknown(f"{source} is not among the files") if source.startswith(".") else (Found(foreign),)
    if isinstance(foreign, Sdk) and not resolver.project.shadows(module.path, source):
        return (*found, Found(foreign).via(likely=True))
    return found


def from_project(
    resolver: Resolver, module: Module, bound: Binding, source: str, dotted: str
) -> tuple[Found, ...]:
    """What an import gets from a file of the project; empty when there is no such file."""
    project = resolver.project
    path = project.find(module.path, source)
    if path is not None:
        target = project.module(path)
        if target is None:
            return unknown(f"{path} could not be read")
        if bound.kind == "import":
            return (Found(Package(target)),)
        found = export(resolver, target, bound.name or "") if target is not module else ()
        if found:
            return found
    submodule = project.find(module.path, dotted)
    if submodule is not None and submodule != module.path:
        target = project.module(submodule)
        return (Found(Package(target)),) if target else unknown(f"{submodule} could not be read")
    return unknown(f"`{bound.name}` is not found in {path}") if path is not None else ()


def export(resolver: Resolver, module: Module, text: str) -> tuple[Found, ...]:
    """What the name `text` is for those who import it from `module`; empty when the module does not bind it."""
    return resolver.once((module.path, text), lambda: _export(resolver, module, text))


def _export(resolver: Resolver, module: Module, text: str) -> tuple[Found, ...]:
    if resolver.declared and (told := resolver.declared.held(module.path, text)):
        return told
    bindings = module.scope.bindings.get(text)
    if bindings:
        bindings = [b for b in bindings if not b.typing_only] or bindings
        return union(*(binding(resolver, module, module.scope, b, text) for b in bindings))
    return starred(resolver, module, text)


def starred(resolver: Resolver, module: Module, text: str) -> tuple[Found, ...]:
    """A name that may come from `from x import *`."""
    for source, _ in reversed(module.star_imports):
        path = resolver.project.find(module.path, source)
        if path is None:
            dotted = f"openai.{text}"
            if source == "openai" and (constructor(dotted) or text in LEGACY or is_exception(dotted)):
                return (Found(Sdk(dotted)),)
            continue
        target = resolver.project.module(path)
        if target is None or target is module or not public(target, text):
            continue
        found = export(resolver, target, text)
        if found:
            return found
    return ()


def public(module: Module, text: str) -> bool:
    """Whether `from module import *` brings the name in: what `__all__` says, else all without an underscore."""
    listed: set[str] = set()
    for bound in module.scope.bindings.get("__all__", ()):
        if not isinstance(bound.value, (ast.List, ast.Tuple)):
            return True
        listed |= {str(e.value) for e in bound.value.elts if isinstance(e, ast.Constant)}
    if "__all__" in module.scope.bindings:
        return text in listed
    return not text.startswith("_")


def outside(dotted: str) -> Sdk | External:
    """A dotted name that is not in the project."""
    for package, target in DROP_INS.items():
        if dotted == package or dotted.startswith(f"{package}."):
            dotted = target + dotted[len(package) :]
    if dotted == "openai.openai" or dotted.startswith("openai.openai."):
        dotted = dotted.removeprefix("openai.")  # `from langfuse.openai import openai`
    return Sdk(dotted) if dotted == "openai" or dotted.startswith("openai.") else External(dotted)
