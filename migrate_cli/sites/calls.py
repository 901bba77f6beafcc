"""Client constructors and API calls of one file, resolved before they are reported."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate_cli.files.secrets import mask
from migrate_cli.index.module import Module, Use
from migrate_cli.index.sdk import METHODS, RESOURCES, chain_endpoint, constructor, legacy_endpoint
from migrate_cli.index.values import Found, Resource, Sdk, Unknown
from migrate_cli.model import Certainty, Site, SiteId, SiteKind
from migrate_cli.sites.arguments import Reader, arguments
from migrate_cli.sites.guards import with_guards

MODEL_NAMES = {"model", "engine", "deployment_id"}
# shapes so particular to the SDK that a receiver we cannot follow is still worth a look
TELLING = {
    ("chat", "completions"), ("beta", "chat"), ("audio", "transcriptions"), ("audio", "speech"),
    ("fine_tuning", "jobs"), ("beta", "threads"), ("beta", "assistants"),
}  # fmt: skip


def client_sites(reader: Reader, module: Module) -> Iterator[Site]:
    """Every construction of an SDK client."""
    for use in module.calls:
        call = use.node
        assert isinstance(call, ast.Call)
        if not isinstance(call.func, (ast.Name, ast.Attribute)):
            continue
        reader.resolver.fresh_budget()
        values = reader.resolver.eval(module, use.scope, use.block, call.func)
        classes = [(f, constructor(f.value.path)) for f in values if isinstance(f.value, Sdk)]
        names = {name for _, name in classes if name}
        if not names:
            continue
        found = next(f for f, name in classes if name)
        certainty = found.certainty if len(names) == len(values) else Certainty.LIKELY
        given, unfollowed = arguments(reader, module, use)
        yield Site(
            SiteKind.CLIENT,
            module.path,
            module.span(call),
            reader.places.node(module, call),
            f"openai.{sorted(names)[0]}",
            module.span(call.func),
            mask(module.code(call)),
            certainty=certainty,
            evidence=reader.places.chain(found.steps),
            arguments=given,
            positional=len(call.args),
            unfollowed=unfollowed,
            dotted=isinstance(call.func, ast.Attribute),
        )


def call_sites(reader: Reader, module: Module, *, suspects: bool) -> Iterator[Site]:
    """Every API call. With `suspects`, a telling shape on a receiver that cannot be followed is a guess."""
    for use in module.calls:
        call = use.node
        assert isinstance(call, ast.Call)
        if not isinstance(call.func, ast.Attribute) or call.func.attr not in METHODS:
            continue
        reader.resolver.fresh_budget()
        values = reader.resolver.eval(module, use.scope, use.block, call.func)
        hits = [(f, target(f)) for f in values]
        real = [(f, t) for f, t in hits if t is not None]
        if real:
            found, (symbol, endpoint, legacy) = real[0]
            certainty = min((f.certainty for f, _ in real), key=list(Certainty).index)
            others = [f for f, t in hits if t is None]
            if others:
                certainty = Certainty.LIKELY
            clients = client_ids(f for f, _ in real)
            yield build(reader, module, use, symbol, endpoint, legacy, certainty, found, clients)
        elif suspects and telling(call.func) and not other_vendor(values):
            chain = shape(call.func)
            endpoint = chain_endpoint(chain) or chain[0]
            symbol = ".".join(chain)
            why = values[0] if values else Found(Unknown("the receiver only leads back to itself"))
            yield build(reader, module, use, symbol, endpoint, False, Certainty.GUESS, why, ())


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


def build(
    reader: Reader,
    module: Module,
    use: Use,
    symbol: str,
    endpoint: str,
    legacy: bool,
    certainty: Certainty,
    found: Found,
    clients: tuple[SiteId, ...],
) -> Site:
    """The site of one API call."""
    call = use.node
    assert isinstance(call, ast.Call)
    given, unfollowed = arguments(reader, module, use)
    given = tuple(with_guards(reader, a) if a.name in MODEL_NAMES else a for a in given)
    return Site(
        SiteKind.CALL,
        module.path,
        module.span(call),
        reader.places.node(module, call),
        symbol,
        module.span(call.func),
        mask(module.code(call)),
        endpoint=endpoint,
        legacy=legacy,
        certainty=certainty,
        evidence=reader.places.chain(found.steps),
        arguments=given,
        positional=len(call.args),
        unfollowed=unfollowed,
        clients=clients,
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
