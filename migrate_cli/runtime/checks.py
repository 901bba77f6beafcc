"""The verdict on one request: the checks in a fixed order, the first failure answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from migrate_cli.catalogue.types import Provider, TargetModel
from migrate_cli.runtime import (
    behaviour_checks,
    conversation_checks,
    embedding_checks,
    field_checks,
    message_checks,
    openai_checks,
    profile,
)
from migrate_cli.runtime.exchange import Notes, Refusal, Request, Verdict
from migrate_cli.runtime.place import Place, locate
from migrate_cli.runtime.refusals import refuse

_EMITTED = ("current", "limited", "preview")
_KINDS = {"embeddings": "embedding", "images": "image"}  # all other models serve all other endpoints


def check(request: Request, provider: Provider | None, key: str) -> Verdict:
    """Judge `request` against what `provider` documents, or against OpenAI's own API when it is None.

    Order: path, auth, JSON, model, fields, roles, tool pairs, thinking, response format, embeddings. What
    has no source is accepted and noted as not proven.
    """
    place = locate(request, provider)
    if isinstance(place, Refusal):
        return Verdict(refused=place)
    auth = _auth(request, place, key)
    if auth != "right":
        reason = f"the API key is {auth}"
        return Verdict(
            place.endpoint,
            auth,
            refused=refuse(provider, "auth", reason, like=("wrong key", "invalid key", "bad key")),
        )
    payload = _payload(request)
    if payload is None:
        refused = refuse(provider, "json", "the body is not a JSON object", like=("malformed",))
        return Verdict(place.endpoint, auth, refused=refused)
    notes = Notes() if place.proven else Notes(unproven=(f"endpoint {place.endpoint}",))
    if place.endpoint == "models":
        return Verdict(place.endpoint, auth, payload, notes=notes)
    outcome = _judge(payload, place.endpoint, provider)
    if isinstance(outcome, Refusal):
        return Verdict(place.endpoint, auth, payload, outcome, notes)
    return Verdict(place.endpoint, auth, payload, None, notes + outcome)


def _auth(request: Request, place: Place, key: str) -> str:
    sent = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    if "azure.com" in place.base:
        sent = sent or request.headers.get("api-key", "")
    if not sent:
        return "missing"
    return "right" if sent == key else "wrong"


def _payload(request: Request) -> dict[str, Any] | None:
    if request.method == "GET":
        return {}
    try:
        payload = json.loads(request.body)
    except ValueError:
        return None
    return payload if isinstance(payload, dict) else None


def _judge(payload: Mapping[str, Any], endpoint: str, provider: Provider | None) -> Notes | Refusal:
    if provider is None:
        return openai_checks.check(payload, endpoint)
    target = _model(payload, endpoint, provider)
    if isinstance(target, Refusal):
        return target
    notes = Notes()
    for outcome in _each(payload, endpoint, provider, target):
        if isinstance(outcome, Refusal):
            return outcome
        notes = notes + outcome
    return notes


def _each(
    payload: Mapping[str, Any], endpoint: str, provider: Provider, target: TargetModel | None
) -> Iterable[Notes | Refusal]:
    if target is None:
        yield Notes(unproven=("model: the catalogue lists none for this provider",))
    steps: dict[str, list[Callable[..., Notes | Refusal]]] = {
        "chat.completions": [
            field_checks.check,
            message_checks.shape,
            message_checks.roles,
            message_checks.parts,
            conversation_checks.check,
            message_checks.tool_pairs,
            message_checks.thinking,
            field_checks.response_format,
            behaviour_checks.chat,
        ],
        "embeddings": [field_checks.check, embedding_checks.check, behaviour_checks.vectors],
        "completions": [field_checks.check],
        "images": [behaviour_checks.images],
    }
    for step in steps[endpoint]:
        yield step(payload, provider, target)


def _model(payload: Mapping[str, Any], endpoint: str, provider: Provider) -> TargetModel | Refusal | None:
    name = payload.get("model")
    if not isinstance(name, str) or not name:
        return refuse(provider, "model", "no model is named", param="model")
    target = profile.model(provider, name)
    if target is None and not provider.models:
        return None  # served models carry whatever name their owner gave them
    if target is None:
        return refuse(provider, "model", f"there is no model {name}", like=("does not exist",), param="model")
    if target.status not in _EMITTED:
        when = f" since {target.retired_on}" if target.retired_on else ""
        reason = f"the model {name} is {target.status}{when}"
        return refuse(provider, "model", reason, like=("does not exist",), param="model")
    if _KINDS.get(endpoint, "") != (target.kind if target.kind in _KINDS.values() else ""):
        reason = f"the model {name} is of kind {target.kind} and does not serve {endpoint}"
        return refuse(provider, "model", reason, like=("does not exist",), param="model")
    return target
