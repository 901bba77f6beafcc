"""What an attribute of a project class can be: assignments in its methods, its body, its bases, its subclasses."""

from __future__ import annotations

import ast
from functools import partial
from typing import TYPE_CHECKING

from migrate_cli.index import generics, holders, names, parameters, settings_classes
from migrate_cli.index.module import Scope
from migrate_cli.index.sdk import RESOURCES, VENDORS, constructor
from migrate_cli.index.syntax import dotted, is_abstract, is_super, last_name, terminal
from migrate_cli.index.values import (
    Class,
    Client,
    Constant,
    Environment,
    External,
    Found,
    Function,
    Instance,
    Resource,
    Sdk,
    Unknown,
    Written,
    step,
    union,
    unknown,
)
from migrate_cli.model import SiteId

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

MAX_BASES = 12
FIELDS = {"field", "Field", "PrivateAttr", "ib", "attrib"}  # of dataclasses, attrs and pydantic
MAX_DESCENDANTS = 24


def enclosing(scope: Scope | None) -> Scope | None:
    """The nearest class around a scope."""
    return scope.nearest_class() if scope is not None else None


def lookup(resolver: Resolver, cls: Class, attr: str, *, instance: bool) -> tuple[Found, ...]:
    """Attribute `attr` of a class or its instance: own, inherited, stored from outside, or (asked of a base) below."""
    found = own(resolver, cls, attr, instance=instance)
    if is_vague(found):
        found = union(inherited(resolver, cls, attr, instance=instance), found)
    elif is_mixed(found):
        found = union(found, _clients(inherited(resolver, cls, attr, instance=instance)))
    if is_vague(found):
        found = union(tuple(f.via(likely=is_plain(f)) for f in holders.outside(resolver, cls, attr)), found)
    if is_vague(found) and instance:
        preset_none = any(isinstance(f.value, Constant) for f in found)  # which only some subclasses change
        under = below(resolver, cls, attr)
        found = union(tuple(f for f in under if not (preset_none and is_plain(f))), found)
    if not found and instance:
        found = handed_on(resolver, cls, attr)
    return union(found) or unknown(never_set(resolver, cls, attr))


def is_plain(found: Found) -> bool:
    """Whether a value is a text or a number, or a variable or file that holds one: not an object."""
    return isinstance(found.value, (Constant, Environment, Written))


def never_set(resolver: Resolver, cls: Class, attr: str) -> str:
    """Why nothing is known of an attribute: a field that nobody fills in, or none of this class."""
    name = cls.scope.name
    if any(attr in c.scope.annotations for c in (cls, *ancestors(resolver, cls))):
        return (
            f"`{attr}` is a field of {name} without default, and no constructor call in these files gives it"
        )
    return f"`{attr}` is never set in class {name}"


def is_vague(found: tuple[Found, ...]) -> bool:
    """Whether nothing says what an attribute is: it is not set, None, abstract, or only followed to its end in vain."""
    return all(_says_nothing(f) for f in found)


def is_mixed(found: tuple[Found, ...]) -> bool:
    """Whether a value can be an OpenAI client or another vendor's: then what a base makes it counts as well."""
    others = (f.value for f in found if isinstance(f.value, External))
    return any(isinstance(f.value, Client) for f in found) and any(
        v.path.split(".")[0] in VENDORS for v in others
    )


def _clients(found: tuple[Found, ...]) -> tuple[Found, ...]:
    return tuple(f for f in found if isinstance(f.value, Client))


def _says_nothing(found: Found) -> bool:
    value = found.value
    if isinstance(value, Constant):
        return value.value is None
    if isinstance(value, Function):
        return is_abstract(value.scope.node)
    return isinstance(value, Unknown) or generics.is_variable(found)


def below(resolver: Resolver, cls: Class, attr: str) -> tuple[Found, ...]:
    """Attribute `attr` as the subclasses of `cls`, or their other bases, set it: likely, for it is one of them."""
    key = (cls.scope.node, "below", attr)
    return resolver.once(key, lambda: _below(resolver, cls, attr))


def _below(resolver: Resolver, cls: Class, attr: str) -> tuple[Found, ...]:
    groups = []
    for sub in descendants(resolver, cls):
        found = own(resolver, sub, attr, instance=True)
        if not found:
            found = inherited(resolver, sub, attr)
        groups.append(tuple(f.via(likely=True) for f in found))
    return union(*groups)


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
        if not is_vague(found):
            return found
        vague = vague or found
    return vague


def from_base(resolver: Resolver, cls: Class, base: Found, attr: str, *, instance: bool) -> tuple[Found, ...]:
    """Attribute `attr` that one base gives: a class of the project, of the SDK, or another vendor's client."""
    value = base.value
    if isinstance(value, Class):
        found = own(resolver, value, attr, instance=instance)
        if is_mixed(found):
            return union(found, _clients(inherited(resolver, value, attr, instance=instance)))
        if not is_vague(found):
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
        place = step(module, value, f"self.{attr} is set in {scope.name}.{method.name}")
        groups.append(tuple(f.via(place) for f in found))
    assigned = bool(groups) and not is_vague(union(*groups))
    for binding in scope.bindings.get(attr, ()):
        if assigned and isinstance(binding.value, ast.Call) and terminal(binding.value) in FIELDS:
            continue  # a field that only says that there is one
        if binding.kind == "function":
            groups.append(method_value(resolver, cls, binding.node, instance=instance))
        else:
            groups.append(names.binding(resolver, module, scope, binding, attr))
    found = union(*(made_property(resolver, f) if instance else (f,) for f in union(*groups)))
    if settings_classes.is_settings(resolver, cls):
        found = settings_classes.field(resolver, cls, attr, found)
    annotation = scope.annotations.get(attr)
    vague = is_vague(tuple(f for f in found if not isinstance(f.value, Environment)))
    if vague:
        found = preset(resolver, cls, attr) or found
    if annotation is not None and vague:
        promised = resolver.annotation(module, scope, annotation)
        open_field = attr not in scope.attributes and (
            not found or not _are_literals(found) or _is_any(annotation)
        )
        given = parameters.field_values(resolver, cls, attr) if open_field else ()
        kept = tuple(f for f in found if not promised or (is_plain(f) and not isinstance(f.value, Constant)))
        found = union(promised, given, kept) or found
    elif annotation is not None and attr not in scope.attributes and _are_literals(found):
        key = (scope.node, "given", attr)
        found = union(found, resolver.once(key, lambda: parameters.field_values(resolver, cls, attr)))
    return found


def _are_literals(found: tuple[Found, ...]) -> bool:
    return all(isinstance(f.value, Constant) for f in found)


def _is_any(annotation: ast.expr) -> bool:
    """Whether an annotation leaves it open what a field holds."""
    return any(last_name(node) in ("Any", "object") for node in ast.walk(annotation))


def made_property(resolver: Resolver, found: Found) -> tuple[Found, ...]:
    """What reading `name = property(getter)` gives; any other value is itself."""
    value = found.value
    if not (isinstance(value, External) and value.path.endswith("property") and value.origin is not None):
        return (found,)
    place = value.origin
    getters = place.node.args if isinstance(place.node, ast.Call) else []
    functions = resolver.eval(place.module, place.scope, place.block, getters[0]) if getters else ()
    return union(*(resolver.returned(f.value) for f in functions if isinstance(f.value, Function)))


def preset(resolver: Resolver, cls: Class, attr: str) -> tuple[Found, ...]:
    """What the method decorated with `@name.default` makes for the attrs field `name`."""
    if attr not in cls.scope.bindings:
        return ()
    methods = [b.node for bound in cls.scope.bindings.values() for b in bound if b.kind == "function"]
    makers = [m for m in methods if any(dotted(d) == f"{attr}.default" for d in m.decorator_list)]  # type: ignore[attr-defined]
    return union(*(resolver.returned(Function(cls.module, cls.module.scopes[m], cls)) for m in makers))


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
    return resolver.settled((cls.scope, "bases"), lambda: _bases(resolver, cls))


def _bases(resolver: Resolver, cls: Class) -> list[Found]:
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
    return resolver.settled((cls.scope, "subclasses"), lambda: _subclasses(resolver, cls))


def _subclasses(resolver: Resolver, cls: Class) -> list[Class]:
    found = []
    for module, scope in resolver.project.deriving(cls.scope.name):
        candidate = Class(module, scope)
        if candidate != cls and any(b.value == cls for b in bases(resolver, candidate)):
            found.append(candidate)
    return found


def descendants(resolver: Resolver, cls: Class) -> list[Class]:
    """Classes derived from `cls`, directly or through others."""
    return resolver.settled((cls.scope, "descendants"), lambda: _descendants(resolver, cls))


def _descendants(resolver: Resolver, cls: Class) -> list[Class]:
    found: list[Class] = []
    waiting = [cls]
    while waiting and len(found) < MAX_DESCENDANTS:
        new = [s for s in subclasses(resolver, waiting.pop(0)) if s not in found and s != cls]
        found += new
        waiting += new
    return found


def ancestors(resolver: Resolver, cls: Class) -> list[Class]:
    """Classes of the project that `cls` derives from, nearest first."""
    return resolver.settled((cls.scope, "ancestors"), lambda: _ancestors(resolver, cls))


def _ancestors(resolver: Resolver, cls: Class) -> list[Class]:
    found: list[Class] = []
    waiting = [cls]
    while waiting and len(found) < MAX_BASES:
        values = [f.value for f in bases(resolver, waiting.pop(0))]
        new = [v for v in values if isinstance(v, Class) and v not in found and v != cls]
        found += new
        waiting += new
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
