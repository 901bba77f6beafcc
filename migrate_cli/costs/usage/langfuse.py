"""Observations exported from Langfuse as JSON, JSON lines or CSV, by its API or from its blob storage.

Fields: `ObservationV2` of langfuse 5.0.4; the export field reference in langfuse-docs, commit 05bdc0e1. Langfuse takes
the details out of OpenAI's counts when it stores them (packages/shared/src/server/ingestion/types.ts, commit
0391b9a2), so that parts such as `input_cached_tokens` stand beside `input`. Details that others wrote may be a part of
it: what adds up to the total decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrate_cli.costs.usage.fields import count, counted, first, known_cost, label, mapping, text, when
from migrate_cli.costs.usage.format import NOT_A_CALL, Call, Columns, Format, Item, Reading, judged
from migrate_cli.costs.usage.tokens import Tokens, openai_tokens

_CALLS = ("GENERATION", "EMBEDDING")
_CACHED = ("input_cached_tokens", "cache_read_input_tokens", "input_cache_read", "input_cached")
_WRITTEN = ("cache_creation_input_tokens", "input_cache_write_tokens", "input_cache_creation")
_REASONING = ("output_reasoning_tokens", "output_reasoning", "reasoning_tokens")
_AUDIO = ("input_audio_tokens", "output_audio_tokens", "input_audio", "output_audio")
_NO_SUM = "token counts whose parts do not make the total"
_COLUMNS = (
    "id trace_id project_id environment type parent_observation_id start_time end_time name metadata level "
    "status_message version input output provided_model_name model_parameters usage_details cost_details "
    "completion_start_time prompt_name prompt_version total_cost latency time_to_first_token model_id created_at "
    "updated_at prompt_id tool_calls tool_call_names tool_definitions usage_pricing_tier_id "
    "usage_pricing_tier_name user_id session_id trace_name tags release bookmarked public model usage "
    "input_usage output_usage total_usage input_cost output_cost traceid parentobservationid starttime endtime "
    "statusmessage completionstarttime modelid modelparameters promptname promptversion promptid usagedetails "
    "costdetails totalcost inputcost outputcost calculatedtotalcost calculatedinputcost calculatedoutputcost "
    "internalmodelid providedmodelname prompttokens completiontokens totaltokens projectid createdat updatedat "
    "timetofirsttoken tracename traceidname unit inputprice outputprice totalprice prompt_tokens completion_tokens "
    "total_tokens provided_usage_details provided_cost_details"
)
_TYPE_AND = tuple(
    frozenset({"type", name})
    for name in ("usage_details", "usagedetails", "provided_model_name", "providedmodelname", "input_usage")
)


def _fits(row: Mapping[str, Any]) -> bool:
    names = ("usageDetails", "usage_details", "costDetails", "provided_model_name", "providedModelName")
    older = "traceId" in row and isinstance(row.get("usage"), dict)
    return "type" in row and (any(name in row for name in names) or older)


def _read(row: Mapping[str, Any], reading: Reading) -> Iterable[Item]:
    if str(row.get("type")).upper() not in _CALLS:
        return (reading.left(NOT_A_CALL),)
    tokens = _tokens(row)
    if isinstance(tokens, int):
        return (reading.left(_NO_SUM, tokens),)
    costs = mapping(first(row, "costDetails", "cost_details", "costdetails"))
    call = Call(
        tokens=tokens,
        requested=label(first(row, "providedModelName", "provided_model_name", "providedmodelname", "model")),
        answered=None,
        start=when(first(row, "startTime", "start_time", "starttime")),
        modality="embedding" if str(row.get("type")).upper() == "EMBEDDING" else None,
        paid=known_cost(
            first(row, "totalCost", "total_cost", "totalcost", "calculatedTotalCost") or costs.get("total")
        ),
        failed=row.get("level") == "ERROR",
        id=text(row.get("id")),
        parent=text(first(row, "parentObservationId", "parent_observation_id", "parentobservationid")),
    )
    return (judged(call, reading),)


def _tokens(row: Mapping[str, Any]) -> Tokens | int | None:
    """The counts; as a plain number, the total of parts that do not add up to it."""
    details = mapping(first(row, "usageDetails", "usage_details", "usagedetails"))
    if details:
        return _of_details(details)
    older = mapping(row.get("usage"))
    if older:
        if first(older, "unit") not in (None, "TOKENS"):
            return None
        return _of_details(older) if "input" in older or "output" in older else openai_tokens(older)
    into, out = (
        counted(row, "input_usage", "promptTokens", "prompttokens"),
        counted(row, "output_usage", "completionTokens", "completiontokens"),
    )
    return Tokens(into, out) if into or out else openai_tokens(row)


def _of_details(details: Mapping[str, Any]) -> Tokens | int | None:
    counts = {
        name: count(value)
        for name, value in details.items()
        if name.startswith(("input", "output", "cache", "reasoning")) and not name.lower().endswith("cost")
    }
    if "total" in details and not counts:
        return count(details["total"])
    parts = sum(counts.values())
    into, out = counts.get("input", 0), counts.get("output", 0)
    total = count(details.get("total")) or parts
    cached, written, reasoning = (counted(counts, *names) for names in (_CACHED, _WRITTEN, _REASONING))
    if parts == total:  # each token stands in one part only
        whole_output = sum(size for name, size in counts.items() if name.startswith(("output", "reasoning")))
        into, out = parts - whole_output, whole_output
    elif into + out != total:
        return total
    audio = sum(counts.get(name, 0) for name in _AUDIO)
    return Tokens(into, out, cached, written, reasoning, audio, into + out, whole=True)


LANGFUSE = Format(
    name="langfuse",
    title="Langfuse",
    about="observations exported from Langfuse as JSON, JSON lines or CSV",
    read=_read,
    fits=_fits,
    columns=Columns(
        signs=_TYPE_AND,
        needs=(
            ("type",),
            ("start_time", "starttime"),
            ("provided_model_name", "providedmodelname", "model"),
            ("usage_details", "usagedetails", "input_usage", "usage"),
        ),
        known=frozenset(_COLUMNS.split()),
    ),
)
