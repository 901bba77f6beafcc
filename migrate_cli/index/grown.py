"""What collections and other containers hold that was put in later: `clients.append(c)`, `cache[key] = c`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from migrate_cli.index import holders
from migrate_cli.index.module import FED, Module, Scope, Store
from migrate_cli.index.project import stem
from migrate_cli.index.values import Display, External, Found, union

if TYPE_CHECKING:
    from migrate_cli.index.resolve import Resolver

_GROWS = rb"\b%b\b\s*(?:\[|\.\s*(?:append\w*|add|put\w*|set\w*|insert|push)\s*\()"


def grown(resolver: Resolver, place: Display, key: object) -> tuple[Found, ...]:
    """What is stored later under `key` (None: under any) in what the display or call `place` makes; only likely."""
    return resolver.once((place.node, "grown", key), partial(_grown, resolver, place, key))


def _grown(resolver: Resolver, place: Display, key: object) -> tuple[Found, ...]:
    names, open_name = keepers(place)
    exact: list[tuple[Found, ...]] = []
    vague: list[tuple[Found, ...]] = []
    for name in sorted(names):
        for module in _modules(resolver, place.module, name, everywhere=open_name):
            for store in module.kept_in(name):
                if key in (None, store.key) or store.key is FED:
                    if not _same(resolver, module, store, place):
                        continue
                    found = holders.value(resolver, module, store)
                    (exact if key is not None and store.key == key else vague).append(found)
    if exact:
        return union(*exact)
    return tuple(f.via(likely=True) for f in union(*vague))


def keepers(place: Display) -> tuple[set[str], bool]:
    """Names and attributes that the display is kept under, and whether other files can reach it."""
    scope, node = place.scope, place.node
    names = {name for name, bound in scope.bindings.items() if any(b.value is node for b in bound)}
    reachable = bool(names) and scope.kind == "module"
    owner: Scope | None = scope.nearest_class()
    if owner is not None:
        for attr, values in owner.attributes.items():
            if any(value is node for value, _, _ in values):
                names.add(attr)
    if scope.parent is not None:  # `global name`
        top = place.module.scope
        names |= {n for n in scope.outer if any(b.value is node for b in top.bindings.get(n, ()))}
    return names, reachable


def _modules(resolver: Resolver, home: Module, name: str, *, everywhere: bool) -> list[Module]:
    """The files in which something kept under `name` may be given more."""
    project = resolver.project
    paths: list[str] = [home.path]
    if everywhere:
        about = {*project.importing(stem(home.path))}
        paths += [p for p in project.matching(name, _GROWS) if p in about and p != home.path]
    return [m for p in paths[: holders.MAX_FILES] if (m := project.module(p)) is not None]


def _same(resolver: Resolver, module: Module, store: Store, place: Display) -> bool:
    """Whether a store's holder is what `place` makes."""
    for found in resolver.eval(module, store.use.scope, store.use.block, store.holder):
        value = found.value
        made = value.origin if isinstance(value, External) else value
        if isinstance(made, Display) and made.node is place.node:
            return True
    return False
