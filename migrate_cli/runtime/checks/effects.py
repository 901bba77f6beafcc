"""What a provider is known to take without effect: noted as ignored, for nothing refuses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from migrate_cli.catalogue.behaviours import Behaviour
from migrate_cli.catalogue.types import Provider, TargetModel
from migrate_cli.runtime import profile
from migrate_cli.runtime.exchange import Notes

Payload = Mapping[str, Any]
Found = Iterator[str]
_UNTOLD = frozenset({"messages.nameless"})  # the API has no such field; whether it minds one, no source says
_SAMPLING = ("temperature", "top_p", "presence_penalty", "frequency_penalty")


def check(payload: Payload, provider: Provider, target: TargetModel | None) -> Notes:
    """What of a chat request has no effect there; hearsay is not proven instead."""
    notes = Notes()
    for name, find in _EFFECTLESS.items():
        known = profile.behaviour(provider, name, target)
        if known is None:
            continue
        found = tuple(dict.fromkeys(find(payload, known, target)))
        doubted = known.fact.confidence == "low" or name in _UNTOLD
        notes = notes + (Notes(unproven=found) if doubted else Notes(ignored=found))
    return notes


def _sampling(payload: Payload, known: Behaviour, target: TargetModel | None) -> Found:
    if profile.thinks(target, payload):
        yield from (f"{name} while it thinks" for name in _SAMPLING if payload.get(name) is not None)


def _strict(payload: Payload, known: Behaviour, target: TargetModel | None) -> Found:
    if any((tool.get("function") or {}).get("strict") for tool in payload.get("tools") or ()):
        yield "strict of a function"


def _names(payload: Payload, known: Behaviour, target: TargetModel | None) -> Found:
    if any(message.get("name") for message in payload["messages"] if message["role"] != "function"):
        yield "name of a message"


def _prefill(payload: Payload, known: Behaviour, target: TargetModel | None) -> Found:
    last = payload["messages"][-1]
    if last["role"] == "assistant" and not last.get("tool_calls") and not last.get(known.data["flag"]):
        yield "the beginning of an answer"


def _detail(payload: Payload, known: Behaviour, target: TargetModel | None) -> Found:
    contents = (message.get("content") for message in payload["messages"])
    parts = (part for content in contents if isinstance(content, list) for part in content)
    images = (part.get("image_url") for part in parts)
    if any(isinstance(image, Mapping) and image.get("detail") for image in images):
        yield "detail of an image"


_EFFECTLESS: Mapping[str, Callable[[Payload, Behaviour, TargetModel | None], Found]] = {
    "thinking.sampling_ignored": _sampling,
    "tools.strict": _strict,
    "messages.nameless": _names,
    "messages.prefill": _prefill,
    "media.detail": _detail,
}
