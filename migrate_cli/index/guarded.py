"""Which parts of an object the program has tested before it uses them."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace

from migrate_cli.index.module import Module
from migrate_cli.index.tree import tree_of
from migrate_cli.model import Span, Use, Way

Route = tuple[str | int | None, ...]
_ASKING = {"len", "isinstance", "bool", "any", "all", "callable"}


def with_tests(uses: Iterable[tuple[Use, Module, ast.AST]]) -> tuple[Use, ...]:
    """The uses, each told which routes are tested on the way to it."""
    known = list(uses)
    regions: list[tuple[str, Span, Route]] = []
    for use, module, node in known:
        route = asked(use)
        if route is not None:
            regions += [(use.path, span, route) for span in tree_of(module).governed(node)]
    if not regions:
        return tuple(use for use, _, _ in known)
    return tuple(_told(use, regions) for use, _, _ in known)


def asked(use: Use) -> Route | None:
    """The route that a use tests, None when it tests nothing."""
    word = (use.detail or "").rsplit(".", 1)[-1]
    if (use.way is Way.COMPARE and word in ("holds", "lacks")) or word == "hasattr":
        key = use.literals[0] if use.literals else None
        return (*use.route, key) if isinstance(key, str) else use.route
    if use.way in (Way.TEST, Way.COMPARE, Way.METHOD):
        return use.route
    if use.way is Way.ARGUMENT and word in _ASKING:
        return use.route
    return None


def _told(use: Use, regions: list[tuple[str, Span, Route]]) -> Use:
    tested = tuple(
        dict.fromkeys(
            route
            for path, span, route in regions
            if path == use.path and span.start <= use.span.start < span.end
        )
    )
    if not tested:
        return use
    own = any(same(route, use.route) for route in tested)
    return replace(use, tested=tested, guarded=use.guarded or own)


def same(one: Route, other: Route) -> bool:
    """Whether two routes can mean the same thing; an index that is not known may be any."""
    return len(one) == len(other) and all(a == b or None in (a, b) for a, b in zip(one, other, strict=True))
