"""Runs exported from LangSmith as JSON, JSON lines or CSV. Its input counts include cached tokens.

Fields: `Run` and `UsageMetadata` of langsmith 0.15.0. Only runs of type `llm` call a model; the counts of chains and
tools repeat theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrate_cli.costs.usage.fields import first, known_cost, label, mapping, text, when
from migrate_cli.costs.usage.format import NOT_A_CALL, Call, Columns, Format, Item, Reading, judged
from migrate_cli.costs.usage.tokens import Tokens, openai_tokens

_TIERS = ("priority", "flex")  # these calls have their counts under keys such as `flex_cache_read`
_DETAILS = ("prompt_token_details", "input_token_details", "completion_token_details", "output_token_details")
_COLUMNS = (
    "id run_id name run_type start_time end_time latency status error inputs outputs extra metadata tags "
    "feedback_stats parent_run_id trace_id dotted_order session_id reference_example_id total_tokens "
    "prompt_tokens completion_tokens prompt_token_details completion_token_details total_cost prompt_cost "
    "completion_cost prompt_cost_details completion_cost_details first_token_time model provider "
    "ls_model_name ls_provider events serialized app_path child_run_ids parent_run_ids execution_order "
    "manifest_id "
)


def _fits(run: Mapping[str, Any]) -> bool:
    return "run_type" in run and (
        "trace_id" in run or "dotted_order" in run or "inputs" in run or "extra" in run
    )


def _read(run: Mapping[str, Any], reading: Reading) -> Iterable[Item]:
    if first(run, "run_type") not in (None, "llm", "embedding"):
        return (reading.left(NOT_A_CALL),)
    extra = mapping(run.get("extra"))
    told = mapping(first(extra, "metadata") or run.get("metadata"))
    asked = mapping(extra.get("invocation_params"))
    outputs = mapping(run.get("outputs"))
    tokens = _tokens(run, outputs)
    call = Call(
        tokens=tokens,
        requested=label(
            first(told, "ls_model_name") or first(asked, "model", "model_name", "azure_deployment")
        )
        or label(first(run, "ls_model_name", "model")),
        answered=label(
            first(outputs, "model") or first(mapping(outputs.get("llm_output")), "model_name", "model")
        ),
        provider=label(first(told, "ls_provider") or first(run, "ls_provider", "provider")),
        start=when(run.get("start_time")),
        tier=_tier(run, outputs),
        paid=known_cost(first(run, "total_cost")),
        failed=bool(run.get("error")) or run.get("status") == "error",
        id=text(first(run, "id", "run_id")),
        parent=text(run.get("parent_run_id")),
    )
    return (judged(call, reading),)


def _tokens(run: Mapping[str, Any], outputs: Mapping[str, Any]) -> Tokens | None:
    counts = {**run, **{name: _plain(run.get(name)) for name in _DETAILS if run.get(name)}}
    found = openai_tokens(counts)
    if found is not None and found.all:
        return found
    spent = mapping(outputs.get("usage_metadata")) or mapping(
        first(mapping(outputs.get("llm_output")), "token_usage") or outputs.get("usage")
    )
    return openai_tokens({**spent, **{name: _plain(spent[name]) for name in _DETAILS if spent.get(name)}})


def _plain(details: Any) -> dict[str, Any]:
    """The details of a count without the words for a service tier."""
    plain: dict[str, Any] = {}
    for name, value in mapping(details).items():
        for tier in _TIERS:
            name = name.removeprefix(f"{tier}_")
        plain.setdefault(name, value)
    return plain


def _tier(run: Mapping[str, Any], outputs: Mapping[str, Any]) -> str | None:
    spent = mapping(outputs.get("usage_metadata"))
    names = {key for place in (run, spent) for name in _DETAILS for key in mapping(place.get(name))}
    return next((tier for tier in _TIERS if any(name.startswith(tier) for name in names)), None) or label(
        outputs.get("service_tier")
    )


LANGSMITH = Format(
    name="langsmith",
    title="LangSmith",
    about="runs exported from LangSmith as JSON, JSON lines or CSV",
    read=_read,
    fits=_fits,
    columns=Columns(
        signs=(
            frozenset({"run_type", "prompt_tokens"}),
            frozenset({"run_type", "total_tokens"}),
            frozenset({"run_id", "trace_id", "prompt_tokens"}),
        ),
        needs=(("start_time",), ("prompt_tokens",), ("completion_tokens",)),
        known=frozenset(_COLUMNS.split()),
    ),
)
