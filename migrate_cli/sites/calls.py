"""API calls of one file, resolved before they are reported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from migrate_cli.files.secrets import mask
from migrate_cli.index.module import Module, Use
from migrate_cli.index.sdk import ALONE, HOLDERS, METHODS, RESOURCES, chain_endpoint, legacy_endpoint
from migrate_cli.index.values import Found, Resource, Sdk, Unknown
from migrate_cli.model import MODEL_ARGUMENTS, Certainty, Site, SiteId, SiteKind
from migrate_cli.sites.arguments import Reader, arguments
from migrate_cli.sites.guards import with_guards

# shapes so particular to the SDK that a receiver we cannot follow is still worth a look
TELLING = {
    ("chat", "completions"), ("beta", "chat"), ("audio", "transcriptions"), ("audio", "speech"),
    ("fine_tuning", "jobs"), ("beta", "threads"), ("beta", "assistants"),
}  # fmt: skip


def call_sites(reader: Reader, module: Module, *, suspects: bool) -> Iterator[Site]:
    """Every API call. With `suspects`, a telling shape on a receiver that cannot be followed is a guess."""
    kept = methods_kept(module)
    for use in module.calls:
        call = use.node
        assert isinstance(call, ast.Call)
        if not possible(call.func) and last(call.func) not in kept:
            continue
        reader.resolver.fresh_budget()
        values = reader.resolver.eval(module, use.scope, use.block, call.func)
        hit = settled(values)
        if hit is not None:
            yield build(reader, module, use, hit)
        elif suspects and telling(call.func) and not other_vendor(values):
            chain = shape(call.func)
            endpoint = chain_endpoint(chain) or chain[0]
            why = values[0] if values else Found(Unknown("the receiver only leads back to itself"))
            yield build(reader, module, use, Hit(".".join(chain), endpoint, False, Certainty.GUESS, why))


@dataclass(frozen=True, slots=True)
class Hit:
    """What a resolved function turned out to be: an API method, with the clients that it belongs to."""

    symbol: str
    endpoint: str
    legacy: bool
    certainty: Certainty
    found: Found
    clients: tuple[SiteId, ...] = ()


def settled(values: tuple[Found, ...]) -> Hit | None:
    """The API method among the values of a function, only likely when it could also be something else."""
    real = [(f, t) for f in values if (t := target(f)) is not None]
    if not real:
        return None
    found, (symbol, endpoint, legacy) = real[0]
    certainty = min((f.certainty for f, _ in real), key=list(Certainty).index)
    if len(real) < len(values):
        certainty = Certainty.LIKELY
    return Hit(symbol, endpoint, legacy, certainty, found, client_ids(f for f, _ in real))


def possible(function: ast.expr) -> bool:
    """Whether the function could be an API method by its last names; most calls stop here, unresolved."""
    if not isinstance(function, ast.Attribute) or function.attr not in METHODS:
        return False
    return function.attr in ALONE or last(function.value) in HOLDERS


def last(node: ast.AST) -> str | None:
    """Last name of a name or an attribute."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)


def methods_kept(module: Module) -> set[str]:
    """Names and attributes that are given an API method (`complete = client.chat.completions.create`)."""
    bound = [
        (name, b.value)
        for scope in module.scopes.values()
        for name, bindings in scope.bindings.items()
        for b in bindings
        if b.kind == "value"
    ]
    bound += [
        (name, value)
        for scope in module.scopes.values()
        for name, values in scope.attributes.items()
        for value, _, _ in values
    ]
    return {
        name
        for name, value in bound
        if value is not None and any(possible(part) for part in alternatives(value))
    }


def alternatives(node: ast.expr) -> tuple[ast.expr, ...]:
    """The expressions that a conditional expression chooses from."""
    if isinstance(node, ast.IfExp):
        return (*alternatives(node.body), *alternatives(node.orelse))
    return (node,)


def target(found: Found) -> tuple[str, str, bool] | None:
    """(symbol, endpoint, legacy) when calling this value is an API call."""
    value = found.value
    if isinstance(value, Resource):
        endpoint = chain_endpoint(value.chain)
        return (".".join(value.chain), endpoint, False) if endpoint else None
    if isinstance(value, Sdk):
        legacy = legacy_endpoint(value.path)
        if legacy:
            return value.path, legacy, True
        chain = tuple(value.path.split(".")[1:])
        endpoint = chain_endpoint(chain)
        return (value.path, endpoint, False) if endpoint else None
    return None


def client_ids(found: Iterator[Found]) -> tuple[SiteId, ...]:
    """The constructors behind the resolved receivers."""
    ids = []
    for f in found:
        if isinstance(f.value, Resource) and f.value.client.site is not None:
            ids.append(f.value.client.site)
    return tuple(dict.fromkeys(ids))


def build(reader: Reader, module: Module, use: Use, hit: Hit, anchor: ast.expr | None = None) -> Site:
    """The site of one API call; `anchor` is the method where it is not the function that `use` calls."""
    call = use.node
    assert isinstance(call, ast.Call)
    given, unfollowed = arguments(reader, module, use)
    given = tuple(with_guards(reader, a) if a.name in MODEL_ARGUMENTS else a for a in given)
    if anchor is not None:
        given = tuple(a for a in given if a.span != module.span(anchor))
    return Site(
        SiteKind.CALL,
        module.path,
        module.span(call),
        reader.places.node(module, call),
        hit.symbol,
        module.span(anchor or call.func),
        mask(module.code(call)),
        endpoint=hit.endpoint,
        legacy=hit.legacy,
        certainty=hit.certainty,
        evidence=reader.places.chain(hit.found.steps),
        arguments=given,
        positional=len(call.args) if anchor is None else 0,
        unfollowed=unfollowed,
        clients=hit.clients,
    )


def shape(node: ast.expr) -> tuple[str, ...]:
    """The part of an attribute chain from the first resource name on: `x.y.chat.completions.create` from `chat`."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    parts.reverse()
    for index, part in enumerate(parts):
        if part in RESOURCES or part == "beta":
            return tuple(parts[index:])
    return ()


def telling(node: ast.expr) -> bool:
    """Whether the chain could hardly be anything but an OpenAI-shaped API."""
    return shape(node)[:2] in TELLING


def other_vendor(values: tuple[Found, ...]) -> bool:
    """Whether the receiver is known to be something else: an object of another package or of the project."""
    return any(not isinstance(f.value, Unknown) for f in values)
