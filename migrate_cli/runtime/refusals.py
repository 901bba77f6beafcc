"""Error answers: the body a provider published for the case, or else the OpenAI shape."""

from __future__ import annotations

import json
from typing import Any

from migrate_cli.catalogue.types import ErrorShape, Provider
from migrate_cli.runtime.exchange import Refusal

_STATUS = {"path": 404, "auth": 401, "model": 404}


def refuse(
    provider: Provider | None,
    check: str,
    reason: str,
    *,
    like: tuple[str, ...] = (),
    param: str | None = None,
) -> Refusal:
    """The provider's refusal for `check`; `like` are phrases that tell its published error (see `find`)."""
    status = _STATUS.get(check, 400)
    shape = find(provider, *like)
    if shape is not None:
        return Refusal(check, shape.status or status, _body(shape, reason, param), reason, shape_known=True)
    code = {"auth": "invalid_api_key", "model": "model_not_found"}.get(check)
    return Refusal(check, status, _openai(reason, param, code), reason)


def find(provider: Provider | None, *like: str) -> ErrorShape | None:
    """The first published error (HTTP status 400 or above) with one of the phrases in its case or body."""
    for phrase in like:
        for shape in provider.errors if provider else ():
            text = f"{shape.when} {shape.body or ''}".lower()
            if phrase in text and (shape.status or 400) >= 400:
                return shape
    return None


def _body(shape: ErrorShape, reason: str, param: str | None) -> dict[str, Any]:
    try:
        body = json.loads(shape.body or "")
    except ValueError:
        return _openai(shape.body or reason, param, None)
    return body if isinstance(body, dict) else _openai(reason, param, None)


def _openai(message: str, param: str | None, code: str | None) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": param, "code": code}}
