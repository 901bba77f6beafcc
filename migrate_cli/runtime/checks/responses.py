"""Checks on a request to /responses: its input, and what the catalogue knows of state, fields and tools there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrate_cli.catalogue.types import Provider, TargetModel
from migrate_cli.runtime import profile
from migrate_cli.runtime.exchange import Notes, Refusal
from migrate_cli.runtime.replies.refusals import refuse

Payload = Mapping[str, Any]
_STATE = ("previous_response_id", "conversation")
_PLAIN = frozenset({"model", "input", "stream", "tools", *_STATE})


def shape(payload: Payload, provider: Provider | None, target: TargetModel | None) -> Notes | Refusal:
    """There is an input (text, or a list of items) or something to go on from, and every output of a tool belongs to a
    call."""
    given = payload.get("input")
    if given and not isinstance(given, str | list):
        return refuse(provider, "input", "input must be a text or a list of items", param="input")
    if not any(payload.get(name) for name in ("input", "prompt", *_STATE)):
        return refuse(
            provider, "input", "there is neither an input nor anything to go on from", param="input"
        )
    items = [item for item in given if isinstance(item, Mapping)] if isinstance(given, list) else []
    called = {item.get("call_id") for item in items if item.get("type") == "function_call"}
    for item in items:
        is_output = item.get("type") == "function_call_output" and not any(payload.get(n) for n in _STATE)
        if is_output and item.get("call_id") not in called:
            return refuse(provider, "tool_pairs", "a function_call_output answers no call", param="input")
    return Notes()


def behaviours(payload: Payload, provider: Provider, target: TargetModel | None) -> Notes | Refusal:
    """Refuse fields that are known to be refused, and state where answers are not kept; the rest is not proven."""
    refused = profile.behaviour(provider, "services.responses_refuses", target)
    for name in refused.data if refused is not None else ():
        if payload.get(name) is not None:
            return refuse(provider, "fields", f"{name} is not accepted in /responses", param=name)
    kept = profile.known(provider, "services.responses_state")
    for name in (name for name in _STATE if payload.get(name)):
        if kept is not None and kept.holds is False:
            return refuse(provider, "state", f"{name} finds nothing: answers are not kept there", param=name)
    return Notes(unproven=tuple(_unproven(payload, provider, kept is None or kept.holds is None)))


def _unproven(payload: Payload, provider: Provider, state: bool) -> Iterator[str]:
    yield from (f"responses: {name}" for name in sorted(payload) if name not in _PLAIN)
    yield from (f"responses: {name}" for name in _STATE if state and payload.get(name))
    hosted = profile.behaviour(provider, "services.hosted_tools")
    known = {"function", *(hosted.data if hosted is not None else ())}
    kinds = {str(tool.get("type")) for tool in payload.get("tools") or ()}
    yield from (f"responses: tool {kind}" for kind in sorted(kinds - known))
