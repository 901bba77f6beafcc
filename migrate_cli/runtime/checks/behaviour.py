"""Checks on what the catalogue knows of a provider beside parameters: each refuses what that provider refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from migrate_cli.catalogue.types import Provider, Support, TargetModel
from migrate_cli.runtime import profile
from migrate_cli.runtime.checks.embeddings import batch
from migrate_cli.runtime.exchange import Notes, Refusal
from migrate_cli.runtime.replies.refusals import refuse

Payload = Mapping[str, Any]
_NO_STREAM = "enable_thinking must be set to false for non-streaming calls"
_NO_SWITCH = "thinking cannot be switched off on this model"
_NO_FIELD = "is no field it lists"
# How a reason ends, and the phrases that tell the published error.
_LIKE = {
    _NO_STREAM: ("without streaming",),
    _NO_SWITCH: ("thinking disabled",),
    _NO_FIELD: ("a field it does not list",),
}


def chat(payload: Payload, provider: Provider, target: TargetModel | None) -> Notes | Refusal:
    """Judge a chat request: null fields, fields that are not listed, thinking, structured output."""
    return _first(provider, _chat_faults(payload, provider, target))


def vectors(payload: Payload, provider: Provider, target: TargetModel | None) -> Notes | Refusal:
    """Judge an embeddings request: token ids."""
    ids = any(not isinstance(text, str) for text in batch(payload))
    known = profile.behaviour(provider, "embeddings.token_ids", target)
    if ids and known is not None:
        return refuse(provider, "embeddings", "the input holds token ids, not texts", param="input")
    return Notes()


def images(payload: Payload, provider: Provider, target: TargetModel | None) -> Notes | Refusal:
    """Judge a request for images: a prompt must be there; what is not taken is passed over, for no error is known."""
    if not isinstance(payload.get("prompt"), str):
        return refuse(provider, "fields", "there is no prompt", param="prompt")
    known = profile.behaviour(provider, "services.image_fields", target)
    return Notes(ignored=tuple(name for name in (known.data if known else ()) if name in payload))


def _first(provider: Provider, faults: Iterator[tuple[str, str | None]]) -> Notes | Refusal:
    found = next(faults, None)
    if found is None:
        return Notes()
    reason, param = found
    like = next((phrases for end, phrases in _LIKE.items() if reason.endswith(end)), ())
    return refuse(provider, "fields", reason, like=like, param=param)


def _chat_faults(
    payload: Payload, provider: Provider, target: TargetModel | None
) -> Iterator[tuple[str, str | None]]:
    """What is wrong, and with which field."""
    if profile.behaviour(provider, "parameters.null_fields"):
        yield from ((f"{name} is null", name) for name, value in payload.items() if value is None)
    if profile.behaviour(provider, "parameters.unlisted_fields"):
        yield from ((f"{name} {_NO_FIELD}", name) for name in payload if _unlisted(name, provider, target))
    needs_stream = profile.behaviour(provider, "thinking.stream_only", target)
    if needs_stream and not payload.get("stream") and profile.thinks(target, payload) is not False:
        yield _NO_STREAM, "enable_thinking"
    refused = profile.behaviour(provider, "thinking.off_refused", target)
    for name, off in (refused.data if refused else {}).items():
        if payload.get(name) == off:
            yield _NO_SWITCH, name
    yield from _format_faults(payload, provider)


def _unlisted(name: str, provider: Provider, target: TargetModel | None) -> bool:
    """Whether no page says anything of a field."""
    known = profile.parameter(provider, name, target)
    silent = known is not None and (known.fact.source or "").startswith("survey")
    return known is not None and known.support is Support.UNKNOWN and silent


def _format_faults(payload: Payload, provider: Provider) -> Iterator[tuple[str, str | None]]:
    wanted = payload.get("response_format")
    if not isinstance(wanted, Mapping):
        return
    contents = json.dumps([m.get("content") for m in payload["messages"]], ensure_ascii=False).lower()
    wordless = wanted.get("type") == "json_object" and "json" not in contents
    if wordless and profile.behaviour(provider, "formats.json_word"):
        yield "a message must contain the word 'json' to use response_format json_object", "messages"
    is_open = _has_open_object((wanted.get("json_schema") or {}).get("schema"))
    if is_open and profile.behaviour(provider, "formats.closed_objects"):
        yield "every object of a schema must set additionalProperties to false", "response_format"


def _has_open_object(schema: Any) -> bool:
    if isinstance(schema, Mapping):
        is_open = schema.get("type") == "object" and schema.get("additionalProperties") is not False
        return is_open or any(map(_has_open_object, schema.values()))
    return isinstance(schema, list) and any(map(_has_open_object, schema))
