"""An answer of the OpenAI-compatible API as a provider's own SDK gets it: whole, as a stream, or as an error."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from migrate_cli.catalogue.native import Dialect, Writing
from migrate_cli.runtime import answer
from migrate_cli.runtime.answer import EVENTS, Answer
from migrate_cli.runtime.native.templates import fill
from migrate_cli.runtime.replies.envelope import CREATED, digest

Data = Mapping[str, Any]
_DATA = re.compile(r"^(?:\ufeff)?data: ?(?P<data>.*)$", re.MULTILINE)
_TEXTS = ("content", "reasoning_content")


def reply(told: Answer, dialect: Dialect, form: str, framing: Data, *, streams: bool) -> Answer:
    """`told` (an answer of the stand-in as OpenAI's clients get it) in the dialect's `form`.

    An error becomes the dialect's error, if it has one of its own, also with status 200. `streams` says that a stream
    was asked for.
    """
    if told.kind == EVENTS:
        return _stream(told, dialect, form, framing)
    body = json.loads(b"".join(told.parts))
    if told.status >= 400 or "error" in body:
        return failure(told, body, dialect, streams=streams) if dialect.errors else told
    shaped = answer.whole(told.status, fill(dialect.write.whole[form], _with_id(body)))
    return Answer(told.status, shaped.parts, headers=_headers(told, dialect.write, body), delay=told.delay)


def failure(told: Answer, body: Data, dialect: Dialect, *, streams: bool) -> Answer:
    """The error `body` of `told` in the dialect."""
    status, native = error(told.status, body, dialect)
    headers = _headers(told, dialect.write, native)
    return replace(refused(status, native, dialect, streams=streams, headers=headers), delay=told.delay)


def refused(
    status: int, native: Data, dialect: Dialect, *, streams: bool, headers: Mapping[str, str]
) -> Answer:
    """An error that is in the dialect already: as an event where a stream was asked for and the dialect does so."""
    event = dialect.write.failed_event
    if event is None or not streams:
        return replace(answer.whole(status, native), headers=headers)
    text = event.format(number=1, status=status, data=json.dumps(native, ensure_ascii=False))
    return Answer(status, (text.encode(),), EVENTS, headers)


def error(status: int, body: Data, dialect: Dialect, check: str | None = None) -> tuple[int, dict[str, Any]]:
    """HTTP status and body of an error; the message is the documented one, else that of `body`."""
    table = dialect.errors
    said = body["error"] if isinstance(body.get("error"), Mapping) else body
    known: dict[str, Any] = table["default"]
    for case in (str(status), str(said.get("code")), str(check)):
        known = known | table.get(case, {})
    message = said.get("message")
    values = {
        "code": known["code"],
        "message": known.get("message") or message,
        "id": f"standin-{digest(body)}",
    }
    return known.get("status", status), fill(table["body"], values)


def _stream(told: Answer, dialect: Dialect, form: str, framing: Data) -> Answer:
    how = dialect.write
    chunks = [chunk for part in told.parts for chunk in _chunks(part.decode())]
    usage = next((chunk["usage"] for chunk in reversed(chunks) if chunk.get("usage")), None)
    whole = how.cumulative_without is not None and not framing.get(how.cumulative_without)
    said = [chunk for chunk in chunks if chunk.get("choices") or "error" in chunk]
    events = _events(_gathered(said) if whole else map(_spoken, said), usage, dialect, form)
    headers = _headers(told, how, chunks[0] if chunks else {})
    return Answer(told.status, [event.encode() for event in events], EVENTS, headers, told.delay)


def _events(chunks: Iterable[Data], usage: Data | None, dialect: Dialect, form: str) -> Iterator[str]:
    how = dialect.write
    for number, chunk in enumerate(chunks, 1):
        if "error" in chunk:
            status, native = error(400, chunk, dialect)
            data = json.dumps(native, ensure_ascii=False)
            yield (how.failed_event or how.event).format(number=number, status=status, data=data)
            return
        native = fill(how.chunk[form], {**chunk, "usage": usage})
        yield how.event.format(number=number, data=json.dumps(native, ensure_ascii=False))


def _chunks(text: str) -> Iterator[dict[str, Any]]:
    """What the events of a piece of a stream hold; what is no JSON object is passed over."""
    for match in _DATA.finditer(text):
        try:
            found = json.loads(match["data"])
        except ValueError:
            continue  # [DONE]: only the OpenAI-compatible API ends with it
        if isinstance(found, dict):
            yield found


def _spoken(chunk: Data) -> dict[str, Any]:
    """A chunk whose choices hold what is new in it as a message of the assistant."""
    choices = [
        {**choice, "message": {"role": "assistant", "content": "", **choice.get("delta", {})}}
        for choice in chunk.get("choices", ())
    ]
    return {**chunk, "choices": choices}


def _gathered(chunks: Iterable[Data]) -> Iterator[dict[str, Any]]:
    """The chunks, each with all that its choice has said so far."""
    heard: dict[int, dict[str, Any]] = {}
    for chunk in chunks:
        spoken = _spoken(chunk)
        for choice in spoken["choices"]:
            so_far = heard.setdefault(choice.get("index", 0), {"role": "assistant", "content": ""})
            _add(so_far, choice.get("delta", {}))
            choice["message"] = json.loads(json.dumps(so_far))
        yield spoken


def _add(so_far: dict[str, Any], delta: Data) -> None:
    for name in _TEXTS:
        if delta.get(name):
            so_far[name] = so_far.get(name, "") + delta[name]
    for part in delta.get("tool_calls") or ():
        calls: list[dict[str, Any]] = so_far.setdefault("tool_calls", [])
        call = next((c for c in calls if c.get("index") == part.get("index")), None)
        if call is None:
            calls.append(json.loads(json.dumps(part)))
            continue
        call["function"]["arguments"] += part.get("function", {}).get("arguments", "")


def _with_id(body: Data) -> dict[str, Any]:
    return {"id": f"standin-{digest(body)}", "created": CREATED, **body}


def _headers(told: Answer, how: Writing, body: Data) -> dict[str, str]:
    named = {how.request_id: str(_with_id(body)["id"])} if how.request_id else {}
    return {**told.headers, **named}
