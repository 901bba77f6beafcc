"""The verdict on one request: the checks in a fixed order, the first failure answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from migrate_cli.catalogue.types import Provider, TargetModel
from migrate_cli.runtime import profile
from migrate_cli.runtime.body import payload as payload_of
from migrate_cli.runtime.body import sent_oddly
from migrate_cli.runtime.checks import behaviour as behaviour_checks
from migrate_cli.runtime.checks import conversation as conversation_checks
from migrate_cli.runtime.checks import effects as effect_checks
from migrate_cli.runtime.checks import embeddings as embedding_checks
from migrate_cli.runtime.checks import fields as field_checks
from migrate_cli.runtime.checks import form as form_checks
from migrate_cli.runtime.checks import messages as message_checks
from migrate_cli.runtime.checks import openai as openai_checks
from migrate_cli.runtime.checks import responses as responses_checks
from migrate_cli.runtime.exchange import Notes, Refusal, Request, Verdict
from migrate_cli.runtime.place import Place, locate
from migrate_cli.runtime.replies.refusals import refuse

_EMITTED = ("current", "limited", "preview")
_KINDS = {"embeddings": "embedding", "images": "image"}  # all other models serve all other endpoints


def check(request: Request, provider: Provider | None, key: str) -> Verdict:
    """Judge `request` against what `provider` documents, or against OpenAI's own API when it is None.

    Order: path, auth, method, JSON, model, fields, roles, tool pairs, thinking, response format, embeddings. What
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
    notes = sent_oddly(request)
    notes += Notes() if place.proven else Notes(unproven=(f"endpoint {place.endpoint}",))
    if request.method != ("GET" if place.endpoint == "models" else "POST"):
        reason = f"{request.method} is not for {place.endpoint}"
        refused = refuse(provider, "method", reason)
        return Verdict(place.endpoint, auth, payload_of(request) or {}, refused, notes)
    payload = payload_of(request)
    if payload is None:
        refused = refuse(provider, "json", "the body is not a JSON object", like=("malformed",))
        return Verdict(place.endpoint, auth, refused=refused)
    if place.endpoint == "models":
        return _models(place, auth, notes, provider)
    outcome = _judge(payload, place.endpoint, provider)
    if isinstance(outcome, Refusal):
        return Verdict(place.endpoint, auth, payload, outcome, notes)
    return Verdict(place.endpoint, auth, payload, None, notes + outcome)


def _models(place: Place, auth: str, notes: Notes, provider: Provider | None) -> Verdict:
    """The list of models needs nothing; one model must exist."""
    if not place.item:
        return Verdict(place.endpoint, auth, {}, notes=notes)
    asked = {"model": place.item}
    outcome = None if provider is None else _model(asked, "models", provider)
    refused = outcome if isinstance(outcome, Refusal) else None
    return Verdict(place.endpoint, auth, asked, refused, notes)


def _auth(request: Request, place: Place, key: str) -> str:
    sent = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    if "azure.com" in place.base:
        sent = sent or request.headers.get("api-key", "")
    if not sent:
        return "missing"
    return "right" if sent == key else "wrong"


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
            form_checks.mistyped,
            field_checks.check,
            message_checks.shape,
            message_checks.roles,
            message_checks.parts,
            conversation_checks.check,
            message_checks.tool_pairs,
            message_checks.thinking,
            field_checks.response_format,
            behaviour_checks.chat,
            effect_checks.check,
        ],
        "embeddings": [field_checks.check, embedding_checks.check, behaviour_checks.vectors],
        "completions": [field_checks.check],
        "images": [behaviour_checks.images],
        "responses": [responses_checks.shape, responses_checks.behaviours],
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
    if endpoint != "models" and _KINDS.get(endpoint, "") != (
        target.kind if target.kind in _KINDS.values() else ""
    ):
        reason = f"the model {name} is of kind {target.kind} and does not serve {endpoint}"
        return refuse(provider, "model", reason, like=("does not exist",), param="model")
    return target
