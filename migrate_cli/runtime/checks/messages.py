"""Checks on a conversation: its shape, roles, content parts, tool pairs, and what thinking forbids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrate_cli.catalogue.types import Provider, TargetModel
from migrate_cli.runtime import profile
from migrate_cli.runtime.checks.fields import named
from migrate_cli.runtime.checks.form import malformed
from migrate_cli.runtime.exchange import Notes, Refusal
from migrate_cli.runtime.replies.refusals import find, refuse

_PLAIN_ROLES = frozenset({"system", "user", "assistant", "tool"})
_ROLES = _PLAIN_ROLES | {"developer", "function"}
_THINKING = {
    "forced tool": "tool_choice may not force a tool",
    "reasoning_content": "an assistant message with tool_calls must keep its reasoning_content",
}
_PARTS = {"image_url": ("image_url_parts", "image"), "input_audio": ("audio_parts", "audio")}


def shape(
    payload: Mapping[str, Any], provider: Provider | None, target: TargetModel | None
) -> Notes | Refusal:
    """Messages must be a list of objects with a known role, and not empty; the rest must be of the right form."""
    fault = malformed(payload)
    if fault is not None:
        return refuse(provider, fault[0], fault[1], param=fault[2])
    messages = payload.get("messages")
    if not isinstance(messages, list) or not messages:
        return refuse(
            provider, "messages", "messages must be a list with at least one item", param="messages"
        )
    for index, message in enumerate(messages):
        if not isinstance(message, Mapping) or message.get("role") not in _ROLES:
            reason = f"the message at position {index} has no known role"
            return refuse(provider, "roles", reason, param="messages")
        if (
            message["role"] == "assistant"
            and not _says_something(message)
            and find(provider, "empty assistant")
        ):
            reason = f"the assistant message at position {index} must not be empty"
            filled = {"position N": f"position {index}"}
            return refuse(
                provider, "messages", reason, like=("empty assistant",), param="messages", filled=filled
            )
    return Notes()


def roles(payload: Mapping[str, Any], provider: Provider, target: TargetModel | None) -> Notes | Refusal:
    """Each role used: a published error or the entry `role_<role>` decides; the usual four need none."""
    notes = Notes()
    used = [message["role"] for message in payload["messages"]]
    broken = {"no user message": "user" not in used, "several system messages": used.count("system") > 1}
    for rule, is_broken in broken.items():
        if is_broken and find(provider, rule):
            return refuse(provider, "roles", f"the conversation has {rule}", like=(rule,), param="messages")
    for role in sorted(set(used)):
        known = profile.parameter(provider, f"role_{role}", target)
        refused = find(provider, f"role {role}")
        if refused is None and known is None and role in _PLAIN_ROLES:
            continue
        outcome = named(f"role_{role}", provider, target)
        if refused or isinstance(outcome, Refusal):
            reason = f"the role {role} is not accepted"
            return refuse(provider, "roles", reason, like=(f"role {role}",), param="messages")
        notes = notes + outcome
    return notes


def parts(payload: Mapping[str, Any], provider: Provider, target: TargetModel | None) -> Notes | Refusal:
    """Content parts other than text, against the model's modalities and the provider's entry."""
    notes = Notes()
    for name, modality in sorted(_parts_used(payload)):
        if target is not None and target.modalities and modality not in target.modalities:
            reason = f"the model {target.id} takes no {modality} input"
            return refuse(provider, "model", reason, param="messages", tabled=False)
        outcome = named(name, provider, target)
        if isinstance(outcome, Refusal):
            return outcome
        notes = notes + outcome
    return notes


def tool_pairs(
    payload: Mapping[str, Any], provider: Provider | None, target: TargetModel | None
) -> Notes | Refusal:
    """Every tool call is answered by the tool messages right after it, and every tool message answers one."""
    open_calls: set[str] = set()
    for index, message in enumerate(payload["messages"]):
        if message["role"] == "tool":
            if message.get("tool_call_id") not in open_calls:
                reason = f"the tool message at position {index} answers no tool call"
                return refuse(
                    provider,
                    "tool_pairs",
                    reason,
                    like=("tool message without", "role 'tool' must"),
                    param="messages",
                )
            open_calls.discard(message["tool_call_id"])
            continue
        if open_calls:
            break
        open_calls = {str(call.get("id")) for call in message.get("tool_calls") or []}
    if open_calls:
        reason = "an assistant message with tool_calls must be followed by a tool message for each of them"
        return refuse(
            provider,
            "tool_pairs",
            reason,
            like=("tool call without", "insufficient tool messages"),
            param="messages",
        )
    return Notes()


def thinking(payload: Mapping[str, Any], provider: Provider, target: TargetModel | None) -> Notes | Refusal:
    """What is documented of a thinking model: no forced tool, reasoning sent back, no way off."""
    if _cannot_stop(payload, target):
        reason = "this model always thinks; thinking cannot be switched off"
        known = find(provider, "thinking disabled")
        if known is None:
            return Notes(unproven=(reason,))
        return refuse(provider, "thinking", reason, like=("thinking disabled",))
    on = profile.thinks(target, payload)
    thoughtless = next(_thoughtless(payload), None)
    choice = payload.get("tool_choice")
    broken = {
        "forced tool": (choice == "required" or isinstance(choice, Mapping))
        and not _may_force(provider, target),
        "reasoning_content": thoughtless is not None,
    }
    for rule, is_broken in broken.items():
        if not is_broken or on is False or find(provider, rule) is None:
            continue
        if on is None:
            return Notes(unproven=(f"{rule}: whether this model thinks by default is not documented",))
        filled = {"index N": f"index {thoughtless}"}
        reason = f"while the model thinks: {_THINKING[rule]}"
        return refuse(provider, "thinking", reason, like=(rule,), filled=filled)
    return Notes()


def _thoughtless(payload: Mapping[str, Any]) -> Iterator[int]:
    """The positions of messages that call a tool and hold no thoughts."""
    for index, message in enumerate(payload["messages"]):
        if message.get("tool_calls") and "reasoning_content" not in message:
            yield index


def _may_force(provider: Provider, target: TargetModel | None) -> bool:
    """Whether it is on record for which models a forced tool is refused, and this is none of them."""
    known = profile.known(provider, "tools.forced_while_thinking")
    listed = known is not None and known.holds is not None
    return listed and profile.behaviour(provider, "tools.forced_while_thinking", target) is None


def _cannot_stop(payload: Mapping[str, Any], target: TargetModel | None) -> bool:
    if target is None or target.thinking is None or target.thinking.default != "always":
        return False
    switch = payload.get("thinking")
    off = isinstance(switch, Mapping) and switch.get("type") == "disabled"
    return off or payload.get("enable_thinking") is False


def _says_something(message: Mapping[str, Any]) -> bool:
    return any(message.get(name) for name in ("content", "tool_calls", "function_call", "refusal", "audio"))


def _parts_used(payload: Mapping[str, Any]) -> set[tuple[str, str]]:
    contents = [message.get("content") for message in payload["messages"]]
    kinds = {part.get("type") for content in contents if isinstance(content, list) for part in content}
    return {_PARTS[kind] for kind in kinds if kind in _PARTS}
