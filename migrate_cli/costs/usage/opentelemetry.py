"""OpenTelemetry spans of model calls: OTLP as JSON, as a collector writes it to a file, and flat spans, one each.

Attributes: the GenAI conventions (semantic-conventions-genai and its Python package 0.66b2) with their older names.
Input should include cached tokens; some exporters break that rule. Spans of agents and tools repeat the counts of the
calls in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrate_cli.costs.usage.fields import count, first, label, mapping, text, when
from migrate_cli.costs.usage.format import NOT_A_CALL, Call, Format, Item, Reading, judged
from migrate_cli.costs.usage.tokens import Tokens

_INSIDE = (
    "resourceSpans",
    "resource_spans",
    "scopeSpans",
    "scope_spans",
    "instrumentationLibrarySpans",
    "spans",
    "data",
)
_CALLS = {
    "chat": None,
    "completion": None,
    "text_completion": None,
    "generate_content": None,
    "responses": None,
    "embeddings": "embedding",
    "embedding": "embedding",
}
_OPERATION = ("gen_ai.operation.name", "llm.request.type")
_INPUT = ("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.usage.prompt_tokens")
_OUTPUT = ("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.usage.completion_tokens")
_CACHED = ("gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens")
_WRITTEN = (
    "gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_write.input_tokens",
    "gen_ai.usage.cache_creation_input_tokens",
)
_REASONING = ("gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens")
_PROVIDER = ("gen_ai.provider.name", "gen_ai.system")
_TIER = (
    "openai.response.service_tier",
    "gen_ai.openai.response.service_tier",
    "openai.request.service_tier",
    "gen_ai.openai.request.service_tier",
)
_SCALARS = (
    "stringValue",
    "intValue",
    "doubleValue",
    "boolValue",
    "string_value",
    "int_value",
    "double_value",
)


def spans(value: Any) -> Iterable[Mapping[str, Any]]:
    """The spans in an export request, in a part of one, or the value itself."""
    if not isinstance(value, dict):
        return
    inner = next((value[name] for name in _INSIDE if isinstance(value.get(name), list)), None)
    if inner is None or "attributes" in value:
        yield value
        return
    for item in inner:
        yield from spans(item)


def attributes(span: Mapping[str, Any]) -> Mapping[str, Any]:
    """The attributes of a span by name, from OTLP's list of pairs or from an object."""
    written = span.get("attributes")
    if isinstance(written, list):
        pairs = [pair for pair in written if isinstance(pair, dict)]
        return {str(pair.get("key")): first(mapping(pair.get("value")), *_SCALARS) for pair in pairs}
    return mapping(written)


def _fits(span: Mapping[str, Any]) -> bool:
    """Any OTLP span, as calls of a model may be rare among them; another one only with attributes of a call."""
    if {"traceId", "spanId", "startTimeUnixNano"} <= span.keys():
        return True
    known = {"spanId", "span_id", "context", "start_time", "startTime"} & span.keys()
    return bool(known) and any(name.startswith(("gen_ai.", "llm.")) for name in attributes(span))


def _read(span: Mapping[str, Any], reading: Reading) -> Iterable[Item]:
    told = attributes(span)
    operation = first(told, *_OPERATION)
    if not any(name in told for name in (*_OPERATION, *_INPUT, *_OUTPUT)):
        return (reading.left(NOT_A_CALL),)
    if operation is not None and operation not in _CALLS:
        return (reading.left(NOT_A_CALL),)
    context = mapping(span.get("context"))
    trace = text(first(span, "traceId", "trace_id") or context.get("trace_id"))
    call = Call(
        tokens=_tokens(told),
        requested=label(told.get("gen_ai.request.model")),
        answered=label(told.get("gen_ai.response.model")),
        provider=label(first(told, *_PROVIDER)),
        start=when(first(span, "startTimeUnixNano", "start_time_unix_nano", "start_time", "startTime")),
        modality=_CALLS.get(str(operation)),
        tier=label(first(told, *_TIER)),
        failed=_failed(span, told),
        id=_known(trace, first(span, "spanId", "span_id") or context.get("span_id")),
        parent=_known(trace, first(span, "parentSpanId", "parent_span_id", "parent_id")),
    )
    return (judged(call, reading),)


def _tokens(told: Mapping[str, Any]) -> Tokens | None:
    if first(told, *_INPUT, *_OUTPUT) is None:
        return None
    into, out, cached, written, reasoning = (
        count(first(told, *names)) for names in (_INPUT, _OUTPUT, _CACHED, _WRITTEN, _REASONING)
    )
    return Tokens(into, out, cached, written, reasoning)


def _failed(span: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    status = mapping(span.get("status"))
    return "error.type" in told or first(status, "code", "status_code") in (2, "STATUS_CODE_ERROR", "ERROR")


def _known(trace: str | None, span: Any) -> str | None:
    own = text(span)
    return f"{trace}/{own}" if own else None


OPENTELEMETRY = Format(
    name="otel",
    title="OpenTelemetry",
    about="OpenTelemetry GenAI spans: OTLP JSON from a collector's file exporter, or one span per line",
    read=_read,
    fits=_fits,
    parts=spans,
)
