"""Is it a legal OpenAI request: the baseline that a program must meet before its move.

Names and ranges: OpenAI's OpenAPI document, version 2.3.0 (repository openai/openai-openapi), read 2026-11; names that
came later: the types of requests in the package openai, versions 2.54.0 and 3.54.0, read 2026-11. A request that the
types allow and OpenAI refuses all the same: `stream_options` without `stream`
(https://github.com/BerriAI/litellm/issues/5803).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrate_cli.catalogue.types import OpenAIModel
from migrate_cli.runtime import profile
from migrate_cli.runtime.checks import form as form_checks
from migrate_cli.runtime.checks import messages as message_checks
from migrate_cli.runtime.checks import model as model_checks
from migrate_cli.runtime.checks import openai_limits
from migrate_cli.runtime.checks import responses as responses_checks
from migrate_cli.runtime.checks.embeddings import batch
from migrate_cli.runtime.exchange import Notes, Refusal
from migrate_cli.runtime.replies.refusals import refuse

AS_OF = "2026-11-21"  # when the document and the packages were read
_CHAT = """
    audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens
    messages metadata modalities model moderation n parallel_tool_calls prediction presence_penalty
    prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort response_format safety_identifier seed
    service_tier stop store stream stream_options temperature tool_choice tools top_logprobs top_p user
    verbosity web_search_options
"""
_COMPLETIONS = """
    best_of echo frequency_penalty logit_bias logprobs max_tokens model n presence_penalty prompt seed
    stop stream stream_options suffix temperature top_p user
"""
_IMAGES = """
    background complexity frame_count frame_duration_ms model moderation n output_compression output_format
    partial_images prompt quality response_format safety_identifier size stream style svg user
"""
_RESPONSES = """
    access_programs background background_options context_management conversation image include input instructions
    max_output_tokens max_tool_calls metadata model moderation parallel_tool_calls previous_response_id prompt
    prompt_cache_key prompt_cache_options prompt_cache_retention reasoning safety_identifier service_tier store stream
    stream_options temperature text tool_choice tools top_logprobs top_p truncation user
"""
_FIELDS = {
    "chat.completions": frozenset(_CHAT.split()),
    "completions": frozenset(_COMPLETIONS.split()),
    "embeddings": frozenset({"dimensions", "encoding_format", "input", "model", "user"}),
    "images": frozenset(_IMAGES.split()),
    "responses": frozenset(_RESPONSES.split()),
}
# Images have a default model, responses may take theirs from a stored prompt.
_MODEL_OPTIONAL = ("images", "responses")
_RANGES = {"temperature": (0, 2), "top_p": (0, 1), "presence_penalty": (-2, 2), "frequency_penalty": (-2, 2)}
_MAX_STOP = 4


def check(payload: Mapping[str, Any], endpoint: str, *, deployed: bool = False) -> Notes | Refusal:
    """Refuse an unknown field, a value out of range, a broken conversation or an empty embeddings input.

    Whether a model that was shut down, or that nobody knows, is answered after all is not proven. On Azure, the model
    is the name of one's own deployment (`deployed`).
    """
    problem = _fields(payload, endpoint)
    if problem is not None:
        return refuse(None, "fields", problem)
    if endpoint == "embeddings" and not batch(payload):
        return refuse(None, "embeddings", "input must be a text or a list of texts", param="input")
    name = payload.get("model")
    model = profile.openai_model(name) if isinstance(name, str) and not deployed else None
    notes = Notes() if deployed or name is None else model_checks.doubts(str(name), model)
    for outcome in _shapes(payload, endpoint, model):
        if isinstance(outcome, Refusal):
            return outcome
    return notes


def _shapes(
    payload: Mapping[str, Any], endpoint: str, model: OpenAIModel | None
) -> Iterator[Notes | Refusal]:
    """The checks on what is in the fields, each made only when the ones before it found nothing."""
    if endpoint == "responses":
        yield responses_checks.shape(payload, None, None)
    if endpoint != "chat.completions":
        return
    yield message_checks.shape(payload, None, None)
    yield message_checks.tool_pairs(payload, None, None)
    for fault in openai_limits.faults(payload, model):
        yield refuse(None, "fields", fault.message, param=fault.param, code=fault.code)


def _fields(payload: Mapping[str, Any], endpoint: str) -> str | None:
    if not isinstance(payload.get("model"), str) and endpoint not in _MODEL_OPTIONAL:
        return "no model is named"
    strange = sorted(set(payload) - _FIELDS[endpoint])
    if strange:
        return f"unrecognized request argument supplied: {strange[0]}"
    for name, (low, high) in _RANGES.items():
        value = payload.get(name)
        if isinstance(value, int | float) and not low <= value <= high:
            return f"{name} must be from {low} to {high}"
    silent = endpoint == "completions" and payload.get("max_tokens") == 0  # only echo: legal in this one
    doubt = next(form_checks.doubts({**payload, "max_tokens": 1} if silent else payload), None)
    if doubt is not None:
        return doubt
    stop = payload.get("stop")
    if isinstance(stop, list) and len(stop) > _MAX_STOP:
        return f"stop takes at most {_MAX_STOP} items"
    if payload.get("stream_options") is not None and not payload.get("stream"):
        return "stream_options needs stream"
    return None
