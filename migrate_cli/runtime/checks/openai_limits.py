"""What OpenAI refuses though the types of its package allow it, in its own words where they are on record.

Sources (read 2026-11-22): https://github.com/FoundationAgents/OpenManus/issues/555 (max_tokens),
https://github.com/cline/cline/issues/341 (temperature), https://github.com/dapr/dapr-agents/issues/248 (tool_choice),
https://github.com/vllm-project/vllm/pull/40311 (empty tools), https://github.com/ultimatejimmy/xray.koplugin/issues/33
(the word json). Names that are required, and the kinds of parts and formats: OpenAI's OpenAPI document, version 2.3.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from migrate_cli.catalogue.types import OpenAIModel

Payload = Mapping[str, Any]
_FORMATS = ("text", "json_object", "json_schema")
_PARTS = ("text", "image_url", "input_audio", "file", "refusal")


class Fault(NamedTuple):
    """An error of OpenAI's: its message, the field it is about, and its code."""

    message: str
    param: str
    code: str | None = None


def faults(payload: Payload, model: OpenAIModel | None) -> Iterator[Fault]:
    """What OpenAI refuses in a chat request of the right form; `model` is what is known of the model, if anything."""
    if model is not None and model.reasoning:
        yield from _reasoning(payload)
    yield from _tools(payload)
    yield from _format(payload)
    for message in payload["messages"]:
        yield from _content(message.get("content"))


def _reasoning(payload: Payload) -> Iterator[Fault]:
    if payload.get("max_tokens") is not None:
        message = "Unsupported parameter: 'max_tokens' is not supported with this model."
        yield Fault(f"{message} Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter")
    warmth = payload.get("temperature")
    if warmth is not None and warmth != 1:
        message = f"Unsupported value: 'temperature' does not support {warmth} with this model."
        yield Fault(f"{message} Only the default (1) value is supported.", "temperature", "unsupported_value")


def _tools(payload: Payload) -> Iterator[Fault]:
    tools = payload.get("tools")
    if tools is not None and not tools:
        yield Fault("tools must not be an empty array", "tools")
    if not tools and payload.get("tool_choice") is not None:
        message = "'tool_choice' is only allowed when 'tools' are specified."
        yield Fault(f"Invalid value for 'tool_choice': {message}", "tool_choice")
    for index, tool in enumerate(tools or ()):
        function = tool.get("function") or {}
        if tool.get("type") == "function" and not isinstance(function.get("name"), str):
            yield Fault(f"Missing required parameter: 'tools[{index}].function.name'.", "tools")


def _format(payload: Payload) -> Iterator[Fault]:
    wanted = payload.get("response_format")
    if wanted is None:
        return
    kind = wanted.get("type") if isinstance(wanted, Mapping) else None
    if kind not in _FORMATS:
        yield Fault(f"response_format.type must be one of {', '.join(_FORMATS)}", "response_format")
    schema = wanted.get("json_schema") if kind == "json_schema" else {"name": ""}
    if not isinstance(schema, Mapping) or not isinstance(schema.get("name"), str):
        yield Fault("response_format.json_schema needs a name", "response_format")
    said = json.dumps([message.get("content") for message in payload["messages"]], ensure_ascii=False)
    if kind == "json_object" and "json" not in said.lower():
        message = "'messages' must contain the word 'json' in some form, to use 'response_format'"
        yield Fault(f"{message} of type 'json_object'.", "messages")


def _content(content: Any) -> Iterator[Fault]:
    if content is not None and not isinstance(content, str | list):
        yield Fault("the content of a message must be a text or a list of parts", "messages")
    for part in content if isinstance(content, list) else ():
        kind = part.get("type")
        if kind not in _PARTS:
            yield Fault(f"a part of a message must be one of {', '.join(_PARTS)}", "messages")
        elif part.get(kind) is None:
            yield Fault(f"a part of type {kind} holds no {kind}", "messages")
