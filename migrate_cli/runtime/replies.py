"""Answers to accepted requests: deterministic, provider-like, tool calls and JSON made from their schema."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any

from migrate_cli.catalogue.types import Action, Provider
from migrate_cli.runtime import manners, profile
from migrate_cli.runtime.embedding_checks import batch
from migrate_cli.runtime.schema_values import example
from migrate_cli.runtime.vectors import embed, packed

_CREATED = 1_760_000_000  # a fixed time: the same request gets the same answer
_OPENAI_WIDTHS = {"text-embedding-3-large": 3072}
_OPENAI_WIDTH = 1536
_WIDTH = 1024  # where no width is documented; the verdict then says "not proven"
_OPENAI_MODELS = ("gpt-3.5-turbo", "gpt-4o", "gpt-4o-mini", "text-embedding-3-small")


def answer(endpoint: str, payload: Mapping[str, Any], provider: Provider | None) -> dict[str, Any]:
    """The JSON answer of `endpoint` (one of `profile.PLAYED`) to an accepted payload."""
    if endpoint == "models":
        return models(provider)
    if endpoint == "embeddings":
        return embeddings(payload, provider)
    if endpoint == "images":
        return images(payload)
    return completion(payload) if endpoint == "completions" else chat(payload, provider)


def chat(payload: Mapping[str, Any], provider: Provider | None) -> dict[str, Any]:
    """A chat completion: a tool call on the first turn when tools are offered, else text or JSON."""
    message = _message(payload, provider)
    choices = [
        {"index": index, "message": message, "finish_reason": _finish(message, provider), "logprobs": None}
        for index in range(payload.get("n") or 1)
    ]
    return _envelope("chat.completion", payload) | {
        "choices": choices,
        "usage": manners.counted(_usage(payload, message), provider),
    }


def chat_chunks(payload: Mapping[str, Any], provider: Provider | None) -> Iterator[dict[str, Any]]:
    """The same answer in pieces; the usage comes where the provider sends it, if it is asked for or sent anyway."""
    message = _message(payload, provider)
    usage = manners.counted(_usage(payload, message), provider)
    envelope = _envelope("chat.completion.chunk", payload)
    for delta in _deltas(message, provider):
        yield envelope | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    choice = {"index": 0, "delta": {}, "finish_reason": _finish(message, provider)}
    yield envelope | manners.last_chunk(payload, choice, usage, provider)
    last = manners.usage_chunk(payload, usage, provider)
    if last is not None:
        yield envelope | last


def completion(payload: Mapping[str, Any]) -> dict[str, Any]:
    """An answer of the old completions endpoint, one choice per prompt."""
    prompts = payload.get("prompt") if isinstance(payload.get("prompt"), list) else [payload.get("prompt")]
    texts = [f"Stand-in text {_digest(prompt)}." for prompt in prompts or []]
    choices = [
        {"index": index, "text": text, "finish_reason": "stop", "logprobs": None}
        for index, text in enumerate(texts)
    ]
    return _envelope("text_completion", payload) | {
        "choices": choices,
        "usage": _usage(payload, {"content": texts}),
    }


def completion_chunks(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The old completions endpoint in pieces: the whole text in one chunk."""
    whole = completion(payload)
    yield {name: value for name, value in whole.items() if name != "usage"}


def embeddings(payload: Mapping[str, Any], provider: Provider | None) -> dict[str, Any]:
    """One vector of length 1 per input, of the model's documented width."""
    width = payload.get("dimensions") or _width(str(payload.get("model")), provider)
    encode = payload.get("encoding_format") == "base64" and _packs(provider)
    texts = [text if isinstance(text, str) else json.dumps(text) for text in batch(payload)]
    vectors = [embed(text, width) for text in texts]
    data = [
        {"object": "embedding", "index": index, "embedding": packed(vector) if encode else vector}
        for index, vector in enumerate(vectors)
    ]
    tokens = sum(_tokens(text) for text in texts)
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    return {"object": "list", "data": data, "model": payload.get("model"), "usage": usage}


def images(payload: Mapping[str, Any]) -> dict[str, Any]:
    """An address for each image, or the image itself where it is asked for; both lead to nothing."""
    digest = _digest(payload)
    image = {"url": f"https://images.example/{digest}.png"}
    if payload.get("response_format") == "b64_json":
        image = {"b64_json": b64encode(digest.encode()).decode()}
    return {"created": _CREATED, "data": [image] * (payload.get("n") or 1)}


def models(provider: Provider | None) -> dict[str, Any]:
    """The list of models that may be used today."""
    known: tuple[str, ...] = _OPENAI_MODELS
    if provider is not None:
        known = tuple(m.id for m in provider.models.values() if m.status in ("current", "limited"))
    data = [{"id": name, "object": "model", "created": _CREATED, "owned_by": "stand-in"} for name in known]
    return {"object": "list", "data": data}


def _message(payload: Mapping[str, Any], provider: Provider | None) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": None}
    if provider is not None and profile.thinks(profile.model(provider, str(payload.get("model"))), payload):
        message["reasoning_content"] = "The stand-in thinks first."
        if manners.exhausted(payload, True, provider):
            return message
    turn = _digest(payload["messages"])
    if _may_call(payload, "tools", "tool_choice", "tool"):
        function = _chosen(
            [tool.get("function", {}) for tool in payload["tools"]], payload.get("tool_choice")
        )
        return message | {
            "tool_calls": [{"id": f"call_{turn}", "type": "function", "function": _call(function, provider)}]
        }
    if _takes_functions(provider) and _may_call(payload, "functions", "function_call", "function"):
        return message | {
            "function_call": _call(_chosen(payload["functions"], payload.get("function_call")), provider)
        }
    return message | {"content": _thoughts_inside(payload, provider) + _text(payload, turn)}


def _thoughts_inside(payload: Mapping[str, Any], provider: Provider | None) -> str:
    """The thoughts of a provider that writes them before the answer, unless the request asks for a field of them."""
    target = profile.model(provider, str(payload.get("model"))) if provider is not None else None
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


def _finish(message: Mapping[str, Any], provider: Provider | None) -> str:
    if message.get("tool_calls"):
        return manners.finish("tool_calls", provider)
    if message.get("function_call"):
        return "function_call"
    return "stop" if message["content"] is not None else "length"


def _envelope(kind: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": f"standin-{_digest(payload)}",
        "object": kind,
        "created": _CREATED,
        "model": payload.get("model"),
    }


def _usage(payload: Mapping[str, Any], message: Mapping[str, Any]) -> dict[str, int]:
    sent = _tokens(json.dumps(payload.get("messages") or payload.get("prompt")))
    got = _tokens(json.dumps(message))
    return {"prompt_tokens": sent, "completion_tokens": got, "total_tokens": sent + got}


def _tokens(text: str) -> int:
    return max(1, len(text) // 4)


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:8]


def _packs(provider: Provider | None) -> bool:
    if provider is None:
        return True
    known = profile.parameter(provider, "encoding_format", None)
    allowed = known.restriction.allowed if known and known.restriction else None
    return allowed is not None and "base64" in allowed


def _width(name: str, provider: Provider | None) -> int:
    if provider is None:
        return _OPENAI_WIDTHS.get(name, _OPENAI_WIDTH)
    target = profile.model(provider, name)
    sizes = target.embedding.dimensions if target and target.embedding else None
    return sizes[0] if sizes else _WIDTH
