"""What an attribute of a project class can be: assignments in its methods, its body, its bases, its subclasses."""

from __future__ import annotations

import ast
from functools import partial
from typing import TYPE_CHECKING

from migrate_cli.index import names, parameters
from migrate_cli.index.module import Scope
from migrate_cli.index.sdk import RESOURCES, VENDORS, constructor
from migrate_cli.index.syntax import dotted, is_super
from migrate_cli.index.values import (
    Class,
    Client,
    Environment,
    External,
    Found,
    Function,
    Instance,
    Resource,
    Sdk,
    Unknown,
    step,
    union,
    unknown,
)
from migrate_cli.model import SiteId

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
    if not found and instance:
        found = handed_on(resolver, cls, attr)
    return union(found) or unknown(f"`{attr}` is never set in class {cls.scope.name}")


def inherited_or_own(resolver: Resolver, cls: Class, attr: str) -> tuple[Found, ...]:
    """Attribute `attr` of an instance as the project's classes set it; empty when none of them does."""
    found = own(resolver, cls, attr, instance=True)
    for base in bases(resolver, cls) if not found else ():
        if isinstance(base.value, Class) and not found:
            key = (base.value.scope.node, "attribute", attr)
            found = resolver.once(key, partial(inherited_or_own, resolver, base.value, attr))
    return found


def inherited(resolver: Resolver, cls: Class, attr: str, *, instance: bool = True) -> tuple[Found, ...]:
    """Attribute `attr` found in the bases, depth first."""
    key = (cls.scope.node, "inherited", attr, instance)
    return resolver.once(key, lambda: _inherited(resolver, cls, attr, instance))


def _inherited(resolver: Resolver, cls: Class, attr: str, instance: bool) -> tuple[Found, ...]:
    vague: tuple[Found, ...] = ()
    for base in bases(resolver, cls)[:MAX_BASES]:
        found = from_base(resolver, cls, base, attr, instance=instance)
        if any(not isinstance(f.value, Unknown) for f in found):
            return found
        vague = vague or found
    return vague


def from_base(resolver: Resolver, cls: Class, base: Found, attr: str, *, instance: bool) -> tuple[Found, ...]:
    """Attribute `attr` that one base gives: a class of the project, of the SDK, or another vendor's client."""
    value = base.value
    if isinstance(value, Class):
        found = own(resolver, value, attr, instance=instance)
        if any(not isinstance(f.value, Unknown) for f in found):
            return found
        return inherited(resolver, value, attr, instance=instance) or found
    if isinstance(value, Sdk) and constructor(value.path) is None:
        return (base.becomes(Sdk(f"{value.path}.{attr}")),)
    if isinstance(value, Sdk) and attr in RESOURCES:
        client = Client(constructor(value.path) or "OpenAI", super_site(resolver, cls), cls)
        return (base.becomes(Resource(client, (attr,))),)
    if isinstance(value, External) and value.path.split(".")[0] in VENDORS and attr in RESOURCES:
        return (base.becomes(External(f"{value.path}.{attr}", made=True)),)
    return ()


def handed_on(resolver: Resolver, cls: Class, attr: str) -> tuple[Found, ...]:
    """Attribute `attr` through a `__getattr__` that returns `getattr(self.client, name)`."""
    groups: list[tuple[Found, ...]] = []
    for binding in cls.scope.bindings.get("__getattr__", ()):
        scope = cls.module.scopes.get(binding.node)
        for node in scope.returns if scope is not None else ():
            if (
                isinstance(node, ast.Call)
                and dotted(node).endswith("getattr")
                and node.args
                and scope is not None
            ):
                values = resolver.eval(cls.module, scope, (), node.args[0])
                groups += [
                    resolver.member(cls.module, f, attr, node) for f in values if f.value != Instance(cls)
                ]
    return tuple(f.via(likely=True) for f in union(*groups) if not isinstance(f.value, Unknown))


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
            groups.append(names.binding(resolver, module, scope, binding, attr))
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
    return dotted(target).endswith("property")


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


def super_site(resolver: Resolver, cls: Class, depth: int = 0) -> SiteId | None:
    """The `super().__init__(…)` call that hands the arguments of `cls` to the SDK's client, None without one."""
    for base in bases(resolver, cls):
        if isinstance(base.value, Sdk) and constructor(base.value.path):
            call = super_call(cls)
            name = f"openai.{constructor(base.value.path)}"
            return (cls.module.path, cls.module.start(call), name) if call is not None else None
        if isinstance(base.value, Class) and depth < MAX_BASES and sdk_base(resolver, base.value):
            return super_site(resolver, base.value, depth + 1)
    return None


def super_call(cls: Class) -> ast.Call | None:
    """The `super().__init__(…)` in a class's own `__init__`."""
    for use in cls.module.calls_of(("__init__",)):
        call = use.node
        assert isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if is_super(call.func.value) and use.scope.parent is cls.scope and use.scope.name == "__init__":
            return call
    return None


def subclasses(resolver: Resolver, cls: Class) -> list[Class]:
    """Direct subclasses in files that write the class among the bases of another."""
    found = []
    for module, scope in resolver.project.deriving(cls.scope.name):
        candidate = Class(module, scope)
        if candidate != cls and any(b.value == cls for b in bases(resolver, candidate)):
            found.append(candidate)
    return found


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
