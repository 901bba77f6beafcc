"""What an annotation promises about a value: a client of the SDK, or an instance of a project class."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from migrate_cli.index import attributes, names
from migrate_cli.index.module import Module, Scope
from migrate_cli.index.sdk import CONTAINERS, constructor
from migrate_cli.index.syntax import dotted, last_name
from migrate_cli.index.values import (
    Class,
    Client,
    Collection,
    Display,
    External,
    Found,
    Instance,
    Sdk,
    Unknown,
    step,
    union,
)
from migrate_cli.model import Certainty

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

# Annotations of collections, by what their type arguments mean (see `values.Collection`).
_SHAPES = {
    **dict.fromkeys(("list", "List", "Sequence", "MutableSequence", "Iterable", "Iterator", "set"), "list"),
    **dict.fromkeys(
        ("Set", "frozenset", "FrozenSet", "deque", "Deque", "Generator", "AsyncGenerator"), "list"
    ),
    **dict.fromkeys(("AsyncIterator", "AsyncIterable", "Queue", "Reversible", "cycle"), "list"),
    **dict.fromkeys(
        ("dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "DefaultDict", "OrderedDict"), "dict"
    ),
    "tuple": "tuple",
    "Tuple": "tuple",
    "Callable": "callable",
}
_CLASSES = {"type", "Type"}
# Annotations of plain values, or of what takes any value: what is given to them says more.
_TELLS_NOTHING = {
    "argparse.Namespace", "enum.Enum", "omegaconf.DictConfig", "httpx.URL", "yarl.URL", "pathlib.Path",
    "pydantic.SecretStr", "pydantic.HttpUrl", "pydantic.AnyUrl", "pydantic.AnyHttpUrl", "pydantic.networks.Url",
}  # fmt: skip
_LAST = {"Coroutine"}
_FIRST = {"AbstractContextManager", "AbstractAsyncContextManager", "ContextManager", "AsyncContextManager"}
_NAMED = {"typing.TypeVar", "typing_extensions.TypeVar", "typing.NewType", "typing_extensions.NewType"}


def annotation(resolver: Resolver, module: Module, scope: Scope, node: ast.expr) -> tuple[Found, ...]:
    """Clients and instances that an annotation promises; empty when it says neither."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        parsed = resolver.parsed(node, node.value)
        return annotation(resolver, module, scope, parsed) if parsed is not None else ()
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return union(*(annotation(resolver, module, scope, n) for n in (node.left, node.right)))
    if isinstance(node, ast.Subscript):
        return subscripted(resolver, module, scope, node)
    if not isinstance(node, (ast.Name, ast.Attribute)):
        return ()
    owner = scope.nearest_class() if last_name(node) == "Self" else None
    if owner is not None:
        return (Found(Instance(Class(module, owner))),)
    return union(*(promised(resolver, module, node, f) for f in typed(resolver, module, scope, node)))


def confirmed(found: tuple[Found, ...], told: tuple[Found, ...]) -> tuple[Found, ...]:
    """Values of which the clients are proved, where an annotation tells that there is one."""
    if not any(isinstance(t.value, Client) and t.certainty is Certainty.PROVED for t in told):
        return found
    return tuple(Found(f.value, f.steps) if isinstance(f.value, Client) else f for f in found)


def subscripted(resolver: Resolver, module: Module, scope: Scope, node: ast.Subscript) -> tuple[Found, ...]:
    """`Optional[T]`, `Annotated[T, Depends(f)]` and other annotations that stand for their arguments."""
    word = dotted(node.value).rsplit(".", 1)[-1]
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if word in _SHAPES:
        return (Found(Collection(_SHAPES[word], tuple(parts), module, scope)),)
    if word in _CLASSES:
        return typed(resolver, module, scope, parts[0])
    if word in _LAST:
        return annotation(resolver, module, scope, parts[-1])
    if word in _FIRST:
        return annotation(resolver, module, scope, parts[0])
    if word not in CONTAINERS:
        return generic(resolver, module, scope, node)
    if word == "Annotated":
        given = (depends(resolver, module, scope, p) for p in parts[1:])
        return union(annotation(resolver, module, scope, parts[0]), *given)
    return union(*(annotation(resolver, module, scope, p) for p in parts))


def generic(resolver: Resolver, module: Module, scope: Scope, node: ast.Subscript) -> tuple[Found, ...]:
    """`Box[T]`: an object of that class, which remembers its type arguments."""
    given = Display(module, node, scope, ())
    groups = []
    for found in typed(resolver, module, scope, node.value):
        value = found.value
        if isinstance(value, Class):
            place = step(module, node, f"annotated as {value.scope.name}[…]")
            groups.append((found.becomes(Instance(value, given)).via(place),))
        elif isinstance(value, External) and not value.path.startswith(("builtins.", "typing.")):
            groups.append((found.becomes(External(value.path, made=True, origin=given)),))
    return union(*groups)


def typed(resolver: Resolver, module: Module, scope: Scope, node: ast.expr) -> tuple[Found, ...]:
    """What a dotted name means to a type checker, which also sees imports under TYPE_CHECKING."""
    if isinstance(node, ast.Name):
        return names.name(resolver, module, scope, (), node, typing=True)
    if isinstance(node, ast.Attribute):
        values = typed(resolver, module, scope, node.value)
        return union(*(resolver.member(module, f, node.attr, node) for f in values))
    return ()


def depends(resolver: Resolver, module: Module, scope: Scope, node: ast.expr) -> tuple[Found, ...]:
    """`Annotated[T, Depends(f)]`: what `f` returns."""
    if not isinstance(node, ast.Call):
        return ()
    found = resolver.eval(module, scope, (), node)
    return tuple(f for f in found if not isinstance(f.value, Unknown) and not _is_remark(f, node))


def _is_remark(found: Found, node: ast.expr) -> bool:
    """Whether a part of `Annotated[…]` is nothing but a remark of another package (`Query()`)."""
    value = found.value
    if not isinstance(value, External):
        return False
    return not value.made or value.origin is None or value.origin.node is node


def promised(resolver: Resolver, module: Module, node: ast.expr, found: Found) -> tuple[Found, ...]:
    """What one annotated class promises."""
    value = found.value
    if isinstance(value, Sdk):
        cls = constructor(value.path)
        if cls is None:
            return ()
        return (found.becomes(Client(cls, None)).via(step(module, node, f"annotated as {cls}")),)
    if isinstance(value, Class):
        base = attributes.sdk_base(resolver, value)
        kind = Client(base, None, value) if base else Instance(value)
        words = f"annotated as {value.scope.name}"
        return (found.becomes(kind).via(step(module, node, words)),)
    if isinstance(value, External):
        return foreign(resolver, found, value)
    return ()


def foreign(resolver: Resolver, found: Found, value: External) -> tuple[Found, ...]:
    """What a name of another package promises: an alias what it stands for, a type variable its bounds."""
    place = value.origin
    if place is not None and not value.made and isinstance(place.node, ast.Subscript):
        return annotation(resolver, place.module, place.scope, place.node)
    if place is not None and value.path in _NAMED and isinstance(place.node, ast.Call):
        bounds = [k.value for k in place.node.keywords if k.arg == "bound"] + place.node.args[1:]
        told = union(*(annotation(resolver, place.module, place.scope, b) for b in bounds))
        return told or ((found,) if value.path.endswith("TypeVar") else ())
    if value.path.startswith(("builtins.", "typing.", "typing_extensions.")) or value.path in _TELLS_NOTHING:
        return ()
    return (found.becomes(External(value.path, made=True)),)
