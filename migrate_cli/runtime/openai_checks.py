"""Is it a legal OpenAI request: the baseline that a program must meet before its move.

Names and ranges: OpenAI's OpenAPI document, version 2.3.0 (repository openai/openai-openapi), read 2026-11.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrate_cli.runtime import message_checks
from migrate_cli.runtime.embedding_checks import batch
from migrate_cli.runtime.exchange import Notes, Refusal
from migrate_cli.runtime.refusals import refuse

_CHAT = """
    audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens
    messages metadata modalities model n parallel_tool_calls prediction presence_penalty
    prompt_cache_key prompt_cache_retention reasoning_effort response_format safety_identifier seed
    service_tier stop store stream stream_options temperature tool_choice tools top_logprobs top_p user
    verbosity web_search_options
"""
_COMPLETIONS = """
    best_of echo frequency_penalty logit_bias logprobs max_tokens model n presence_penalty prompt seed
    stop stream stream_options suffix temperature top_p user
"""
_IMAGES = """
    background model moderation n output_compression output_format partial_images prompt quality response_format size
    stream style user
"""
_FIELDS = {
    "chat.completions": frozenset(_CHAT.split()),
    "completions": frozenset(_COMPLETIONS.split()),
    "embeddings": frozenset({"dimensions", "encoding_format", "input", "model", "user"}),
    "images": frozenset(_IMAGES.split()),
}
_RANGES = {"temperature": (0, 2), "top_p": (0, 1), "presence_penalty": (-2, 2), "frequency_penalty": (-2, 2)}
_MAX_STOP = 4


def check(payload: Mapping[str, Any], endpoint: str) -> Notes | Refusal:
    """Refuse an unknown field, a value out of range, a broken conversation or an empty embeddings input."""
    problem = _fields(payload, endpoint)
    if problem is not None:
        return refuse(None, "fields", problem)
    if endpoint == "embeddings" and not batch(payload):
        return refuse(None, "embeddings", "input must be a text or a list of texts", param="input")
    if endpoint != "chat.completions":
        return Notes()
    outcome = message_checks.shape(payload, None, None)
    return outcome if isinstance(outcome, Refusal) else message_checks.tool_pairs(payload, None, None)


def _fields(payload: Mapping[str, Any], endpoint: str) -> str | None:
    if not isinstance(payload.get("model"), str):
        return "no model is named"
    strange = sorted(set(payload) - _FIELDS[endpoint])
    if strange:
        return f"unrecognized request argument supplied: {strange[0]}"
    for name, (low, high) in _RANGES.items():
        value = payload.get(name)
        if isinstance(value, int | float) and not low <= value <= high:
            return f"{name} must be from {low} to {high}"
    stop = payload.get("stop")
    if isinstance(stop, list) and len(stop) > _MAX_STOP:
        return f"stop takes at most {_MAX_STOP} items"
    if payload.get("stream_options") is not None and not payload.get("stream"):
        return "stream_options needs stream"
    return None
