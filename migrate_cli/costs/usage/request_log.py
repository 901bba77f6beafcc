"""Plain logs of requests as JSON lines: answers of chat completions, responses or embeddings as they came, pairs of
request and response, the output of OpenAI's Batch API, or lines with a model and its counts.

Fields: the `usage` objects of openai-openapi commit f85dbe22, 2026-08-21. Nothing but names, counts and times is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from migrate_cli.costs.usage.fields import Odd, count, first, known_cost, label, mapping, text, when
from migrate_cli.costs.usage.format import NOT_A_CALL, Call, Format, Item, Reading, judged
from migrate_cli.costs.usage.tokens import Tokens, openai_tokens

_AROUND = ("response", "body", "result", "data", "completion", "response_body", "resp", "output")
_DEPTH = 3
_MODEL = ("model", "model_name", "request_model")
_TIMES = ("created", "created_at")
_LOGGED = ("timestamp", "time", "ts", "@timestamp", "start_time", "created_at", "created", "datetime", "date")
_COST = ("cost", "cost_usd", "total_cost")


def _answer(record: Mapping[str, Any], depth: int = 0) -> Mapping[str, Any] | None:
    """The object with the counts: the record, or what stands in it under the usual names."""
    if mapping(record.get("usage")):
        return record
    if depth < _DEPTH:
        for name in _AROUND:
            inner = mapping(record.get(name))
            found = _answer(inner, depth + 1) if inner else None
            if found is not None:
                return found
    return record if _flat(record) is not None else None


def _flat(record: Mapping[str, Any]) -> Tokens | None:
    """Counts that stand in the record itself; a text named like one is none."""
    try:
        return openai_tokens(record)
    except Odd:
        return None


def _request(record: Mapping[str, Any]) -> Mapping[str, Any]:
    asked = mapping(record.get("request"))
    return mapping(asked.get("body")) or asked


def _fits(record: Mapping[str, Any]) -> bool:
    answer = _answer(record)
    named = first(answer or {}, *_MODEL) or first(record, *_MODEL) or first(_request(record), *_MODEL)
    return answer is not None and isinstance(named, str)


def _read(record: Mapping[str, Any], reading: Reading) -> Iterable[Item]:
    answer = _answer(record)
    request = _request(record)
    response = mapping(record.get("response"))
    failed = _failed(record, response)
    found = answer if answer is not None else record
    kind = str(found.get("object"))
    if (
        answer is None
        and not failed
        and (first(record, *_MODEL) is None or kind.endswith(".chunk"))
        and not request
    ):
        return (reading.left(NOT_A_CALL),)
    wrapped = found is not record
    call = Call(
        tokens=openai_tokens(mapping(found.get("usage")) or found),
        requested=label(first(request, *_MODEL) or (first(record, *_MODEL) if wrapped else None)),
        answered=label(first(found, *_MODEL)),
        provider=label(first(record, "provider", "custom_llm_provider", "llm_provider")),
        start=_start(found, record),
        modality="embedding" if kind == "list" else None,
        tier=label(first(found, "service_tier")),
        batch="custom_id" in record and bool(response),
        paid=known_cost(_cost(record)),
        failed=failed,
        id=text(first(found, "id") or first(record, "request_id", "id")),
    )
    return (judged(call, reading),)


def _start(found: Mapping[str, Any], record: Mapping[str, Any]) -> datetime | None:
    """The time of a call. A member named so may be a duration as well: what is no time is passed over."""
    for place, names in ((found, _TIMES), (record, _LOGGED)):
        for name in names:
            try:
                start = when(place.get(name))
            except Odd:
                continue
            if start is not None:
                return start
    return None


def _failed(record: Mapping[str, Any], response: Mapping[str, Any]) -> bool:
    status = first(response, "status_code", "status") or first(record, "status_code", "http_status")
    return bool(record.get("error")) or (str(status).isdigit() and count(status) >= 400)


def _cost(record: Mapping[str, Any]) -> Any:
    cost = first(record, *_COST)
    return cost if isinstance(cost, (int, float, str)) else None


REQUEST_LOG = Format(
    name="requests",
    title="request log",
    about="JSON lines of your own: answers of the API as they came, {request, response}, or a model and its usage",
    read=_read,
    fits=_fits,
)
