"""The body of a request as JSON, and what nobody documents about how it was sent."""

from __future__ import annotations

import json
from typing import Any

from migrate_cli.runtime.exchange import Notes, Request


def payload(request: Request) -> dict[str, Any] | None:
    """The JSON object that was sent, empty for a GET; None for anything else, such as NaN and endless nesting."""
    if request.method == "GET":
        return {}
    try:
        found = json.loads(request.body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def sent_oddly(request: Request) -> Notes:
    """What no source says that a provider takes: another content type than JSON, a compressed body."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    packing = request.headers.get("content-encoding", "identity").strip().lower()
    is_json = kind in ("", "application/json") or kind.endswith("+json")
    notes = [] if is_json or not request.body else [f"content type {kind}"]
    return Notes(unproven=(*notes, *([] if packing == "identity" else [f"a body packed with {packing}"])))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
