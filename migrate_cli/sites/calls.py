"""API calls of one file, resolved before they are reported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from migrate_cli.files.secrets import mask
from migrate_cli.index.module import Module, Use
from migrate_cli.index.parameters import times_passed
from migrate_cli.index.sdk import (
    ALONE,
    HOLDERS,
    LEGACY_FUNCTIONS,
    METHODS,
    RAW_METHODS,
    RESOURCES,
    TRANSPARENT,
    VENDORS,
    WRAPPED,
    chain_endpoint,
    legacy_endpoint,
    resource_endpoint,
)
from migrate_cli.index.syntax import is_super, last_name, root_name, terminal
from migrate_cli.index.values import Client, Constant, External, Found, Resource, Sdk, Unknown, step, unknown
from migrate_cli.model import MODEL_ARGUMENTS, Certainty, Site, SiteId, SiteKind
from migrate_cli.sites.arguments import Reader, arguments
from migrate_cli.sites.guards import with_guards
from migrate_cli.sites.hosts import endpoint_of
from migrate_cli.sites.kept import kept_names

# shapes so particular to the SDK that a receiver we cannot follow is still worth a look
TELLING = {
    ("chat", "completions"), ("beta", "chat"), ("audio", "transcriptions"), ("audio", "speech"),
    ("fine_tuning", "jobs"), ("beta", "threads"), ("beta", "assistants"),
}  # fmt: skip


WRAPPER = "instructor."  # in the evidence of a client that instructor wrapped
FUNCTIONS = {path.rsplit(".", 1)[-1] for path in LEGACY_FUNCTIONS}


def call_sites(reader: Reader, module: Module, *, suspects: bool) -> Iterator[Site]:
    """Every API call. With `suspects`, a telling shape on a receiver that cannot be followed is a guess."""
    kept = kept_names(reader.resolver.project, module, possible, METHODS)
    for use in module.calls:
        call = use.node
        assert isinstance(call, ast.Call)
        if not worth(call, kept):
            continue
        reader.resolver.fresh_budget()
        values = reader.resolver.eval(module, use.scope, use.block, call.func)
        hit = settled(values) or raw(reader, module, use, values) or computed(reader, module, use)
        if hit is not None:
            yield build(reader, module, use, hit)
        elif suspects and telling(call.func) and not (other_vendor(values) or hollow(reader, module, use)):
            chain = shape(call.func)
            endpoint = chain_endpoint(chain) or chain[0]
            why = values[0] if values else unknown("the receiver only leads back to itself")[0]
            yield build(reader, module, use, Hit(".".join(chain), endpoint, False, Certainty.GUESS, why))


def worth(call: ast.Call, kept: set[str]) -> bool:
    """Whether a call may be one of the API, judged by its names: most calls stop here, unresolved."""
    function = call.func
    if possible(function) or last_name(function) in kept:
        return True
    if isinstance(function, ast.Attribute):
        if function.attr in METHODS and is_super(function.value):
            return True
        raw_method = function.attr in RAW_METHODS and any(k.arg == "cast_to" for k in call.keywords)
        return raw_method or (function.attr in METHODS and terminal(function.value) == "getattr")
    if isinstance(function, ast.Name):
        return function.id in FUNCTIONS
    if isinstance(function, ast.Subscript):
        return last_name(function.value) in kept or root_name(function) in kept or holds(function.value)
    if isinstance(function, ast.Call):
        return terminal(function) == "getattr" or terminal(function) in kept
    return isinstance(function, (ast.IfExp, ast.BoolOp)) and holds(function)


def holds(node: ast.AST) -> bool:
    """Whether an API method may be named somewhere inside an expression."""
    return any(possible(part) for part in ast.walk(node))


@dataclass(frozen=True, slots=True)
class Hit:
    """What a resolved function turned out to be: an API method, with the clients that it belongs to."""

    symbol: str
    endpoint: str | None
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
    if all(f.certainty is not Certainty.PROVED for f, _ in real) and any(is_vendors(f) for f in values):
        return None
    if others_are_nearer(values, min(times_passed(f) for f, _ in real)):
        return None
    return Hit(symbol, endpoint, legacy, certainty, found, client_ids(f for f, _ in real))


def raw(reader: Reader, module: Module, use: Use, values: tuple[Found, ...]) -> Hit | None:
    """`client.post("/chat/completions", cast_to=…)`: a request by its path."""
    call = use.node
    assert isinstance(call, ast.Call)
    real = [f for f in values if isinstance(f.value, Resource) and is_raw(f.value.chain)]
    if not real or not call.args:
        return None
    paths = [
        f.value.value
        for part in call.args[:2]
        for f in reader.resolver.eval(module, use.scope, use.block, part)
        if isinstance(f.value, Constant) and isinstance(f.value.value, str)
    ]
    endpoint = next((e for path in paths if (e := endpoint_of(path)) is not None), None)
    certainty = Certainty.PROVED if len(real) == len(values) else Certainty.LIKELY
    assert isinstance(real[0].value, Resource)
    return Hit(".".join(real[0].value.chain), endpoint, False, certainty, real[0], client_ids(iter(real)))


def is_raw(chain: tuple[str, ...]) -> bool:
    """Whether an attribute chain is one of the client's own request methods."""
    parts = [p for p in chain if p not in TRANSPARENT]
    return len(parts) == 1 and parts[0] in RAW_METHODS


def computed(reader: Reader, module: Module, use: Use) -> Hit | None:
    """`getattr(client.chat, name).create(…)`, `getattr(client.files, name)(…)`: a guess, whatever the name is."""
    call = use.node
    assert isinstance(call, ast.Call)
    made = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    if not isinstance(made, ast.Call) or terminal(made) != "getattr" or len(made.args) < 2:
        return None
    owners = reader.resolver.eval(module, use.scope, use.block, made.args[0])
    for found in owners:
        if isinstance(found.value, (Client, Resource)):
            chain = found.value.chain if isinstance(found.value, Resource) else ()
            words = step(module, made, "an attribute of the client whose name is computed")
            endpoint = resource_endpoint(tuple(p for p in chain if p not in TRANSPARENT) or ("",))
            symbol = ".".join((*chain, "…"))
            return Hit(symbol, endpoint, False, Certainty.GUESS, found.via(words), client_ids(iter(owners)))
    return None


def is_vendors(found: Found) -> bool:
    """Whether a value surely belongs to another vendor's SDK, which outweighs an OpenAI client that is only likely."""
    value = found.value
    sure = found.certainty is Certainty.PROVED
    return sure and isinstance(value, External) and value.path.split(".")[0] in VENDORS


def others_are_nearer(values: tuple[Found, ...], distance: int) -> bool:
    """Whether other vendors' clients come through fewer parameters than OpenAI's: one constructed, or two promised.

    A helper that takes the clients of several vendors gives each caller what all its callers pass.
    """
    near = [f for f in values if is_vendors(f) and times_passed(f) < distance]
    vendors = {f.value.path.split(".")[0] for f in near if isinstance(f.value, External)}
    return len(vendors) > 1 or any(s.text.endswith("() is called") for f in near for s in f.steps[-1:])


def possible(function: ast.AST) -> bool:
    """Whether an expression could be an API method by its last names."""
    if not isinstance(function, ast.Attribute) or function.attr not in METHODS:
        return False
    if function.attr in RESOURCES:  # `admin.organization.usage.completions()`, not the resource of that name
        return last_name(function.value) == "usage"
    return function.attr in ALONE or last_name(function.value) in HOLDERS


def target(found: Found) -> tuple[str, str, bool] | None:
    """(symbol, endpoint, legacy) when calling this value is an API call."""
    value = found.value
    if isinstance(value, Resource):
        endpoint = chain_endpoint(value.chain)
        if endpoint is None or (is_wrapped(value.chain) and not any(WRAPPER in s.text for s in found.steps)):
            return None
        return ".".join(value.chain), endpoint, False
    if isinstance(value, Sdk):
        legacy = legacy_endpoint(value.path)
        if legacy:
            return value.path, legacy, True
        chain = tuple(value.path.split(".")[1:])
        endpoint = chain_endpoint(chain)
        return (value.path, endpoint, False) if endpoint else None
    return None


def is_wrapped(chain: tuple[str, ...]) -> bool:
    """Whether a chain only exists on a client that instructor wrapped."""
    return next((p for p in chain if p not in TRANSPARENT), "") in WRAPPED


def client_ids(found: Iterator[Found]) -> tuple[SiteId, ...]:
    """The constructors behind the resolved receivers."""
    ids = []
    for f in found:
        client = f.value.client if isinstance(f.value, Resource) else f.value
        if isinstance(client, Client) and client.site is not None:
            ids.append(client.site)
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


def hollow(reader: Reader, module: Module, use: Use) -> bool:
    """Whether the first resource of a chain is an attribute that a class leaves empty (`chat = None`)."""
    call = use.node
    assert isinstance(call, ast.Call)
    node: ast.expr = call.func
    depth = len(shape(node))
    for _ in range(depth - 1):
        assert isinstance(node, ast.Attribute)
        node = node.value
    values = reader.resolver.eval(module, use.scope, use.block, node)
    return bool(values) and all(isinstance(f.value, Constant) for f in values)


def other_vendor(values: tuple[Found, ...]) -> bool:
    """Whether the receiver is known to be something else: an object of another package or of the project."""
    return any(not isinstance(f.value, Unknown) for f in values)
