"""The verdict on one request: the checks in a fixed order, the first failure answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from migrate_cli.catalogue.types import Provider, TargetModel
from migrate_cli.runtime.body import payload as payload_of
from migrate_cli.runtime.body import sent_oddly
from migrate_cli.runtime.checks import behaviour as behaviour_checks
from migrate_cli.runtime.checks import conversation as conversation_checks
from migrate_cli.runtime.checks import effects as effect_checks
from migrate_cli.runtime.checks import embeddings as embedding_checks
from migrate_cli.runtime.checks import fields as field_checks
from migrate_cli.runtime.checks import form as form_checks
from migrate_cli.runtime.checks import messages as message_checks
from migrate_cli.runtime.checks import model as model_checks
from migrate_cli.runtime.checks import openai as openai_checks
from migrate_cli.runtime.checks import responses as responses_checks
from migrate_cli.runtime.exchange import Notes, Refusal, Request, Verdict
from migrate_cli.runtime.place import Place, locate
from migrate_cli.runtime.replies.refusals import refuse


def check(request: Request, provider: Provider | None, key: str, *, translated: bool = False) -> Verdict:
    """Judge `request` against what `provider` documents, or against OpenAI's own API when it is None.

    Order: path, auth, method, JSON, model, fields, roles, tool pairs, thinking, response format, embeddings. What
    has no source is accepted and noted as not proven. What was `translated` was sent to another path.
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
    if place.unplayed is not None:
        notes += Notes(unproven=(place.unplayed,))
        return Verdict(place.endpoint, auth, notes=notes, unplayed=place.unplayed)
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
    outcome = _judge(payload, place, provider, translated=translated)
    if isinstance(outcome, Refusal):
        return Verdict(place.endpoint, auth, payload, outcome, notes)
    return Verdict(place.endpoint, auth, payload, None, notes + outcome)


def _models(place: Place, auth: str, notes: Notes, provider: Provider | None) -> Verdict:
    """The list of models needs nothing; one model must exist."""
    if not place.item:
        return Verdict(place.endpoint, auth, {}, notes=notes)
    asked = {"model": place.item}
    outcome = None if provider is None else model_checks.served(asked, "models", provider)
    refused = outcome if isinstance(outcome, Refusal) else None
    return Verdict(place.endpoint, auth, asked, refused, notes)


def _auth(request: Request, place: Place, key: str) -> str:
    sent = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    if "azure.com" in place.base:
        sent = sent or request.headers.get("api-key", "")
    if not sent:
        return "missing"
    return "right" if sent == key else "wrong"


def _judge(
    payload: Mapping[str, Any], place: Place, provider: Provider | None, *, translated: bool
) -> Notes | Refusal:
    endpoint = place.endpoint
    if provider is None:
        return openai_checks.check(payload, endpoint, deployed="azure.com" in place.base)
    served = model_checks.served(payload, endpoint, provider)
    if isinstance(served, Refusal):
        return served
    target, notes = served.target, served.notes
    if endpoint == "embeddings" and not translated:
        elsewhere = embedding_checks.own_path(payload, provider, target)
        if isinstance(elsewhere, Refusal):
            return elsewhere
    for outcome in _each(payload, endpoint, provider, target):
        if isinstance(outcome, Refusal):
            return outcome
        notes = notes + outcome
    return notes


def _each(
    payload: Mapping[str, Any], endpoint: str, provider: Provider, target: TargetModel | None
) -> Iterable[Notes | Refusal]:
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
