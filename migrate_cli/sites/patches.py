"""Tests that put something of their own in the SDK's place, or in the place of OpenAI's host.

By path (`patch("openai.ChatCompletion.create")`), by object (`patch.object(client.chat.completions, "create")`), by
assignment, in `sys.modules`, and by URL (`respx.post("https://api.openai.com/…")`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from migrate_cli.files.secrets import mask
from migrate_cli.index import names
from migrate_cli.index.module import Module, Use
from migrate_cli.index.names import outside
from migrate_cli.index.sdk import HOLDERS, RESOURCES, chain_endpoint, legacy_endpoint, resource_class_endpoint
from migrate_cli.index.syntax import dotted, last_name, root_name
from migrate_cli.index.values import Client, External, Found, Package, Resource, Sdk, Text
from migrate_cli.model import Certainty, Site, SiteKind, Span
from migrate_cli.sites.arguments import Reader, argument
from migrate_cli.sites.calls import possible, settled
from migrate_cli.sites.hosts import ApiUrl, api_url

PATCHERS = ("patch", "object", "multiple", "setattr", "delattr", "spy", "setitem", "delitem", "dict")
MODULES = "sys.modules"
MOCKERS = {
    "respx", "responses", "requests_mock", "aioresponses", "httpretty", "pook", "vcr", "pytest_httpx", "httmock",
    "responses_validator", "pytest_recording", "betamax",
}  # fmt: skip
FIXTURES = {
    "respx_mock",
    "httpx_mock",
    "requests_mock",
    "aioresponses",
    "mock_aioresponse",
    "rsps",
    "respx_router",
}
HOSTS = (b"openai.com", b"openai.azure")
URL_KEYWORDS = {"url", "base_url", "host", "url__eq", "url__startswith", "url__regex", "uri"}


class Patch(NamedTuple):
    """A site, and the span of what it replaces: nothing inside that is a site of its own."""

    site: Site
    covered: Span


def patches(reader: Reader, module: Module) -> Iterator[Patch]:
    """Every replacement in the file."""
    for use in module.calls_of(PATCHERS):
        reader.resolver.fresh_budget()
        yield from by_call(reader, module, use)
    for use in module.stores:
        reader.resolver.fresh_budget()
        yield from by_assignment(reader, module, use)
    if uses_mockers(module):
        for use in module.calls:
            reader.resolver.fresh_budget()
            yield from by_url(reader, module, use)


def by_call(reader: Reader, module: Module, use: Use) -> Iterator[Patch]:
    """`patch(…)` and its relatives."""
    call = use.node
    assert isinstance(call, ast.Call)
    word = dotted(call.func).rsplit(".", 1)[-1]
    if word in ("setitem", "delitem", "dict"):
        if modules_given(call, word):
            yield Patch(site(reader, module, call, "openai", (), Certainty.PROVED), module.span(call))
        return
    if not call.args or (word == "setattr" and isinstance(call.func, ast.Name) and len(call.args) != 3):
        return
    text = constant(call.args[0])
    if text is not None:
        found, certainty = at_path(reader, module, call, text)
    else:
        found, certainty = at_object(reader, module, use, call, word)
    path = symbol_of(found, text)
    if path is not None:
        made = site(reader, module, call, path, found, certainty)
        given = tuple(
            argument(reader, module, use.scope, use.block, k.arg, k.value) for k in call.keywords if k.arg
        )
        made = replace(
            made,
            anchor=module.span(call.args[0]),
            arguments=given,
            positional=len(call.args),
            dotted=text is None,
        )
        yield Patch(made, module.span(call.args[0]))


def modules_given(call: ast.Call, word: str) -> bool:
    """Whether a call puts an entry `openai` into `sys.modules`."""
    if not call.args or (dotted(call.args[0]) or constant(call.args[0])) != MODULES:
        return False
    if word != "dict":
        return len(call.args) > 1 and is_sdk(constant(call.args[1]))
    keys = [k for a in call.args[1:] if isinstance(a, ast.Dict) for k in a.keys if k is not None]
    return any(is_sdk(constant(k)) for k in keys) or any(k.arg == "openai" for k in call.keywords)


def is_sdk(text: str | None) -> bool:
    """Whether a dotted name is the SDK or in it."""
    return text is not None and isinstance(outside(text), Sdk)


def at_path(reader: Reader, module: Module, call: ast.Call, text: str) -> tuple[tuple[Found, ...], Certainty]:
    """What a dotted path means: in the project where it begins there, else in the SDK."""
    parts = text.split(".")
    if not all(p.isidentifier() for p in parts) or len(parts) < 2:
        return (), Certainty.PROVED
    resolver = reader.resolver
    for length in range(len(parts) - 1, 0, -1):
        path = resolver.project.find(module.path, ".".join(parts[:length]))
        target = resolver.project.module(path) if path is not None else None
        if target is not None:
            found = names.export(resolver, target, parts[length])
            for attr in parts[length + 1 :]:
                found = tuple(m for f in found for m in resolver.member(target, f, attr, call))
            return found, Certainty.LIKELY
    foreign = outside(text)
    if isinstance(foreign, Sdk):
        return (Found(foreign),), Certainty.PROVED
    for start, part in enumerate(parts):
        inside = ".".join(parts[start:])
        if part == "openai" and legacy_endpoint(inside) is not None:
            return (Found(Sdk(inside)),), Certainty.LIKELY
    return (), Certainty.PROVED


def at_object(
    reader: Reader, module: Module, use: Use, call: ast.Call, word: str
) -> tuple[tuple[Found, ...], Certainty]:
    """What `patch.object(owner, "name")` replaces, when the owner is the SDK's or a file of the project."""
    resolver = reader.resolver
    name = constant(call.args[1]) if len(call.args) > 1 else None
    if name is None or word in ("patch", "multiple"):
        return (), Certainty.PROVED
    owners = resolver.eval(module, use.scope, use.block, call.args[0])
    found: list[Found] = []
    for owner in owners:
        value = owner.value
        if (
            isinstance(value, Sdk)
            and value.path == "openai"
            and not (name[:1].isupper() or name in RESOURCES)
        ):
            continue  # a setting of the module
        if isinstance(value, (Sdk, Client, Resource, Package)):
            found += resolver.member(module, owner, name, call)
    return tuple(found), Certainty.PROVED if len(found) == len(owners) else Certainty.LIKELY


def symbol_of(found: tuple[Found, ...], text: str | None) -> str | None:
    """The SDK's name for what is replaced; None when it has nothing to do with the SDK."""
    for f in found:
        value = f.value
        if isinstance(value, Sdk):
            return value.path
        if isinstance(value, Resource):
            return ".".join(value.chain)
        if isinstance(value, Client):
            return f"openai.{value.cls}"
    return None


def by_assignment(reader: Reader, module: Module, use: Use) -> Iterator[Patch]:
    """`client.chat.completions.create = fake`, `sys.modules["openai"] = fake`."""
    node = use.node
    for target in node.targets if isinstance(node, ast.Assign) else ():
        if isinstance(target, ast.Subscript):
            if dotted(target.value) == MODULES and is_sdk(constant(target.slice)):
                yield Patch(site(reader, module, target, "openai", (), Certainty.PROVED), module.span(target))
        elif isinstance(target, ast.Attribute) and possible(target) and last_name(target.value) in HOLDERS:
            found = reader.resolver.eval(module, use.scope, use.block, target)
            hit = settled(found)
            if hit is not None:
                yield Patch(
                    site(reader, module, target, hit.symbol, found, hit.certainty), module.span(target)
                )


def uses_mockers(module: Module) -> bool:
    """Whether the file names OpenAI's host, and imports or mentions what answers in the place of one."""
    if not any(host in module.data for host in HOSTS):
        return False
    imported = {
        (getattr(use.node, "module", None) or alias.name).split(".")[0]
        for use in module.imports
        for alias in use.node.names  # type: ignore[attr-defined]
    }
    return bool(imported & MOCKERS) or any(name.encode() in module.data for name in FIXTURES)


def by_url(reader: Reader, module: Module, use: Use) -> Iterator[Patch]:
    """`respx.post("https://api.openai.com/v1/…")`, `httpx_mock.add_response(url=…)`."""
    call = use.node
    assert isinstance(call, ast.Call)
    if root_name(call.func) is None or not (call.args or call.keywords):
        return
    given = [*call.args[:2], *(k.value for k in call.keywords if k.arg in URL_KEYWORDS)]
    if not given or not answers(reader, module, use, call.func):
        return
    for part in given:
        url = host_in(reader.resolver.eval(module, use.scope, use.block, part))
        if url is not None:
            endpoint = url.endpoint
            yield Patch(
                site(reader, module, call, url.host, (), Certainty.PROVED, endpoint), module.span(call)
            )
            return


def answers(reader: Reader, module: Module, use: Use, function: ast.expr) -> bool:
    """Whether a function belongs to a library that answers in the place of a host."""
    found = reader.resolver.eval(module, use.scope, use.block, function)
    packages = {f.value.path.split(".")[0] for f in found if isinstance(f.value, External)}
    return bool(packages & MOCKERS) or root_name(function) in FIXTURES


def host_in(found: tuple[Found, ...]) -> ApiUrl | None:
    """OpenAI's URL among the texts that an expression can be."""
    for f in found:
        value = f.value
        text = value.pattern if isinstance(value, Text) else getattr(value, "value", None)
        url = api_url(text) if isinstance(text, str) else None
        if url is not None:
            return url
    return None


def constant(node: ast.AST) -> str | None:
    """The text of a string literal."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def site(
    reader: Reader,
    module: Module,
    node: ast.expr,
    symbol: str,
    found: tuple[Found, ...],
    certainty: Certainty,
    endpoint: str | None = None,
) -> Site:
    """The site of one replacement."""
    return Site(
        SiteKind.PATCH,
        module.path,
        module.span(node),
        reader.places.node(module, node),
        symbol,
        module.span(node),
        mask(module.code(node)),
        endpoint=endpoint or endpoint_of_symbol(symbol),
        legacy=legacy_endpoint(symbol) is not None,
        certainty=certainty,
        evidence=reader.places.chain(found[0].steps) if found else (),
    )


def endpoint_of_symbol(symbol: str) -> str | None:
    """The endpoint of an SDK method by any of its names."""
    chain = tuple(symbol.removeprefix("openai.").split("."))
    return legacy_endpoint(symbol) or resource_class_endpoint(symbol) or chain_endpoint(chain)
