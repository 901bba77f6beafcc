"""A body in a provider's own dialect as the body that its OpenAI-compatible endpoint would have got."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrate_cli.catalogue.native import Dialect, Reading, Route

_WORD_END = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# What the OpenAI-compatible content parts hold in place of a bare address.
_PART_FIELDS = {"image_url": "url", "input_audio": "data"}


def without_null(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that were really given: an SDK sends null for every argument that nobody named."""
    return {name: value for name, value in body.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Translated:
    """The payload of the OpenAI-compatible endpoint, what of the body only shapes the answer, and what was not read."""

    payload: Mapping[str, Any]
    framing: Mapping[str, Any]
    unread: tuple[str, ...] = ()

    def missing(self, how: Reading) -> str | None:
        """The message of the first demand that the request does not meet."""
        given = {**self.framing, **self.payload}
        for demand in how.demands:
            due = all(given.get(name) == value for name, value in demand["when"].items())
            if due and given.get(demand["field"]) != demand["value"]:
                return str(demand["message"])
        return None


def translate(
    body: Mapping[str, Any], dialect: Dialect, route: Route, headers: Mapping[str, str]
) -> Translated:
    """What a native body says; what this does not know stays as it is, for the checks to name."""
    how = dialect.read
    lifted, unread = _lifted(_snake(body) if how.snake_case else body, how.lift)
    payload = without_null(lifted)
    framing = {name: payload.pop(name) for name in (*how.framing, how.form_field) if name in payload}
    payload = {how.rename.get(name, name): value for name, value in payload.items()}
    if how.prompt and isinstance(payload.get(how.prompt), str):
        said = {"role": "user", "content": payload.pop(how.prompt)}
        earlier = payload.get("messages")
        payload["messages"] = [*(earlier if isinstance(earlier, list) else ()), said]
    if isinstance(payload.get("messages"), list):
        payload["messages"] = [_message(message, how) for message in payload["messages"]]
    if isinstance(payload.get("tools"), list):
        payload["tools"] = [_tool(tool) for tool in payload["tools"]]
    if how.tool_choice and payload.get("tool_choice") == how.tool_choice[0]:
        payload["tool_choice"] = payload.pop(how.tool_choice[1], None)
    if how.fuse and isinstance(payload.get(how.fuse), list):
        payload[how.fuse] = " ".join(map(_words, payload[how.fuse]))
    if how.stream_header and headers.get(how.stream_header[0]) == how.stream_header[1]:
        payload["stream"] = True
    return Translated(({"model": route.model} if route.model else {}) | payload, framing, unread)


def _lifted(body: Mapping[str, Any], places: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The body with the fields of the objects `places` at its top, and the names of those in a wrong place."""
    if not places:
        return dict(body), ()
    owners = {name: place for place, names in places.items() for name in names}
    rest = next(place for place, names in places.items() if not names)
    lifted, unread = {"model": body.get("model")}, [n for n in body if n != "model" and n not in places]
    for place in places:
        inner = body.get(place)
        for name, value in inner.items() if isinstance(inner, Mapping) else ():
            if owners.get(name, rest) == place:
                lifted[name] = value
            else:
                unread.append(name)
    return lifted, tuple(unread)


def _snake(value: Any) -> Any:
    """All names in snake_case, however deep."""
    if isinstance(value, Mapping):
        return {_WORD_END.sub("_", str(name)).lower(): _snake(item) for name, item in value.items()}
    return [_snake(item) for item in value] if isinstance(value, list) else value


def _message(message: Any, how: Reading) -> Any:
    if not isinstance(message, Mapping):
        return message
    named = {how.message_rename.get(name, name): value for name, value in without_null(message).items()}
    if isinstance(named.get("content"), list):
        named["content"] = [_part(part, how) for part in named["content"]]
    return named


def _part(part: Any, how: Reading) -> Any:
    """A content part with a type, as OpenAI has them."""
    if not isinstance(part, Mapping) or "type" in part:
        return part
    kind = next((name for name in how.parts if name in part), None)
    if kind is None:
        return part
    name = how.parts[kind]
    inner = {_PART_FIELDS[name]: part[kind]} if name in _PART_FIELDS else part[kind]
    return {"type": name, name: inner}


def _words(part: Any) -> str:
    """What stands for a content part in a text: its own text, else whatever else it holds."""
    text = part.get("text") if isinstance(part, Mapping) else None
    return text if isinstance(text, str) else json.dumps(part, sort_keys=True)


def _tool(tool: Any) -> Any:
    """A tool whose parameters are a schema and not its text."""
    function = tool.get("function") if isinstance(tool, Mapping) else None
    if not isinstance(function, Mapping) or not isinstance(function.get("parameters"), str):
        return tool
    try:
        schema = json.loads(function["parameters"])
    except ValueError:
        return tool
    return {**tool, "function": {**function, "parameters": schema}}
