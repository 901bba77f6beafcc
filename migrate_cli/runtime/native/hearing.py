"""Which dialect a request is in, and what it says in the words of the OpenAI-compatible API."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from migrate_cli.catalogue.native import Dialect, Route, dialects
from migrate_cli.catalogue.types import Provider, Support
from migrate_cli.runtime import profile
from migrate_cli.runtime.exchange import ORIGINAL, Request
from migrate_cli.runtime.native import requests as native_requests
from migrate_cli.runtime.place import below

TOKEN = "token"  # an endpoint that hands out a key for signatures: nothing to check


@dataclass(frozen=True, slots=True)
class Heard:
    """A request in a dialect. `request` is what the OpenAI-compatible endpoint would have got, None when there is none.

    `unplayed` says why. `form`, `framing` and `streams` shape the answer; `unsettled` is not proven.
    `missing` is the message for something the dialect demands and did not get.
    """

    dialect: Dialect
    request: Request | None
    route: Route | None = None
    unplayed: str | None = None
    framing: Mapping[str, Any] = field(default_factory=dict)
    form: str | None = None
    streams: bool = False
    unsettled: tuple[str, ...] = ()
    missing: str | None = None


def hear(request: Request, provider: Provider | None) -> Heard | None:
    """The dialect that `request` is in, and what it says; None for the OpenAI-compatible API itself."""
    for dialect in dialects(provider.id) if provider is not None else ():
        rest = _rest(request, dialect, provider)
        if rest is None:
            continue
        if dialect.routes is None:
            return Heard(dialect, _plain(request, dialect, provider, rest))
        return _routed(request, dialect, provider, rest)
    return None


def _rest(request: Request, dialect: Dialect, provider: Provider | None) -> str | None:
    """What of the address follows the dialect's base URL; None when the request is not in this dialect."""
    for name, pattern in dialect.marks.items():
        if not re.fullmatch(pattern, request.headers.get(name, "")):
            return None
    marked = bool(dialect.marks) and dialect.routes is None
    if not marked and dialect.routes is None and request.original is None:
        return None  # an address alone: without it, it is that of the provider's own sites
    bases = (*dialect.bases, *(profile.bases(provider) if marked else ()))
    found = (below(request, base) for base in bases)
    return next((rest for rest in found if rest is not None), None)


def _plain(request: Request, dialect: Dialect, provider: Provider | None, rest: str) -> Request:
    """A request of OpenAI's form, at the provider's first site, with what was really given."""
    body = request.body
    given = _object(body)
    if given is not None and not dialect.keeps_null:
        kept = native_requests.without_null(given)
        body = json.dumps(kept, ensure_ascii=False).encode()
    return _at_home(request, provider, rest, body)


def _routed(request: Request, dialect: Dialect, provider: Provider | None, rest: str) -> Heard:
    path = rest.split("?", 1)[0]
    asked = request.headers.get(dialect.read.action_header or "")
    fitting = (r for r in dialect.routes or () if r.path == path and r.action in (None, asked))
    route = next(fitting, None)
    if route is None:
        what = f"{asked} " if asked else ""
        why = dialect.why if dialect.support is Support.REJECTED else None
        return Heard(
            dialect,
            None,
            unplayed=why or f"the stand-in does not play {what}{path} of {dialect.name}: not proven",
        )
    if route.endpoint == TOKEN:
        return Heard(dialect, None, route)
    given = _object(request.body)
    said = native_requests.translate(given or {}, dialect, route, request.headers)
    body = request.body if given is None else json.dumps(said.payload, ensure_ascii=False).encode()
    place = profile.endpoint(provider, route.endpoint).path or profile.PATHS[route.endpoint]
    return Heard(
        dialect,
        _at_home(request, provider, place, body),
        route,
        framing=said.framing,
        form=_form(dialect, route, said.framing),
        streams=bool(said.payload.get("stream")),
        unsettled=(
            *_unsettled(dialect, route, said.framing),
            *(f"{name}: outside of {' and '.join(dialect.read.lift)}" for name in said.unread),
        ),
        missing=said.missing(dialect.read),
    )


def _form(dialect: Dialect, route: Route, framing: Mapping[str, Any]) -> str:
    """The form of the answer: what the request asks for where the route leaves the choice."""
    chosen = framing.get(dialect.read.form_field or "")
    return dialect.read.forms.get(str(chosen), route.form) if route.form in dialect.read.forms else route.form


def _unsettled(dialect: Dialect, route: Route, framing: Mapping[str, Any]) -> tuple[str, ...]:
    notes = [dialect.why] if dialect.support is Support.UNKNOWN and dialect.why else []
    open_form = route.form in dialect.read.forms and dialect.read.form_field not in framing
    return (*notes, *([dialect.read.unsettled] if open_form and dialect.read.unsettled else []))


def _at_home(request: Request, provider: Provider | None, rest: str, body: bytes) -> Request:
    """The request as it would reach the provider's first site."""
    headers = {name: value for name, value in request.headers.items() if name != ORIGINAL}
    return Request(request.method, urlsplit(profile.bases(provider)[0]).path + rest, headers, body)


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
