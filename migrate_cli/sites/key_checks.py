"""Checks of a key: what it looks like (`key.startswith("sk-")`), and whether there is one (`key is None`)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrate_cli.index.flow import uses_of
from migrate_cli.index.module import Module
from migrate_cli.index.module import Use as Found
from migrate_cli.index.syntax import default_of, dotted, terminal
from migrate_cli.model import Site, SiteKind, Use, Way
from migrate_cli.sites.arguments import Reader

MAX_EVALUATIONS = 1000  # to follow one key
MATCHERS = {"match", "fullmatch", "search"}
START = "sk-"
ABSENT = re.compile(rb"(is|is\s+not|[!=]=)\s+None\b")
TESTS = (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)


def with_key_checks(reader: Reader, module: Module, sites: Iterable[Site]) -> list[Site]:
    """The sites, each read of a key with the uses that test how it begins, or whether it is None."""
    sites = list(sites)
    begins, absent = START.encode() in module.data, ABSENT.search(module.data) is not None
    if not begins and not absent:
        return sites
    return [
        replace(
            s,
            uses=(
                *(checks(reader, module, s) if begins else ()),
                *(none_tests(reader, module, s) if absent else ()),
            ),
        )
        if s.kind is SiteKind.ENVIRONMENT and str(s.variable).endswith("_KEY") and s.form is None
        else s
        for s in sites
    ]


def checks(reader: Reader, module: Module, site: Site) -> Iterator[Use]:
    """The uses of one key that are such a test, with the beginning that it wants."""
    uses = (*module.calls, *module.references)
    node = next((u.node for u in uses if module.span(u.node) == site.span), None)
    if not isinstance(node, ast.expr):
        return
    reader.resolver.fresh_budget(MAX_EVALUATIONS)
    for use in uses_of(reader.resolver, module, node, reader.places.span):
        if use.way not in (Way.METHOD, Way.ARGUMENT) or use.route:
            continue
        home = reader.resolver.project.module(use.path)
        call = next((u.node for u in home.calls if home.span(u.node) == use.outer), None) if home else None
        if isinstance(call, ast.Call) and wants(call):
            yield replace(use, literals=(START,))


def none_tests(reader: Reader, module: Module, site: Site) -> Iterator[Use]:
    """`key is None` and its kin, of the name or attribute that is given this very read before."""
    for use in module.compares:
        node = use.node
        if not isinstance(node, ast.Compare) or len(node.ops) != 1 or not isinstance(node.ops[0], TESTS):
            continue
        right, name = node.comparators[0], dotted(node.left)
        if not isinstance(right, ast.Constant) or right.value is not None or not name:
            continue
        span = module.span(node)
        given = values_of(module, use, node.left, name)
        if span.start > site.span.end and any(module.span(v) == site.span for g in given for v in last_of(g)):
            yield Use(
                (),
                module.path,
                module.span(node.left),
                reader.places.node(module, node),
                name,
                name,
                Way.COMPARE,
                detail="is" if isinstance(node.ops[0], ast.Is | ast.Eq) else "is not",
                literals=(None,),
                outer=span,
            )


def values_of(module: Module, use: Found, left: ast.expr, name: str) -> Iterator[ast.expr]:
    """What a name of the same scope, or an attribute of that text, is given."""
    if isinstance(left, ast.Name):
        yield from (b.value for b in use.scope.bindings.get(name, ()) if b.value is not None)
        if isinstance(use.scope.node, ast.FunctionDef | ast.AsyncFunctionDef):
            default = default_of(use.scope.node, name)
            yield from [default] if default is not None else []
    elif isinstance(left, ast.Attribute):
        own = use.scope.nearest_class()
        for store in module.kept(left.attr):
            if dotted(store.holder) == dotted(left.value) and store.use.scope.nearest_class() is own:
                yield store.value


def last_of(node: ast.expr) -> Iterator[ast.expr]:
    """The expression, or what it ends in where nothing else is given."""
    yield node
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        yield node.values[-1]


def wants(call: ast.Call) -> bool:
    """Whether a call tests for the beginning of OpenAI's keys."""
    if terminal(call) == "startswith":
        return any(isinstance(n, ast.Constant) and n.value == START for a in call.args for n in ast.walk(a))
    first = call.args[0] if call.args else None
    pattern = first.value if isinstance(first, ast.Constant) else None
    return (
        terminal(call) in MATCHERS
        and isinstance(pattern, str)
        and pattern.lstrip("^(").startswith(START)
        and pattern.startswith(("^", START, "("))
    )
