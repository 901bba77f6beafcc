"""Is a request of the right form: lists where lists belong, objects in them, and values of the types that fields have.

No API takes anything but a list for a list. A number written as text is another matter: OpenAI refuses it, others read
it as a number, and few say which. Types and least values: OpenAI's OpenAPI document, version 2.3.0, read 2026-11.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrate_cli.catalogue.types import Provider, TargetModel
from migrate_cli.runtime.exchange import Notes

_LISTS = ("tools", "functions")
_NUMBERS = ("temperature", "top_p", "presence_penalty", "frequency_penalty")
_WHOLE = ("max_tokens", "max_completion_tokens", "n", "seed", "top_logprobs", "dimensions")
_LEAST = {"max_tokens": 1, "max_completion_tokens": 1, "n": 1, "top_logprobs": 0, "dimensions": 1}
_FLAGS = ("stream", "parallel_tool_calls")
_SPEAKERS = ("user", "system", "developer", "tool")  # an assistant may have called a tool instead

_Fault = tuple[str, str, str]


def malformed(payload: Mapping[str, Any]) -> _Fault | None:
    """(check, what is wrong, the field it is in) for the first thing that is not of the right form, or None."""
    return next(_faults(payload), None)


def mistyped(payload: Mapping[str, Any], provider: Provider, target: TargetModel | None) -> Notes:
    """A step of the checks: what OpenAI refuses for its type, and no source tells how `provider` takes it."""
    return Notes(unproven=tuple(doubts(payload)))


def doubts(payload: Mapping[str, Any]) -> Iterator[str]:
    """What has not the type, or not the least value, that OpenAI's API documents; null counts as left out."""
    for name, value in payload.items():
        if value is None:
            continue
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if name in _NUMBERS and not number:
            yield f"{name}: not a number"
        elif name in _WHOLE and type(value) is not int:
            yield f"{name}: not a whole number"
        elif name in _LEAST and value < _LEAST[name]:
            yield f"{name}: below {_LEAST[name]}"
        elif name in _FLAGS and not isinstance(value, bool):
            yield f"{name}: neither true nor false"
        elif name == "stop" and not _is_text(value):
            yield "stop: neither a text nor a list of texts"
    messages = payload.get("messages")
    for message in messages if isinstance(messages, list) else ():
        role = message.get("role") if isinstance(message, Mapping) else None
        if role in _SPEAKERS and message.get("content") is None:
            yield f"messages: a {role} message without content"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(v, str) for v in value))


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
