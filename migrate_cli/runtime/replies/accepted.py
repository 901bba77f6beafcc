"""Answers to accepted requests: deterministic, provider-like, and ready to be sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime import answer, profile
from migrate_cli.runtime.answer import Answer
from migrate_cli.runtime.checks.embeddings import batch
from migrate_cli.runtime.replies import images as image_replies
from migrate_cli.runtime.replies import manners
from migrate_cli.runtime.replies import responses as responses_replies
from migrate_cli.runtime.replies.chat import chat, chat_chunks
from migrate_cli.runtime.replies.envelope import CREATED, digest, envelope, tokens, usage
from migrate_cli.runtime.replies.images import images
from migrate_cli.runtime.replies.vectors import embed, packed

__all__ = ["chat", "chat_chunks", "completion", "embeddings", "images", "models", "reply", "streamed"]

_OPENAI_WIDTHS = {"text-embedding-3-large": 3072}
_OPENAI_WIDTH = 1536
_WIDTH = 1024  # where no width is documented; the verdict then says "not proven"
_OPENAI_MODELS = ("gpt-3.5-turbo", "gpt-4o", "gpt-4o-mini", "text-embedding-3-small")


def reply(endpoint: str, payload: Mapping[str, Any], provider: Provider | None) -> Answer:
    """The answer of `endpoint` (one of `profile.PLAYED`) to an accepted payload, as a stream if that is asked for."""
    forms = {"responses": responses_replies.reply, "images": image_replies.reply}
    if endpoint in forms:
        return forms[endpoint](payload, provider)
    streams = {"chat.completions": chat_chunks, "completions": completion_chunks}
    if payload.get("stream") and endpoint in streams:
        return streamed(streams[endpoint](payload, provider), provider)
    wholes = {
        "chat.completions": chat,
        "completions": completion,
        "embeddings": embeddings,
        "models": models,
    }
    return answer.whole(200, wholes[endpoint](payload, provider))


def streamed(chunks: Iterable[Mapping[str, Any]], provider: Provider | None) -> Answer:
    """The chunks as the provider writes events, and the end of them."""
    texts = [*(json.dumps(chunk, ensure_ascii=False) for chunk in chunks), "[DONE]"]
    return answer.events(manners.event(text, provider) for text in texts)


def completion(payload: Mapping[str, Any], provider: Provider | None = None) -> dict[str, Any]:
    """An answer of the old completions endpoint: `n` choices per prompt."""
    texts = [
        f"Stand-in text {digest(prompt)}."
        for prompt in _prompts(payload)
        for _ in range(manners.wanted(payload))
    ]
    choices = [
        {"index": index, "text": text, "finish_reason": "stop", "logprobs": None}
        for index, text in enumerate(texts)
    ]
    return envelope("text_completion", payload) | {
        "choices": choices,
        "usage": usage(payload, {"content": texts}),
    }


def _prompts(payload: Mapping[str, Any]) -> list[Any]:
    """The prompts of a request: texts, or lists of token ids."""
    given = payload.get("prompt")
    return given if isinstance(given, list) and given and not isinstance(given[0], int) else [given]


def completion_chunks(
    payload: Mapping[str, Any], provider: Provider | None = None
) -> Iterator[dict[str, Any]]:
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
    sent = sum(tokens(text) for text in texts)
    counted = {"prompt_tokens": sent, "total_tokens": sent}
    return {"object": "list", "data": data, "model": payload.get("model"), "usage": counted}


def models(payload: Mapping[str, Any], provider: Provider | None) -> dict[str, Any]:
    """The list of models that may be used today, or the one that the payload names."""
    if "model" in payload:
        return _model(str(payload["model"]))
    known: tuple[str, ...] = _OPENAI_MODELS
    if provider is not None:
        known = tuple(m.id for m in provider.models.values() if m.status in ("current", "limited"))
    return {"object": "list", "data": [_model(name) for name in known]}


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": CREATED, "owned_by": "stand-in"}


def _packs(provider: Provider | None) -> bool:
    if provider is None:
        return True
    known = profile.parameter(provider, "encoding_format", None)
    allowed = known.restriction.allowed if known and known.restriction else None
    return allowed is not None and "base64" in allowed


def _width(name: str, provider: Provider | None) -> int:
    if provider is None:
        return _OPENAI_WIDTHS.get(name, _OPENAI_WIDTH)
    target = provider.model(name)
    sizes = target.embedding.dimensions if target and target.embedding else None
    return sizes[0] if sizes else _WIDTH
