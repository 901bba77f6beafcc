"""Answers of chat: deterministic, provider-like, tool calls and JSON made from their schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrate_cli.catalogue.types import Action, Provider
from migrate_cli.runtime import profile
from migrate_cli.runtime.replies import manners
from migrate_cli.runtime.replies.envelope import digest, envelope, usage
from migrate_cli.runtime.replies.schema_values import example

Payload = Mapping[str, Any]
Message = Mapping[str, Any]


def chat(payload: Payload, provider: Provider | None) -> dict[str, Any]:
    """A chat completion: a tool call on the first turn when tools are offered, else text or JSON."""
    spoken = message(payload, provider)
    return whole(payload, spoken, finish(spoken, provider), provider)


def chat_chunks(payload: Payload, provider: Provider | None) -> Iterator[dict[str, Any]]:
    """The same answer in pieces; the usage comes where the provider sends it, if it is asked for or sent anyway."""
    spoken = message(payload, provider)
    return pieces(payload, spoken, finish(spoken, provider), provider)


def whole(payload: Payload, spoken: Message, reason: str, provider: Provider | None) -> dict[str, Any]:
    """A chat completion that says `spoken` and ends for `reason`."""
    choices = [
        {
            "index": index,
            "message": spoken,
            "finish_reason": reason,
            "logprobs": manners.logprobs(payload, spoken, provider),
        }
        for index in range(manners.choices(payload, provider))
    ]
    counted = manners.counted(usage(payload, spoken), provider)
    return envelope("chat.completion", payload) | {"choices": choices, "usage": counted}


def pieces(
    payload: Payload, spoken: Message, reason: str, provider: Provider | None
) -> Iterator[dict[str, Any]]:
    """The chunks of a completion that says `spoken` and ends for `reason`, one choice after the other."""
    counted = manners.counted(usage(payload, spoken), provider)
    start = envelope("chat.completion.chunk", payload)
    count = manners.choices(payload, provider)
    for index in range(count):
        for delta in _deltas(spoken, provider):
            yield start | {"choices": [{"index": index, "delta": delta, "finish_reason": None}]}
        choice = {"index": index, "delta": {}, "finish_reason": reason}
        is_last = index == count - 1
        yield start | (
            manners.last_chunk(payload, choice, counted, provider) if is_last else {"choices": [choice]}
        )
    last = manners.usage_chunk(payload, counted, provider)
    if last is not None:
        yield start | last


def message(payload: Payload, provider: Provider | None) -> dict[str, Any]:
    """What the assistant says: reasoning where the model thinks, then a tool call, JSON or text."""
    spoken: dict[str, Any] = {"role": "assistant", "content": None}
    if provider is not None and profile.thinks(provider.model(str(payload.get("model"))), payload):
        spoken["reasoning_content"] = "The stand-in thinks first."
        if manners.exhausted(payload, True, provider):
            return spoken
    turn = digest(payload["messages"])
    functions = [tool["function"] for tool in payload.get("tools") or () if "function" in tool]
    if functions and _may_call(payload, "tools", "tool_choice", "tool"):
        function = _call(_chosen(functions, payload.get("tool_choice")), provider)
        return spoken | {"tool_calls": [{"id": f"call_{turn}", "type": "function", "function": function}]}
    if _takes_functions(provider) and _may_call(payload, "functions", "function_call", "function"):
        return spoken | {
            "function_call": _call(_chosen(payload["functions"], payload.get("function_call")), provider)
        }
    return spoken | {"content": _thoughts_inside(payload, provider) + _text(payload, turn)}


def finish(spoken: Message, provider: Provider | None) -> str:
    """Why such an answer ends."""
    if spoken.get("tool_calls"):
        return manners.finish("tool_calls", provider)
    if spoken.get("function_call"):
        return "function_call"
    return "stop" if spoken["content"] is not None else "length"


def _thoughts_inside(payload: Mapping[str, Any], provider: Provider | None) -> str:
    """The thoughts of a provider that writes them before the answer, unless the request asks for a field of them."""
    target = provider.model(str(payload.get("model"))) if provider is not None else None
    known = profile.behaviour(provider, "thinking.split_field", target)
    split = known is not None and all(payload.get(name) == value for name, value in known.data.items())
    thinks = target is not None and profile.thinks(target, payload) is not False
    return "<think>The stand-in thinks first.</think>\n" if known is not None and thinks and not split else ""


def _takes_functions(provider: Provider | None) -> bool:
    """Whether the form before tools has an effect; where it is not documented, it has none."""
    known = profile.parameter(provider, "functions", None) if provider is not None else None
    return known is None or known.action is not Action.MANUAL


def _may_call(payload: Mapping[str, Any], offered: str, choice: str, role: str) -> bool:
    answered = any(message.get("role") == role for message in payload["messages"])
    return bool(payload.get(offered)) and payload.get(choice) != "none" and not answered


def _chosen(functions: list[Mapping[str, Any]], choice: object) -> Mapping[str, Any]:
    wanted = choice.get("function", choice).get("name") if isinstance(choice, Mapping) else None
    return next((f for f in functions if f.get("name") == wanted), functions[0])


def _call(function: Mapping[str, Any], provider: Provider | None) -> dict[str, str]:
    arguments = json.dumps(example(function.get("parameters") or {"type": "object"}))
    return {"name": str(function.get("name")), "arguments": manners.arguments(arguments, provider)}


def _text(payload: Mapping[str, Any], turn: str) -> str:
    wanted = payload.get("response_format") or {}
    if wanted.get("type") == "json_schema":
        return json.dumps(example(wanted.get("json_schema", {}).get("schema", {})))
    if wanted.get("type") == "json_object":
        return json.dumps({"answer": f"stand-in {turn}"})
    return f"This is stand-in answer {turn}."


def _deltas(message: Mapping[str, Any], provider: Provider | None) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": ""}
    if "reasoning_content" in message:
        yield {"reasoning_content": message["reasoning_content"]}
    for index, call in enumerate(message.get("tool_calls") or ()):
        name, arguments = call["function"]["name"], call["function"]["arguments"]
        half = len(arguments) // 2
        first = call | {"index": index, "function": {"name": name, "arguments": arguments[:half]}}
        rest = {"index": index, "function": {"arguments": arguments[half:]}}
        yield {"tool_calls": [manners.delta(first, provider)]}
        yield {"tool_calls": [manners.delta(rest, provider)]}
    if message.get("function_call"):
        yield {"function_call": message["function_call"]}
    for word in re.findall(r"\S+\s*", message["content"] or ""):
        yield {"content": word}
