"""Calls logged by LiteLLM: the StandardLoggingPayload of its proxy, and its table LiteLLM_SpendLogs.

Fields: litellm 1.109.1. Both count cached tokens as part of the prompt. What the proxy answered from its own cache
costs nothing. The program asks for the model group, the bill names the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrate_cli.costs.usage.fields import counted, first, flag, known_cost, label, mapping, text, when
from migrate_cli.costs.usage.format import FROM_CACHE, Call, Columns, Format, Item, Reading, itself, judged
from migrate_cli.costs.usage.tokens import Tokens, openai_tokens

# Type of call, without the `a` of asynchronous ones, to the modality; other calls: told by the model.
_MODALITIES = {
    "embedding": "embedding",
    "moderation": "moderation",
    "image_generation": "image",
    "image_edit": "image",
    "transcription": "audio",
    "speech": "audio",
    "realtime": "audio",
}
_COLUMNS = (
    "request_id call_type api_key spend total_tokens prompt_tokens completion_tokens starttime endtime "
    "request_duration_ms completionstarttime model model_id model_group custom_llm_provider api_base user metadata "
    "cache_hit cache_key request_tags team_id organization_id end_user requester_ip_address messages response "
    "session_id status proxy_server_request mcp_namespaced_tool_name agent_id"
)


def _payloads(value: Any) -> Iterable[Mapping[str, Any]]:
    """The payload itself where a callback wrote all it was given."""
    for record in itself(value):
        inner = record.get("standard_logging_object") or mapping(record.get("kwargs")).get(
            "standard_logging_object"
        )
        yield inner if isinstance(inner, dict) else record


def _fits_payload(record: Mapping[str, Any]) -> bool:
    own = ("response_cost", "hidden_params", "model_map_information", "model_group", "custom_llm_provider")
    return "call_type" in record and "spend" not in record and any(name in record for name in own)


def _fits_row(record: Mapping[str, Any]) -> bool:
    return "request_id" in record and "spend" in record and "call_type" in record


def _read(record: Mapping[str, Any], reading: Reading) -> Iterable[Item]:
    told = mapping(record.get("metadata"))
    tokens = _tokens(record, told)
    if flag(record.get("cache_hit")):
        return (reading.left(FROM_CACHE, tokens.all if tokens else 0),)
    status = first(record, "status") or first(told, "status")
    call = Call(
        tokens=tokens,
        requested=label(first(record, "model_group")) or label(first(record, "model")),
        answered=label(first(record, "model")),
        provider=label(first(record, "custom_llm_provider")),
        start=when(first(record, "startTime", "starttime", "start_time")),
        modality=_MODALITIES.get(str(record.get("call_type")).removeprefix("a")),
        tier=label(mapping(record.get("model_parameters")).get("service_tier")),
        paid=known_cost(first(record, "response_cost", "spend")),
        failed=status == "failure",
        id=text(first(record, "id", "request_id")),
    )
    return (judged(call, reading),)


def _tokens(record: Mapping[str, Any], told: Mapping[str, Any]) -> Tokens | None:
    """The counts of the row; what they consist of stands in the usage object that is kept beside them."""
    counts = openai_tokens(record)
    kept = mapping(first(told, "usage_object", "additional_usage_values") or record.get("usage_object"))
    parts = openai_tokens(kept)
    if counts is None or parts is None:
        return counts
    return counts._replace(
        cached=parts.cached or counted(kept, "cache_read_input_tokens"),
        cache_write=parts.cache_write or counted(kept, "cache_creation_input_tokens"),
        reasoning=parts.reasoning,
        audio=parts.audio,
    )


LITELLM = Format(
    name="litellm",
    title="LiteLLM log",
    about="calls logged by LiteLLM's proxy (StandardLoggingPayload) as JSON lines",
    read=_read,
    fits=_fits_payload,
    parts=_payloads,
)
SPEND_LOGS = Format(
    name="litellm-spend",
    title="LiteLLM table",
    about="LiteLLM's table LiteLLM_SpendLogs as CSV or JSON",
    read=_read,
    fits=_fits_row,
    columns=Columns(
        signs=(
            frozenset({"request_id", "spend", "call_type"}),
            frozenset({"request_id", "spend", "prompt_tokens"}),
        ),
        needs=(("starttime", "start_time"), ("model",), ("prompt_tokens",), ("completion_tokens",)),
        known=frozenset(_COLUMNS.split()) | {"start_time", "end_time"},
    ),
)
