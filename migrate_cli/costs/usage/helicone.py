"""Requests exported from Helicone as JSON, JSON lines or CSV.

Fields: the export of Helicone's repository. It takes cached tokens out of OpenAI's prompt count when it stores them
(packages/cost/usage/openAIUsageProcessor.ts, commit 05291bc7; older: bodyProcessors/openaiBodyProcessor.ts, commit
088ab76a) and reasoning out of the completion count (valhalla/jawn/src/lib/handlers/HandlerContext.ts, commit
0698c4d1), so here both are added again. Rows that Helicone answered from its own cache cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrate_cli.costs.usage.fields import counted, first, flag, known_cost, label, text, when
from migrate_cli.costs.usage.format import FROM_CACHE, Call, Columns, Format, Item, Reading, judged
from migrate_cli.costs.usage.tokens import Tokens

_NO_REFERENCE = ("", "00000000-0000-0000-0000-000000000000")
_COLUMNS = (
    "response_id response_created_at response_status response_body request_id request_created_at request_body "
    "request_path request_user_id request_properties request_model model_override response_model model provider "
    "prompt_id prompt_version helicone_user latency delay_ms time_to_first_token total_tokens prompt_tokens "
    "prompt_cache_read_tokens prompt_cache_write_tokens prompt_audio_tokens completion_tokens "
    "completion_audio_tokens reasoning_tokens costusd cost cost_usd cache_enabled cache_reference_id cache_hit "
    "cached country_code user_id user_api_key_preview user_api_key_user_id organization_id node_id feedback_rating "
    "feedback_created_at scores assets asset_ids asset_urls llmschema properties target_url signed_body_url "
    "helicone_proxy_key_id helicone_user_id job_id threat ai_gateway_body_mapping status"
)


def _fits(row: Mapping[str, Any]) -> bool:
    return "request_created_at" in row and (
        "request_model" in row or "response_model" in row or "prompt_tokens" in row
    )


def _read(row: Mapping[str, Any], reading: Reading) -> Iterable[Item]:
    tokens = _tokens(row)
    if str(row.get("cache_reference_id") or "") not in _NO_REFERENCE or flag(row.get("cache_hit")):
        return (reading.left(FROM_CACHE, tokens.all),)
    status = text(str(first(row, "response_status", "status") or ""))
    call = Call(
        tokens=tokens,
        requested=label(first(row, "model_override", "request_model", "model")),
        answered=label(first(row, "response_model")),
        provider=label(row.get("provider")),
        start=when(first(row, "request_created_at")),
        paid=known_cost(first(row, "costUSD", "costusd", "cost_usd", "cost")),
        failed=bool(status) and not str(status).startswith("2"),
        id=text(first(row, "request_id")),
    )
    return (judged(call, reading),)


def _tokens(row: Mapping[str, Any]) -> Tokens:
    cached = counted(row, "prompt_cache_read_tokens")
    written = counted(row, "prompt_cache_write_tokens")
    reasoning = counted(row, "reasoning_tokens")
    into = counted(row, "prompt_tokens") + cached + written
    out = counted(row, "completion_tokens") + reasoning
    audio = counted(row, "prompt_audio_tokens") + counted(row, "completion_audio_tokens")
    return Tokens(into, out, cached, written, reasoning, audio, whole=True)


HELICONE = Format(
    name="helicone",
    title="Helicone",
    about="requests exported from Helicone as JSON, JSON lines or CSV",
    read=_read,
    fits=_fits,
    columns=Columns(
        signs=(
            frozenset({"request_created_at", "prompt_tokens"}),
            frozenset({"request_created_at", "request_model"}),
        ),
        needs=(
            ("request_created_at",),
            ("request_model", "response_model", "model"),
            ("prompt_tokens",),
            ("completion_tokens",),
        ),
        known=frozenset(_COLUMNS.split()),
    ),
)
