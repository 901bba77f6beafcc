"""Literal message roles that a provider may refuse: `developer` and `function`."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace

from migrate_cli.index.module import Module, Scope
from migrate_cli.model import Role, Site
from migrate_cli.sites.places import Places

WATCHED = {"developer", "function"}
TAKES_MESSAGES = {"chat.completions", "responses", "threads"}


def with_roles(places: Places, module: Module, sites: Iterable[Site]) -> list[Site]:
    """The sites, with each watched role given to the call it most likely belongs to.

    A message written in the call's own function belongs to that call, any other to the file's first call that
    takes messages; a file without such a call keeps its roles to itself.
    """
    sites = list(sites)
    takers = [i for i, s in enumerate(sites) if s.endpoint in TAKES_MESSAGES]
    if not takers:
        return sites
    for role, scope in watched(places, module):
        near = [i for i in takers if scope_span_holds(module, scope, sites[i])]
        index = (near or takers)[0]
        sites[index] = replace(sites[index], roles=(*sites[index].roles, role))
    return sites


def watched(places: Places, module: Module) -> list[tuple[Role, Scope]]:
    """Every `{"role": "developer", …}` display of the file."""
    found = []
    for node, (scope, _) in module.where.items():
        if not isinstance(node, ast.Dict):
            continue
        for key, value in zip(node.keys, node.values, strict=True):
            if (
                isinstance(key, ast.Constant)
                and key.value == "role"
                and isinstance(value, ast.Constant)
                and value.value in WATCHED
            ):
                span = module.span(value)
                found.append((Role(value.value, module.path, span, places.node(module, value)), scope))
    return sorted(found, key=lambda pair: pair[0].span)


def scope_span_holds(module: Module, scope: Scope, site: Site) -> bool:
    """Whether a call stands in the function that `scope` is; true for the module only when it is the module's own."""
    if scope.kind == "module":
        return False
    span = module.span(scope.node)
    return span.start <= site.span.start and site.span.end <= span.end
