"""Checks of what a key looks like: `key.startswith("sk-")`, `re.match(r"sk-[A-Za-z0-9]{48}", key)`."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrate_cli.index.flow import uses_of
from migrate_cli.index.module import Module
from migrate_cli.index.syntax import terminal
from migrate_cli.model import Site, SiteKind, Use, Way
from migrate_cli.sites.arguments import Reader

MAX_EVALUATIONS = 1000  # to follow one key
MATCHERS = {"match", "fullmatch", "search"}
START = "sk-"


def with_key_checks(reader: Reader, module: Module, sites: Iterable[Site]) -> list[Site]:
    """The sites, each read of a key with the uses that test how it begins."""
    sites = list(sites)
    if START.encode() not in module.data:
        return sites
    return [
        replace(s, uses=tuple(checks(reader, module, s)))
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
