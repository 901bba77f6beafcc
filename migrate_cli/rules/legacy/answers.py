"""What the answers of the API hold, as far as a program that reads them as dictionaries has to be told.

A dict is an object of the SDK, a list holds objects or values, None is a plain value. The fields are those that the
classes of openai 1.109.1, 2.54.0 and 3.54.0 declare: an attribute of that name is always there.
"""

from __future__ import annotations

from collections.abc import Mapping

Node = Mapping[str, object] | list[object] | None
UNKNOWN = "unknown"
STREAM = "stream"
EITHER = "stream or answer"

_FUNCTION = {"name": None, "arguments": None}
_USAGE = {
    "prompt_tokens": None, "completion_tokens": None, "total_tokens": None,
    "prompt_tokens_details": {"cached_tokens": None, "audio_tokens": None},
    "completion_tokens_details": {"reasoning_tokens": None, "audio_tokens": None},
}  # fmt: skip
_HEAD = {"id": None, "object": None, "created": None, "model": None, "system_fingerprint": None}
_CALL = {"id": None, "type": None, "index": None, "function": _FUNCTION}
_MESSAGE = {
    "role": None, "content": None, "refusal": None, "function_call": _FUNCTION, "tool_calls": [_CALL],
}  # fmt: skip
_LOGPROBS = {"tokens": [None], "token_logprobs": [None], "text_offset": [None], "top_logprobs": [UNKNOWN]}
_CHOICE = {"index": None, "finish_reason": None, "logprobs": UNKNOWN}

WHOLE: Mapping[str, Node] = {
    "chat.completions": {**_HEAD, "usage": _USAGE, "choices": [{**_CHOICE, "message": _MESSAGE}]},
    "completions": {**_HEAD, "usage": _USAGE, "choices": [{**_CHOICE, "text": None, "logprobs": _LOGPROBS}]},
    "embeddings": {
        "object": None, "model": None, "usage": _USAGE,
        "data": [{"object": None, "index": None, "embedding": [None]}],
    },
    "images": {"created": None, "data": [{"url": None, "b64_json": None, "revised_prompt": None}]},
    "audio.transcriptions": {"text": None},
    "audio.translations": {"text": None},
    "models": {
        "object": None, "id": None, "created": None, "owned_by": None,
        "data": [{"id": None, "object": None, "created": None, "owned_by": None}],
    },
}  # fmt: skip
PARTS: Mapping[str, Node] = {
    "chat.completions": {**_HEAD, "usage": _USAGE, "choices": [{**_CHOICE, "delta": _MESSAGE}]},
    "completions": WHOLE["completions"],
}
# These are always sent; a default for one of them never counts.
ALWAYS = {"choices", "message", "delta", "data", "function"}


def answer(endpoint: str | None, streamed: bool) -> object:
    """What a call gives; UNKNOWN where nothing is written down of it."""
    if streamed:
        return STREAM if endpoint in PARTS else UNKNOWN
    return WHOLE.get(endpoint or "", UNKNOWN)


def step(node: object, key: str | int | None, endpoint: str | None) -> object:
    """What stands under `key` of a node."""
    if node == EITHER:
        node = STREAM if key is None else answer(endpoint, False)
    if node == STREAM:
        return PARTS[endpoint or ""]
    if isinstance(node, Mapping):
        return node.get(key, UNKNOWN) if isinstance(key, str) else UNKNOWN
    if isinstance(node, list):
        return UNKNOWN if isinstance(key, str) else node[0]
    return UNKNOWN


def at(root: object, route: tuple[str | int | None, ...], endpoint: str | None) -> object:
    """What stands at the end of a route."""
    node = root
    for key in route:
        node = step(node, key, endpoint)
    return node


def holds_objects(node: object) -> bool:
    """Whether a node is an object of the SDK, or holds some, so that it matters who reads it."""
    if isinstance(node, list):
        return holds_objects(node[0])
    return node is not None
