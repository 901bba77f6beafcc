"""What objects hold that no class definition tells of: stored from outside, or on an object of another package.

Where the holder is a class, object or module of the project, it is the same one that is read and written. Where it
is not known (`request.app.state`, `flask.g`, `st.session_state`), its last name has to be the same: that is likely.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from migrate_cli.index import attributes
from migrate_cli.index.module import FED, Module, Scope, Store
from migrate_cli.index.project import stem
from migrate_cli.index.sdk import METHODS, RESOURCES, TRANSPARENT
from migrate_cli.index.syntax import first_parameter, last_name
from migrate_cli.index.values import (
    Class,
    Display,
    External,
    Found,
    Instance,
    Package,
    Unknown,
    step,
    union,
)

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

MAX_FILES = 40
# Cheap signs in the bytes that a file stores something under a name.
_STORES = (".% =", ".%=", ".%:", ".%,", '"%"]', "'%']", '("%",', "('%',")
# The same where the name of the holder is known, and stands before.
_ON = (".%", '["%"]', "['%']", '.set("%"', ".set('%'", ', "%"', ", '%'")
# Objects of other packages that programs keep their own things on, as they are imported.
_SHELVES = ("flask.g", "flask.current_app", "quart.g", "quart.current_app", "streamlit.session_state",
            "chainlit.user_session")  # fmt: skip
_SAME_NAME = {"current_app": "app", "application": "app", "_app": "app", "req": "request"}
_NEVER = RESOURCES.keys() | METHODS | TRANSPARENT


def stored(
    resolver: Resolver, key: str, signs: tuple[str, ...] = _STORES, among: Iterable[str] | None = None
) -> Iterator[tuple[Module, Store]]:
    """What the project, or the files `among` it that show one of `signs`, store under the attribute or key `key`."""
    for path in resolver.project.holding(key, signs, among)[:MAX_FILES]:
        if resolver.used_up():
            return
        module = resolver.project.module(path)
        if module is not None:
            yield from ((module, store) for store in module.kept(key))


def outside(resolver: Resolver, holder: Class | Package, key: str) -> tuple[Found, ...]:
    """What is stored from outside on a class of the project, on its objects, or on a module of it."""
    place = holder.scope if isinstance(holder, Class) else holder.module
    return resolver.once((place, "outside", key), partial(_outside, resolver, holder, key))


def _outside(resolver: Resolver, holder: Class | Package, key: str) -> tuple[Found, ...]:
    groups: list[tuple[Found, ...]] = []
    for module, store in stored(resolver, key, among=_knowing(resolver, holder)):
        if _own(store):
            continue
        known = resolver.eval(module, store.use.scope, store.use.block, store.holder)
        if any(_is(resolver, f.value, holder) for f in known):
            groups.append(value(resolver, module, store))
    return union(*groups)


def _knowing(resolver: Resolver, holder: Class | Package) -> set[str]:
    """Files that can know a class or module: its own, and those that import or name it."""
    home = holder.module.path
    about = {home, *resolver.project.importing(stem(home))}
    return about | set(resolver.project.mentioning(holder.scope.name)) if isinstance(holder, Class) else about


def value(resolver: Resolver, module: Module, store: Store) -> tuple[Found, ...]:
    """What one store holds."""
    scope, block = module.where.get(store.value, (store.use.scope, store.use.block))
    found = resolver.eval(module, scope, block, store.value)
    words = "stored in" if store.key is FED else f"stored as `{store.key}` on"
    text = f"{words} {last_name(store.holder) or 'an object'}"
    return tuple(f.via(step(module, store.value, text)) for f in found)


def _is(resolver: Resolver, known: object, holder: Class | Package) -> bool:
    """Whether a store's holder is the class or module that is read from."""
    cls = known.cls if isinstance(known, Instance) else known
    if cls == holder:
        return True
    related = isinstance(cls, Class) and isinstance(holder, Class)
    return related and any(b.value == cls for b in attributes.bases(resolver, holder))  # type: ignore[arg-type]


def _own(store: Store) -> bool:
    """Whether a method stores on its own object, which the class already tells."""
    function: Scope | None = store.use.scope
    return (
        isinstance(store.holder, ast.Name)
        and function is not None
        and function.enclosing_class() is not None
        and first_parameter(function.node) == store.holder.id
    )


def by_name(
    resolver: Resolver, scope: Scope, holder: ast.expr, key: object, known: tuple[Found, ...]
) -> tuple[Found, ...]:
    """What is stored under `key` on something that is called like `holder`, which stands for `known` things."""
    word = last_name(holder)
    if word is None or not isinstance(key, str) or key in _NEVER or not _shelf(scope, holder, known):
        return ()
    name = _SAME_NAME.get(word, word)
    return resolver.once((name, "shelf", key), partial(_by_name, resolver, name, key))


def _by_name(resolver: Resolver, name: str, key: str) -> tuple[Found, ...]:
    groups: list[tuple[Found, ...]] = []
    called = (name, *(other for other, same in _SAME_NAME.items() if same == name))
    for module, store in stored(resolver, key, tuple(f"{word}{sign}" for word in called for sign in _ON)):
        word = last_name(store.holder)
        if word is None or _SAME_NAME.get(word, word) != name or _own(store):
            continue
        holder = resolver.eval(module, store.use.scope, store.use.block, store.holder)
        if _shelf(store.use.scope, store.holder, holder):
            groups.append(value(resolver, module, store))
    if name == "state":
        groups.append(_lifespan(resolver, key))
    return tuple(f.via(likely=True) for f in union(*groups) if not isinstance(f.value, Unknown))


def _shelf(scope: Scope, holder: ast.expr, known: tuple[Found, ...]) -> bool:
    """Whether all that an expression can be are objects of other packages, or nothing that we know of.

    A local variable is one only as the object of a class: its name means something else in every function.
    """
    values = [f.value for f in known]
    if isinstance(holder, ast.Name) and _is_local(scope, holder.id):
        return all(isinstance(v, External) and v.made and _is_class(v.path) for v in values)
    return all(
        v.made or v.path.startswith(_SHELVES) if isinstance(v, External) else type(v) is Unknown
        for v in values
    )


def _is_class(path: str) -> bool:
    """Whether a dotted path names a class, by its capital (`flask.Flask`)."""
    return path.rsplit(".", 1)[-1][:1].isupper() or path == "threading.local"


def _is_local(scope: Scope, name: str) -> bool:
    """Whether a name is bound in its own function, and not as a parameter."""
    bound = scope.bindings.get(name, ())
    return scope.kind == "function" and any(b.kind != "param" for b in bound)


def _lifespan(resolver: Resolver, key: str) -> tuple[Found, ...]:
    """`lifespan=f`, where `f` yields a dictionary that every request's `state` shows."""
    groups: list[tuple[Found, ...]] = []
    for path in resolver.project.holding("lifespan", ("%=", "% ="))[:MAX_FILES]:
        module = resolver.project.module(path)
        for use in module.calls if module is not None else ():
            given = [k.value for k in use.node.keywords if k.arg == "lifespan"]  # type: ignore[attr-defined]
            for node in given:
                assert module is not None
                groups += [
                    resolver.element(shown, key)
                    for function in resolver.eval(module, use.scope, use.block, node)
                    for shown in resolver.yielded(function)
                    if isinstance(shown.value, Display)
                ]
    return union(*groups)
