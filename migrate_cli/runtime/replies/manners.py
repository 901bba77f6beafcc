"""How a provider's answers differ from OpenAI's, where the catalogue says so: an unchanged program meets it here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from migrate_cli.catalogue.types import Provider, Support
from migrate_cli.runtime import profile

# Thinking alone uses up a limit below this: what is left of the answer is nothing.
_USED_UP = 256
_LIMITS = ("max_tokens", "max_completion_tokens")
_GIVEN = (Support.SUPPORTED, Support.RESTRICTED)


def arguments(text: str, provider: Provider | None) -> str:
    """The arguments of a tool call: empty for a tool without parameters, where that is known."""
    return "" if text == "{}" and profile.behaviour(provider, "responses.empty_arguments") else text


def finish(reason: str, provider: Provider | None) -> str:
    """The finish reason: not that of a tool call, where that is known."""
    other = reason == "tool_calls" and profile.behaviour(provider, "responses.tool_finish_reason")
    return "stop" if other else reason


def exhausted(payload: Mapping[str, Any], thinks: bool, provider: Provider | None) -> bool:
    """Whether thinking uses up the limit of the answer, so that it has no content."""
    limits = [payload[name] for name in _LIMITS if isinstance(payload.get(name), int)]
    small = thinks and any(limit < _USED_UP for limit in limits)
    return small and profile.behaviour(provider, "responses.content_none") is not None


def counted(usage: dict[str, Any], provider: Provider | None) -> dict[str, Any]:
    """The usage, with the provider's own counter of cached tokens; OpenAI alone is known to send the details."""
    if provider is None:
        details = {"prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0}}
        return usage | details | {"completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0}}
    known = profile.behaviour(provider, "responses.cache_counters")
    return usage | {known.data: 0} if known is not None else usage


def delta(part: dict[str, Any], provider: Provider | None) -> dict[str, Any]:
    """A part of a tool call in a stream, without what the provider leaves out."""
    known = profile.behaviour(provider, "streams.tool_call_deltas")
    left_out = set(known.data) & {"index", "id"} if known is not None else set()
    return {name: value for name, value in part.items() if name not in left_out}


def choices(payload: Mapping[str, Any], provider: Provider | None) -> int:
    """How many choices an answer has: as many as asked for, one where that has no effect."""
    return 1 if _support("n", payload, provider) is Support.IGNORED else wanted(payload)


def wanted(payload: Mapping[str, Any]) -> int:
    """How many answers are asked for; nonsense counts as one."""
    return max(1, int(payload.get("n") or 1))


def logprobs(
    payload: Mapping[str, Any], spoken: Mapping[str, Any], provider: Provider | None
) -> dict[str, Any] | None:
    """The probabilities of an answer's words where they are asked for and documented; all words are as likely."""
    if not payload.get("logprobs") or _support("logprobs", payload, provider) not in _GIVEN:
        return None
    words = re.findall(r"\S+\s*", spoken.get("content") or "")
    listed = [
        {"token": word, "logprob": -0.1, "bytes": list(word.encode()), "top_logprobs": []} for word in words
    ]
    return {"content": listed, "refusal": None}


def _support(name: str, payload: Mapping[str, Any], provider: Provider | None) -> Support:
    """How a field is taken; OpenAI takes its own."""
    if provider is None:
        return Support.SUPPORTED
    known = profile.parameter(provider, name, provider.model(str(payload.get("model"))))
    return known.support if known is not None else Support.UNKNOWN


def usage_chunk(
    payload: Mapping[str, Any], usage: Mapping[str, Any], provider: Provider | None
) -> dict[str, Any] | None:
    """What the last chunk of a stream brings: the usage without choices, where it is asked for or sent anyway."""
    if profile.behaviour(provider, "streams.usage_with_content"):
        return None
    options = payload.get("stream_options")
    asked = isinstance(options, Mapping) and bool(options.get("include_usage"))
    known = profile.behaviour(provider, "streams.empty_choices")
    return (
        {"choices": [], "usage": usage} if asked or (known is not None and known.data == "always") else None
    )


def last_chunk(
    payload: Mapping[str, Any], choice: Mapping[str, Any], usage: Mapping[str, Any], provider: Provider | None
) -> dict[str, Any]:
    """The chunk with the finish reason, and with the usage where the provider sends it there."""
    if profile.behaviour(provider, "streams.usage_in_choice"):
        choice = {**choice, "usage": usage}
    chunk: dict[str, Any] = {"choices": [choice]}
    return chunk | {"usage": usage} if profile.behaviour(provider, "streams.usage_with_content") else chunk


def event(data: str, provider: Provider | None) -> str:
    """One event of a stream as the provider writes it, with a comment before it where it sends such."""
    space = "" if profile.behaviour(provider, "streams.sse_without_space") else " "
    comment = ": keep-alive\n\n" if profile.behaviour(provider, "streams.sse_comments") else ""
    return f"{comment}data:{space}{data}\n\n"
