"""What every answer has around it: an id made from the request, a fixed time, counted tokens."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

CREATED = 1_760_000_000  # a fixed time: the same request gets the same answer


def envelope(kind: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The outer fields of a completion of this `kind`."""
    return {
        "id": f"standin-{digest(payload)}",
        "object": kind,
        "created": CREATED,
        "model": payload.get("model"),
    }


def usage(payload: Mapping[str, Any], message: Mapping[str, Any]) -> dict[str, Any]:
    """Tokens sent and got, at four characters each: a figure, not a measurement."""
    sent = tokens(json.dumps(payload.get("messages") or payload.get("prompt")))
    got = tokens(json.dumps(message))
    return {"prompt_tokens": sent, "completion_tokens": got, "total_tokens": sent + got}


def tokens(text: str) -> int:
    """About how many tokens a text has; at least 1."""
    return max(1, len(text) // 4)


def digest(value: object) -> str:
    """Eight characters that stand for a value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:8]
