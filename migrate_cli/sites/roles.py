"""Literal messages of a file, given to the calls they belong to: roles that may be refused, and loose parts.

A message that an argument of a call is known to hold is that argument's (see `shapes`). Any other dictionary that
can only be a message, or a part of one, most likely belongs to a call near it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrate_cli.index.module import Module, Scope
from migrate_cli.model import Role, Shape, Site, Span
from migrate_cli.sites.arguments import Reader
from migrate_cli.sites.shapes import loose

WATCHED = {"developer", "function"}
ROLES = {"system", "user", "assistant", "developer", "function", "tool"}
PARTS = {"image_url", "input_image", "input_audio", "file", "input_file"}
TAKES_MESSAGES = {"chat.completions", "responses", "threads"}


def with_roles(reader: Reader, module: Module, sites: Iterable[Site]) -> list[Site]:
    """The sites, with each watched role and each loose part given to the call it most likely belongs to.

    What is written in the call's own function belongs to that call, any other to the file's first call that takes
    messages; a file without such a call keeps its messages to itself.
    """
    sites = list(sites)
    takers = [i for i, s in enumerate(sites) if s.endpoint in TAKES_MESSAGES]
    if not takers:
        return sites
    held = [span for i in takers for span in _held(module, sites[i])]
    for node, value, scope in sorted(_watched(module), key=lambda found: module.span(found[0])):
        near = [i for i in takers if scope_span_holds(module, scope, sites[i])]
        index = (near or takers)[0]
        site = sites[index]
        if value.value in WATCHED:
            role = Role(value.value, module.path, module.span(value), reader.places.node(module, value))
            site = replace(site, roles=(*site.roles, role))
        span = module.span(node)
        if not any(outer.start <= span.start and span.end <= outer.end for outer in held):
            held.append(span)
            site = replace(site, parts=(*site.parts, loose(reader, module, scope, node)))
        sites[index] = site
    return sites


def _watched(module: Module) -> Iterator[tuple[ast.Dict, ast.Constant, Scope]]:
    """Every `{"role": …}` and `{"type": "image_url", …}` display of the file, with the word that tells."""
    for node, (scope, _) in module.where.items():
        if not isinstance(node, ast.Dict):
            continue
        for key, value in zip(node.keys, node.values, strict=True):
            if not (isinstance(key, ast.Constant) and isinstance(value, ast.Constant)):
                continue
            known = ROLES if key.value == "role" else PARTS if key.value == "type" else ()
            if isinstance(value.value, str) and value.value in known:
                yield node, value, scope


def _held(module: Module, site: Site) -> Iterator[Span]:
    """Where the structures that reach a call through its arguments are written in this file."""
    for argument in site.arguments:
        if argument.shape is not None:
            yield from (s.span for s in _pieces(argument.shape) if s.path == module.path)


def _pieces(shape: Shape) -> Iterator[Shape]:
    yield shape
    for part in (*shape.items, *(e.shape for e in shape.entries)):
        yield from _pieces(part)


def scope_span_holds(module: Module, scope: Scope, site: Site) -> bool:
    """Whether a call stands in the function that `scope` is; true for the module only when it is the module's own."""
    if scope.kind == "module":
        return False
    span = module.span(scope.node)
    return span.start <= site.span.start and site.span.end <= span.end
