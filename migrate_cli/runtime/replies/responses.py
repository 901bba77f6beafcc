"""Answers of /responses, whole or as events: what chat would say to the same conversation, in the other form.

The names of the events and fields: OpenAI's OpenAPI document, version 2.3.0 (repository openai/openai-openapi).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime import answer
from migrate_cli.runtime.answer import Answer
from migrate_cli.runtime.replies import chat as chat_replies
from migrate_cli.runtime.replies.envelope import CREATED, digest, usage

Payload = Mapping[str, Any]
_ECHOED = (
    "instructions",
    "metadata",
    "previous_response_id",
    "temperature",
    "top_p",
    "tool_choice",
    "tools",
    "text",
)
_WRITTEN = {"cache_write_tokens": 0}  # of OpenAI alone: the package openai asks for it from 2.x on


def reply(payload: Payload, provider: Provider | None) -> Answer:
    """The answer to an accepted payload, as a stream if that is asked for."""
    whole = response(payload, provider)
    if not payload.get("stream"):
        return answer.whole(200, whole)
    return answer.events(
        f"event: {event['type']}\ndata: {json.dumps(event | {'sequence_number': number}, ensure_ascii=False)}\n\n"
        for number, event in enumerate(_events(whole))
    )


def response(payload: Payload, provider: Provider | None) -> dict[str, Any]:
    """A completed response: a function call on the first turn when functions are offered, else text or JSON."""
    asked = _as_chat(payload)
    spoken = chat_replies.message(asked, provider)
    counted = usage(asked, spoken)
    return {
        "id": f"resp_{digest(payload)}",
        "object": "response",
        "created_at": CREATED,
        "status": "completed",
        "error": None,
        "incomplete_details": None,
        "model": payload.get("model"),
        "output": list(_output(spoken, digest(payload))),
        "parallel_tool_calls": True,
        **{"tool_choice": "auto", "tools": [], "metadata": {}},
        **{name: payload[name] for name in _ECHOED if payload.get(name) is not None},
        "usage": {
            "input_tokens": counted["prompt_tokens"],
            "input_tokens_details": {"cached_tokens": 0} | (_WRITTEN if provider is None else {}),
            "output_tokens": counted["completion_tokens"],
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": counted["total_tokens"],
        },
    }


def _as_chat(payload: Payload) -> dict[str, Any]:
    """The same request as chat would get it, as far as the answer depends on it."""
    given = payload.get("input")
    items = given if isinstance(given, list) else [{"role": "user", "content": given}]
    messages = [
        {
            "role": "tool" if item.get("type") == "function_call_output" else item.get("role"),
            "content": str(item),
        }
        for item in items
    ]
    tools = [
        {"type": "function", "function": {"name": tool.get("name"), "parameters": tool.get("parameters")}}
        for tool in payload.get("tools") or ()
        if tool.get("type") == "function"
    ]
    form = (payload.get("text") or {}).get("format") or {}
    wanted = {"type": form.get("type"), "json_schema": {"schema": form.get("schema") or {}}}
    limit = {"max_tokens": payload["max_output_tokens"]} if payload.get("max_output_tokens") else {}
    chosen = {"tool_choice": payload.get("tool_choice"), "tools": tools, "response_format": wanted}
    return {"model": payload.get("model"), "messages": messages, **chosen, **limit}


def _output(spoken: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    if spoken.get("reasoning_content"):
        thoughts = [{"type": "summary_text", "text": spoken["reasoning_content"]}]
        yield {"id": f"rs_{name}", "type": "reasoning", "summary": thoughts}
    for call in spoken.get("tool_calls") or ():
        function = call["function"]
        yield {
            "id": f"fc_{name}",
            "type": "function_call",
            "call_id": call["id"],
            "status": "completed",
            **function,
        }
    if spoken["content"] is not None:
        text = {"type": "output_text", "text": spoken["content"], "annotations": []}
        start = {"id": f"msg_{name}", "type": "message", "status": "completed", "role": "assistant"}
        yield start | {"content": [text]}


def _events(whole: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    begun = {**whole, "status": "in_progress", "output": [], "usage": None}
    yield {"type": "response.created", "response": begun}
    yield {"type": "response.in_progress", "response": begun}
    for index, item in enumerate(whole["output"]):
        place = {"output_index": index, "item_id": item["id"]}
        empty = {
            name: value for name, value in item.items() if name not in ("content", "arguments", "summary")
        }
        blank: dict[str, dict[str, Any]] = {
            "message": {"content": []},
            "function_call": {"arguments": ""},
            "reasoning": {"summary": []},
        }
        yield {
            "type": "response.output_item.added",
            "output_index": index,
            "item": empty | blank[item["type"]],
        }
        yield from _pieces(item, place)
        yield {"type": "response.output_item.done", "output_index": index, "item": item}
    yield {"type": "response.completed", "response": dict(whole)}


def _pieces(item: Mapping[str, Any], place: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if item["type"] == "function_call":
        kind = "response.function_call_arguments"
        yield {"type": f"{kind}.delta", **place, "delta": item["arguments"]}
        yield {"type": f"{kind}.done", **place, "arguments": item["arguments"], "name": item["name"]}
    if item["type"] != "message":
        return
    [part] = item["content"]
    here = {**place, "content_index": 0}
    yield {"type": "response.content_part.added", **here, "part": {**part, "text": ""}}
    for word in re.findall(r"\S+\s*", part["text"]):
        yield {"type": "response.output_text.delta", **here, "delta": word, "logprobs": []}
    yield {"type": "response.output_text.done", **here, "text": part["text"], "logprobs": []}
    yield {"type": "response.content_part.done", **here, "part": part}
