"""Errors that no request deserves: too fast, no money, filtered. Bodies as the catalogue has them, or OpenAI's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime import answer, profile
from migrate_cli.runtime.answer import Answer
from migrate_cli.runtime.replies.refusals import find, published

_FILTERED = "The request was refused by the content filter."
_TOO_FAST = "Too many requests: try again later."
_UNPAID = "The quota of this account is used up."
_BUSINESS_CODE = 1008  # no balance, in the survey's example of MiniMax's native answers


def too_fast(provider: Provider | None, wait: int | None = None) -> Answer:
    """A 429 that passes; `wait` (seconds) is what Retry-After says."""
    body = _body(provider, "errors.rate_limit", _TOO_FAST, "rate_limit_exceeded")
    return answer.whole(429, body, **({} if wait is None else {"Retry_After": str(wait)}))


def unpaid(provider: Provider | None) -> Answer:
    """A 429 that never passes, however often it is tried."""
    return answer.whole(429, _body(provider, "errors.lasting_429", _UNPAID, "insufficient_quota"))


def filtered(provider: Provider | None) -> Answer:
    """The refusal of the provider's filter."""
    shape = find(provider, "content filter")
    known = profile.behaviour(provider, "errors.content_filter")
    status = (shape.status if shape else None) or (known.data["status"] if known else None) or 400
    if shape is not None and shape.body:
        return answer.whole(status, published(provider, shape, _FILTERED, None))
    return answer.whole(status, _body(provider, "errors.content_filter", _FILTERED, "content_filter"))


def event(provider: Provider | None) -> Mapping[str, Any]:
    """What a stream says when it breaks off."""
    return _body(provider, "errors.rate_limit", "The stream broke off.", "server_error")


def business(provider: Provider | None) -> Mapping[str, Any]:
    """The body of an error that comes with status 200: as it is on record (JSON, or a path to a code), or OpenAI's."""
    known = profile.behaviour(provider, "responses.business_error_200")
    form = str(known.data or "") if known is not None else ""
    if form.startswith("{"):
        body: dict[str, Any] = json.loads(form)
        return body
    if form:
        outer, _, inner = form.partition(".")
        return {outer: {inner: _BUSINESS_CODE}}
    return event(provider)


def _body(provider: Provider | None, table: str, message: str, otherwise: str) -> dict[str, Any]:
    """An `error` object with the first code and type that the table has for the provider."""
    known = profile.behaviour(provider, table)
    if known is None:
        return {"error": {"message": message, "type": otherwise, "param": None, "code": otherwise}}
    codes, types = known.data["codes"], known.data["types"]
    error: dict[str, Any] = {"message": (known.data.get("texts") or [message])[0]}
    error |= {"code": codes[0]} if codes else {}
    error |= {"type": types[0]} if types else {}
    return {"error": error}
