"""Checks on a conversation and its tools against the behaviours of the catalogue; hearsay refuses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from migrate_cli.catalogue.behaviours import Behaviour
from migrate_cli.catalogue.types import Provider, TargetModel
from migrate_cli.runtime import profile
from migrate_cli.runtime.exchange import Notes, Refusal
from migrate_cli.runtime.replies.refusals import refuse

Faults = Iterator[str]
Payload = Mapping[str, Any]


def check(payload: Payload, provider: Provider, target: TargetModel | None) -> Notes | Refusal:
    """The first thing in the conversation or its tools that the provider is known to refuse; hearsay is not proven."""
    notes = Notes()
    for name, find in _FAULTS.items():
        known = profile.behaviour(provider, name, target)
        for fault in find(payload, known) if known is not None else ():
            if known is not None and known.fact.confidence == "low":
                notes = notes + Notes(unproven=(fault,))
                break
            param = "tools" if name.startswith("tools.") else "messages"
            return refuse(provider, name.partition(".")[0], fault, param=param)
    return notes


def _one_system(payload: Payload, known: Behaviour) -> Faults:
    roles = [message["role"] for message in payload["messages"]]
    if roles.count("system") > 1 or "system" in roles[1:]:
        yield "there may be one system message, and first"


def _user_turn(payload: Payload, known: Behaviour) -> Faults:
    if all(message["role"] != "user" for message in payload["messages"]):
        yield "there is no message of the user"


def _last_turn(payload: Payload, known: Behaviour) -> Faults:
    if payload["messages"][-1]["role"] not in known.data:
        yield f"the last message must be of {' or '.join(known.data)}"


def _alternation(payload: Payload, known: Behaviour) -> Faults:
    for first, second in pairwise(payload["messages"]):
        if first["role"] == second["role"] and first["role"] in ("user", "assistant"):
            yield f"two messages of the {first['role']} in a row"


def _empty(payload: Payload, known: Behaviour) -> Faults:
    messages = payload["messages"][-1:] if known.data["last"] else payload["messages"]
    for message in messages:
        content = message.get("content")
        blank = known.data.get("blank") and isinstance(content, str) and not content.strip()
        spoken = any(message.get(name) for name in ("tool_calls", "function_call", "refusal"))
        spoken = spoken or bool(content and not blank)
        if message["role"] in known.data["roles"] and not spoken:
            yield f"a message of the {message['role']} is empty"


def _text_lists(payload: Payload, known: Behaviour) -> Faults:
    for message in payload["messages"]:
        if message["role"] in known.data and isinstance(message.get("content"), list):
            yield f"the content of the {message['role']} must be a text"


def _types(payload: Payload, known: Behaviour) -> Faults:
    for tool in payload.get("tools") or ():
        if tool.get("type") not in known.data:
            yield f"there is no tool of type {tool.get('type')}"


def _schema(payload: Payload, known: Behaviour) -> Faults:
    for tool in payload.get("tools") or ():
        for schema in _schemas(tool.get("function", {}).get("parameters")):
            broken = {
                "list of types": isinstance(schema.get("type"), list),
                "$schema": "$schema" in schema,
                "type beside anyOf": "type" in schema and "anyOf" in schema,
                "tuple items": isinstance(schema.get("items"), list),
            }
            yield from (
                f"the schema of a tool may not hold {part}" for part in known.data if broken.get(part)
            )


def _schemas(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        yield value
    for part in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from _schemas(part)


def _images(payload: Payload) -> Iterator[str]:
    for message in payload["messages"]:
        for part in message["content"] if isinstance(message.get("content"), list) else ():
            if part.get("type") == "image_url":
                image = part.get("image_url")
                yield str(image.get("url") if isinstance(image, Mapping) else image)


def _remote(payload: Payload, known: Behaviour) -> Faults:
    if any(url.startswith("http") for url in _images(payload)):
        yield "an image must be sent as data"


def _prefixed(payload: Payload, known: Behaviour) -> Faults:
    if any(url.startswith("data:") for url in _images(payload)):
        yield "an image must be bare base64"


def _files(payload: Payload, known: Behaviour) -> Faults:
    contents = (m["content"] for m in payload["messages"] if isinstance(m.get("content"), list))
    if any(part.get("type") == "file" for content in contents for part in content):
        yield "a part of type file is not taken"


_FAULTS: Mapping[str, Callable[[Payload, Behaviour], Faults]] = {
    "messages.one_system": _one_system,
    "messages.user_turn": _user_turn,
    "messages.last_turn": _last_turn,
    "messages.alternation": _alternation,
    "messages.empty_content": _empty,
    "messages.text_lists": _text_lists,
    "media.remote_images": _remote,
    "media.data_prefix": _prefixed,
    "media.file_parts": _files,
    "tools.types": _types,
    "tools.schema": _schema,
}
