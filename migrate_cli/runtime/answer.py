"""What goes back to the program: a status, headers and the body, whole or in events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"
EVENTS = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Answer:
    """`parts` is the body in pieces; of `EVENTS` each piece is sent on its own. `delay` is in seconds."""

    status: int
    parts: Iterable[bytes] = ()
    kind: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0


def whole(status: int, body: Any, **headers: str) -> Answer:
    """A JSON answer; header names are written with `_` in place of `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, (json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),), headers=named)


def events(lines: Iterable[str]) -> Answer:
    """A stream of server-sent events, each already written out."""
    return Answer(200, (line.encode("utf-8", "replace") for line in lines), EVENTS)
