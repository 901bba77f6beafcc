"""Error answers: the body a provider published for the case, or else the OpenAI shape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from migrate_cli.catalogue.types import ErrorShape, Provider
from migrate_cli.runtime import profile
from migrate_cli.runtime.exchange import NOT_PLAYED, Refusal

_STATUS = {"path": 404, "auth": 401, "model": 404, "method": 405}
_TABLES = {"auth": "errors.wrong_key", "model": "errors.unknown_model"}
_CODES = {"auth": "invalid_api_key", "model": "model_not_found"}


def refuse(
    provider: Provider | None,
    check: str,
    reason: str,
    *,
    like: tuple[str, ...] = (),
    param: str | None = None,
    tabled: bool = True,
    filled: Mapping[str, str] | None = None,
    code: str | None = None,
) -> Refusal:
    """The provider's refusal for `check`; `like` are phrases that tell its published error (see `find`).

    `filled` are parts of a published body that stand for what was sent (`index N`), with what was sent (`index 2`).
    `code` is that of OpenAI's error.
    Without `tabled`, what it says to a wrong key or an unknown model is not taken for its words in this case.
    """
    status = _STATUS.get(check, 400)
    shape = find(provider, *like)
    if shape is not None and shape.body:
        body = _filled(published(provider, shape, reason, param), filled or {})
        return Refusal(check, shape.status or status, body, reason, shape_known=True)
    listed = _tabled(provider, check, reason) if tabled else None
    if listed is not None:
        return listed
    known = (shape.status if shape is not None else None) or status
    return Refusal(check, known, _openai(reason, param, code or _CODES.get(check)), reason)


def not_played(reason: str) -> Refusal:
    """The answer to a request that the stand-in cannot judge, which says that this is no word of the provider's."""
    return Refusal("path", NOT_PLAYED, _openai(f"{reason}: not proven", None, "not_played"), reason)


def find(provider: Provider | None, *like: str) -> ErrorShape | None:
    """The first published error (HTTP status 400 or above) with one of the phrases in its case or body."""
    for phrase in like:
        for shape in provider.errors if provider else ():
            text = f"{shape.when} {shape.body or ''}".lower()
            if phrase in text and (shape.status or 400) >= 400:
                return shape
    return None


def published(provider: Provider | None, shape: ErrorShape, reason: str, param: str | None) -> dict[str, Any]:
    """The body of a published error. Of some only the message is on record: the provider's own frame goes around it.

    The frame is that of its first published body with the same status; without one it is OpenAI's.
    """
    body = _parsed(shape.body)
    if body is not None:
        return body
    message = shape.body or reason
    frames = (
        _parsed(other.body) for other in (provider.errors if provider else ()) if other.status == shape.status
    )
    frame = next((f for f in frames if f is not None and isinstance(f.get("error"), Mapping)), None)
    if frame is None:
        return _openai(message, param, None)
    return frame | {"error": {**frame["error"], "message": message}}


def _tabled(provider: Provider | None, check: str, reason: str) -> Refusal | None:
    """A refusal whose code, type or text is in the catalogue's tables of errors, or None."""
    known = profile.behaviour(provider, _TABLES[check]) if check in _TABLES else None
    if known is None:
        return None
    data = known.data
    error: dict[str, Any] = {"message": (data["texts"] or [reason])[0]}
    error |= {"type": data["types"][0]} if data["types"] else {}
    error |= {"code": data["codes"][0]} if data["codes"] else {}
    bare = profile.behaviour(provider, "errors.body_without_error")
    body = {name: error.get(name) for name in bare.data} if bare is not None else {"error": error}
    return Refusal(check, data["status"] or _STATUS[check], body, reason, shape_known=True)


def _filled(value: Any, filled: Mapping[str, str]) -> Any:
    """A body with the placeholders in all its texts replaced."""
    if isinstance(value, dict):
        return {name: _filled(inner, filled) for name, inner in value.items()}
    if isinstance(value, str):
        for blank, sent in filled.items():
            value = value.replace(blank, sent)
    return value


def _parsed(body: str | None) -> dict[str, Any] | None:
    try:
        value = json.loads(body or "")
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _openai(message: str, param: str | None, code: str | None) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": param, "code": code}}
