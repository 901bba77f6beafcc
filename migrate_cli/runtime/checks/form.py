"""Is a chat request of the right form at all: lists where lists belong, objects in them. No API takes anything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_LISTS = ("tools", "functions")


_Fault = tuple[str, str, str]


def malformed(payload: Mapping[str, Any]) -> _Fault | None:
    """(check, what is wrong, the field it is in) for the first thing that is not of the right form, or None."""
    return next(_faults(payload), None)


def _faults(payload: Mapping[str, Any]) -> Iterator[_Fault]:
    for name in _LISTS:
        if not _is_list_of_objects(payload.get(name)):
            yield "fields", f"{name} must be a list of objects", name
    for tool in payload.get("tools") or ():
        if not isinstance(tool.get("function", {}), Mapping):
            yield "fields", "the function of a tool must be an object", "tools"
    wanted = payload.get("n")
    if wanted is not None and type(wanted) is not int:
        yield "fields", "n must be a whole number", "n"
    messages = payload.get("messages")
    for index, message in enumerate(messages if isinstance(messages, list) else ()):
        yield from _message_faults(index, message)


def _message_faults(index: int, message: Any) -> Iterator[_Fault]:
    if not isinstance(message, Mapping) or not isinstance(message.get("role"), str):
        yield "roles", f"the message at position {index} has no known role", "messages"
        return
    content = message.get("content")
    if isinstance(content, list) and not _is_list_of_objects(content):
        yield "messages", f"the content of the message at position {index} must hold objects", "messages"
    calls = message.get("tool_calls")
    if not _is_list_of_objects(calls) or any(
        not isinstance(call.get("function", {}), Mapping) for call in calls or ()
    ):
        yield "messages", f"the tool_calls of the message at position {index} must be objects", "messages"


def _is_list_of_objects(value: Any) -> bool:
    """Whether every item is an object; true of nothing at all."""
    return value is None or (isinstance(value, list) and all(isinstance(item, Mapping) for item in value))
