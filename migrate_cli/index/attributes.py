"""What an attribute of a project class can be: assignments in its methods, its body, its bases, its subclasses."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import parameters
from migrate_cli.index.module import Module, Scope
from migrate_cli.index.sdk import constructor
from migrate_cli.index.values import (
    Class,
    Environment,
    Found,
    Function,
    Sdk,
    Unknown,
    step,
    union,
    unknown,
)

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

MAX_BASES = 12


def enclosing(scope: Scope | None) -> Scope | None:
    """The nearest class around a scope."""
    while scope is not None and scope.kind != "class":
        scope = scope.parent
    return scope


def lookup(resolver: Resolver, cls: Class, attr: str, *, instance: bool) -> tuple[Found, ...]:
    """Attribute `attr` of a class or its instance: own, then inherited, then (a base asking its subclasses) theirs."""
    found = own(resolver, cls, attr, instance=instance)
    if all(isinstance(f.value, Unknown) for f in found):
        found = union(inherited(resolver, cls, attr, instance=instance), found)
    if not found and instance:
        found = tuple(
            f.via(likely=True)
            for sub in subclasses(resolver, cls)
            for f in own(resolver, sub, attr, instance=True)
        )
    return union(found) or unknown(f"`{attr}` is never set in class {cls.scope.name}")


def inherited(resolver: Resolver, cls: Class, attr: str, *, instance: bool = True) -> tuple[Found, ...]:
    """Attribute `attr` found in the bases, depth first."""
    for base in bases(resolver, cls)[:MAX_BASES]:
        if isinstance(base.value, Class):
            found = own(resolver, base.value, attr, instance=instance) or inherited(
                resolver, base.value, attr, instance=instance
            )
            if found:
                return found
    return ()


def own(resolver: Resolver, cls: Class, attr: str, *, instance: bool) -> tuple[Found, ...]:
    """Attribute `attr` as this very class sets it; empty when it does not."""
    module, scope = cls.module, cls.scope
    groups: list[tuple[Found, ...]] = []
    for value, method, block in scope.attributes.get(attr, ()):
        found = resolver.eval(module, method, block, value)
        words = f"self.{attr} is set in {scope.name}.{method.name}"
        groups.append(tuple(f.via(step(module, value, words)) for f in found))
    for binding in scope.bindings.get(attr, ()):
        if binding.kind == "function":
            groups.append(method_value(resolver, cls, binding.node, instance=instance))
        else:
            groups.append(resolver.binding(module, scope, binding, attr))
    found = union(*groups)
    annotation = scope.annotations.get(attr)
    vague = all(isinstance(f.value, (Unknown, Environment)) for f in found)
    if annotation is not None and vague:
        promised = resolver.annotation(module, scope, annotation)
        given = parameters.field_values(resolver, cls, attr) if attr not in scope.attributes else ()
        found = union(promised, given, found if not promised else ()) or found
    return found


def method_value(resolver: Resolver, cls: Class, node: ast.AST, *, instance: bool) -> tuple[Found, ...]:
    """A method, or what a property returns."""
    function = Function(cls.module, cls.module.scopes[node], cls)
    decorators = getattr(node, "decorator_list", [])
    if instance and any(is_property(d) for d in decorators):
        words = f"property {function.scope.name} of {cls.scope.name}"
        return tuple(f.via(step(cls.module, node, words)) for f in resolver.returned(function))
    return (Found(function),)


def is_property(decorator: ast.expr) -> bool:
    """Whether a decorator makes a method read like an attribute (`property`, `cached_property`, `lazy_property()`)."""
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(target).endswith("property")


def bases(resolver: Resolver, cls: Class) -> list[Found]:
    """The evaluated bases of a class."""
    node = cls.scope.node
    assert isinstance(node, ast.ClassDef)
    outer = cls.scope.parent or cls.module.scope
    found: list[Found] = []
    for base in node.bases:
        target = base.value if isinstance(base, ast.Subscript) else base
        found.extend(resolver.eval(cls.module, outer, (), target))
    return [f for f in found if f.value != cls]


def sdk_base(resolver: Resolver, cls: Class, depth: int = 0) -> str | None:
    """Name of the SDK client class that `cls` derives from, if it does."""
    for base in bases(resolver, cls):
        if isinstance(base.value, Sdk) and constructor(base.value.path):
            return constructor(base.value.path)
        if isinstance(base.value, Class) and depth < MAX_BASES:
            found = sdk_base(resolver, base.value, depth + 1)
            if found:
                return found
    return None


def subclasses(resolver: Resolver, cls: Class) -> list[Class]:
    """Direct subclasses in files that mention the class."""
    found = []
    for module, scope in class_scopes(resolver, cls.scope.name):
        candidate = Class(module, scope)
        if candidate != cls and any(b.value == cls for b in bases(resolver, candidate)):
            found.append(candidate)
    return found


def class_scopes(resolver: Resolver, base_name: str) -> list[tuple[Module, Scope]]:
    """Classes that write `base_name` among their bases."""
    result = []
    for path in resolver.project.mentioning(base_name):
        module = resolver.project.module(path)
        if module is None:
            continue
        for node, scope in module.scopes.items():
            if isinstance(node, ast.ClassDef) and any(base_name in ast.unparse(b) for b in node.bases):
                result.append((module, scope))
    return result


def initialiser(resolver: Resolver, cls: Class, depth: int = 0) -> Scope | None:
    """Scope of the `__init__` that constructing `cls` runs."""
    for binding in cls.scope.bindings.get("__init__", ()):
        if binding.kind == "function":
            return cls.module.scopes[binding.node]
    for base in bases(resolver, cls):
        if isinstance(base.value, Class) and depth < MAX_BASES:
            found = initialiser(resolver, base.value, depth + 1)
            if found is not None:
                return found
    return None
