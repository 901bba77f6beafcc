"""API methods that are passed on as values: `asyncio.to_thread(client.chat.completions.create, model=…)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.index.module import Module, Use
from migrate_cli.index.sdk import FORWARDERS, METHODS, TELLING_KEYWORDS
from migrate_cli.index.syntax import terminal
from migrate_cli.index.values import External, step
from migrate_cli.model import Certainty, Site, SiteKind, Span
from migrate_cli.sites.arguments import Reader
from migrate_cli.sites.calls import Hit, build, possible, settled
from migrate_cli.sites.kept import named_only, within

# Functions that look at a method and do not call it.
LOOKERS = {
    "hasattr", "callable", "isinstance", "issubclass", "id", "repr", "print", "type", "signature", "getsource",
    "getdoc", "iscoroutinefunction", "wraps", "update_wrapper", "isawaitable", "isfunction", "ismethod", "is_patched",
}  # fmt: skip


def bound_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Every API method that is named but not called on the spot.

    Where it is handed to a call together with its arguments, that call is the site; where what it is handed to gives
    something that is called at once (`retry(…)(method)(…)`), the outer call is. Otherwise the arguments are out of
    sight, and the site is a guess that nothing edits.
    """
    references = named_only(module, possible, METHODS)
    if not references:
        return
    inside = chosen(module)
    calls = {u.node.func: u for u in module.calls if isinstance(u.node, ast.Call)}
    takers = {
        part: u
        for u in module.calls
        if isinstance(u.node, ast.Call)
        for part in (*u.node.args, *(k.value for k in u.node.keywords))
    }
    for use in references:
        node = use.node
        assert isinstance(node, ast.expr)
        taker = takers.get(node)
        if (taker is not None and terminal(taker.node) in LOOKERS) or within(module.span(node), inside):
            continue
        reader.resolver.fresh_budget()
        hit = settled(reader.resolver.eval(module, use.scope, use.block, node))
        if hit is not None:
            yield site(reader, module, node, hit, taker, calls)


def chosen(module: Module) -> list[Span]:
    """Spans of the choices and displays that are called on the spot: `(a.create if x else b.create)(…)`."""
    functions = (u.node.func for u in module.calls if isinstance(u.node, ast.Call))
    return [module.span(f) for f in functions if isinstance(f, (ast.IfExp, ast.BoolOp, ast.Subscript))]


def site(
    reader: Reader, module: Module, node: ast.expr, hit: Hit, taker: Use | None, calls: dict[ast.expr, Use]
) -> Site:
    """The site of one method that is passed on; `calls` finds the call of a function's expression."""
    outer = calls.get(taker.node) if taker is not None and isinstance(taker.node, ast.expr) else None
    if outer is not None:
        return build(reader, module, outer, replace(hit, certainty=Certainty.LIKELY), node)
    certainty = forwarding(reader, module, taker) if taker is not None else None
    if taker is None or certainty is None:
        return apart(reader, module, node, hit)
    if certainty is Certainty.LIKELY:
        hit = replace(hit, certainty=Certainty.LIKELY)
    return build(reader, module, taker, hit, node)


def forwarding(reader: Reader, module: Module, taker: Use) -> Certainty | None:
    """How sure it is that a call gives its keywords to the method it was handed, None when nothing says so."""
    call = taker.node
    assert isinstance(call, ast.Call)
    for found in reader.resolver.eval(module, taker.scope, taker.block, call.func):
        if isinstance(found.value, External) and found.value.path in FORWARDERS:
            return Certainty.PROVED
    if any(k.arg in TELLING_KEYWORDS for k in call.keywords):
        return Certainty.LIKELY
    return None


def apart(reader: Reader, module: Module, node: ast.expr, hit: Hit) -> Site:
    """The site of a method whose arguments are given elsewhere."""
    words = step(module, node, "passed on as a value: its arguments are given elsewhere")
    return Site(
        SiteKind.CALL,
        module.path,
        module.span(node),
        reader.places.node(module, node),
        hit.symbol,
        module.span(node),
        module.code(node),
        endpoint=hit.endpoint,
        legacy=hit.legacy,
        certainty=Certainty.GUESS,
        evidence=reader.places.chain((words, *hit.found.steps)),
        clients=hit.clients,
    )
