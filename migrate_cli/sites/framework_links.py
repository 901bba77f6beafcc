"""What a framework's object is built on, and which of its methods decide how it asks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.catalogue.frameworks import Use as Entry
from migrate_cli.catalogue.frameworks import frameworks
from migrate_cli.files.secrets import mask
from migrate_cli.index.flow import uses_of
from migrate_cli.index.module import Module, Use
from migrate_cli.index.values import Client, External, Found
from migrate_cli.model import Site, SiteId, Way
from migrate_cli.model import Use as Deed
from migrate_cli.sites.arguments import Reader, arguments

# Keywords that take an object which knows the address and the key.
TAKERS = ("openai_client", "client", "async_client", "provider")
# What hands a client to instructor.
WRAPPERS = ("from_openai", "patch", "apatch")
# Methods that choose how a request is written.
TELLING = frozenset({"with_structured_output", "bind_tools", "bind", "with_config"})


def feeding(reader: Reader, module: Module, use: Use) -> tuple[SiteId, ...]:
    """The sites of the clients and providers that a construction is given."""
    call = use.node
    assert isinstance(call, ast.Call)
    passed = [*call.args[:1], *(k.value for k in call.keywords if k.arg in TAKERS)]
    given = [node for node in passed if not isinstance(node, (ast.Constant, ast.Starred))]
    found = [
        s
        for node in given
        for f in reader.resolver.eval(module, use.scope, use.block, node)
        for s in site_of(f)
    ]
    return tuple(dict.fromkeys(found))


def site_of(found: Found) -> Iterator[SiteId]:
    """The site that made a value: a client of the SDK, or another object of the framework."""
    value = found.value
    if isinstance(value, Client) and value.site is not None:
        yield value.site
    elif isinstance(value, External) and value.made and value.origin is not None and is_part(value.path):
        origin = value.origin
        yield (origin.module.path, origin.module.span(origin.node).start, value.path)


def is_part(path: str) -> bool:
    """Whether a dotted path is something that a framework calls OpenAI by."""
    owner = frameworks().owner(path)
    return owner is not None and owner.use(path) is not None


def deeds(reader: Reader, module: Module, use: Use, entry: Entry | None) -> tuple[Deed, ...]:
    """The calls of methods on the object that choose how a request is written, with their keywords."""
    if entry is None or not entry.moves or not isinstance(use.node, ast.Call):
        return ()
    found = uses_of(reader.resolver, module, use.node, reader.places.span)
    told = (d for d in found if d.way is Way.METHOD and not d.route and d.detail in TELLING)
    return tuple(with_arguments(reader, deed) for deed in told)


def with_arguments(reader: Reader, deed: Deed) -> Deed:
    """A method's call with its keywords."""
    module = reader.resolver.project.module(deed.path)
    if module is None or deed.detail is None:
        return deed
    for call in module.calls_of((deed.detail,)):
        if module.span(call.node) == deed.outer:
            given, unfollowed = arguments(reader, module, call)
            return deed if unfollowed else replace(deed, arguments=given)
    return deed


def with_wrappers(reader: Reader, module: Module, sites: list[Site]) -> list[Site]:
    """The sites, each client with the calls that hand it to instructor, which decides how it asks for an object."""
    if b"instructor" not in module.data:
        return sites
    given: dict[SiteId, list[Deed]] = {}
    for use in module.calls_of(WRAPPERS):
        call = use.node
        assert isinstance(call, ast.Call)
        functions = reader.resolver.eval(module, use.scope, use.block, call.func)
        path = next((f.value.path for f in functions if isinstance(f.value, External)), "")
        if not path.startswith("instructor.") or not call.args:
            continue
        keywords, unfollowed = arguments(reader, module, use)
        deed = wrapping(reader, module, call, path)
        for found in reader.resolver.eval(module, use.scope, use.block, call.args[0]):
            if isinstance(found.value, Client) and found.value.site is not None and not unfollowed:
                given.setdefault(found.value.site, []).append(replace(deed, arguments=keywords))
    return [replace(s, uses=(*s.uses, *given[s.id])) if s.id in given else s for s in sites]


def wrapping(reader: Reader, module: Module, call: ast.Call, path: str) -> Deed:
    """A call that a client is given to."""
    passed, span = call.args[0], module.span(call)
    return Deed(
        (),
        module.path,
        module.span(passed),
        reader.places.node(module, call),
        mask(module.code(passed)),
        mask(module.code(passed)),
        Way.ARGUMENT,
        detail=path,
        outer=span,
    )
