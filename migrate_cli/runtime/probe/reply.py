"""What came back to one request of a probe, and what kind of answer it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from migrate_cli.catalogue.observed import plain_code
from migrate_cli.catalogue.types import Provider
from migrate_cli.files.secrets import mask
from migrate_cli.runtime import profile

EVENTS = "text/event-stream"
_REFUSED = frozenset({400, 404, 405, 413, 415, 422, 501})
_ACCOUNT = ("errors.quota", "errors.rate_limit", "errors.wrong_key", "errors.content_filter")
_LONGEST = 160  # characters of a provider's message
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# E-mail addresses, and ids of requests and accounts: long numbers, runs of hexadecimal, `req_…`, `org-…`.
_PRIVATE = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+|[0-9a-fA-F]{16,}|\d{8,}"
    r"|\b(?:req|request|org|proj|user|acct|account|chatcmpl|as|cmpl|ep|trace)[-_](?=[\w-]*\d)[\w-]{6,}"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: `data` of one that came whole, `chunks` of a stream.

    `problem` says, as a clause, why there is no answer that can be read (`fatal`: nobody was reached);
    `retry_after` are the seconds that the server wants us to wait.
    """

    status: int | None = None
    data: Any = None
    chunks: tuple[Any, ...] = ()
    problem: str | None = None
    fatal: bool = False
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Error:
    """An error's `code`, fit to be kept, and its `message`, fit to be shown."""

    code: str | None
    message: str | None


def read(status: int, kind: str, body: bytes, retry_after: str | None) -> Reply:
    """The answer in these bytes. `kind` is the content type."""
    wait = _seconds(retry_after)
    text = body.decode("utf-8", "replace").removeprefix("\ufeff")
    if status == 200 and kind.startswith(EVENTS):
        return _stream(status, text, wait)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        what = "a web page" if "html" in kind or text.lstrip()[:1] == "<" else "what is no JSON"
        problem = f"the answer is {what}" if status == 200 else None
        return Reply(status, problem=problem, retry_after=wait)
    return Reply(status, data, retry_after=wait)


def is_refusal(reply: Reply, provider: Provider) -> bool:
    """Whether the request itself was refused: not the account, the key, the pace or the content."""
    return reply.status in _REFUSED and not _is_about_account(reply, provider)


def is_success(reply: Reply) -> bool:
    """Whether there is an answer, and no error inside it."""
    return reply.status == 200 and reply.problem is None and _body(reply) is None


def trouble(reply: Reply, provider: Provider) -> str | None:
    """Why no more should be asked for long, as a clause; None when the answer says something of the question."""
    if reply.problem is not None:
        return reply.problem
    if reply.status == 200 or is_refusal(reply, provider):
        return None
    return {
        401: "the key was not accepted (HTTP 401)",
        402: "the account is out of money (HTTP 402)",
        403: "the account may not do this (HTTP 403)",
        429: "too many requests, or no quota (HTTP 429)",
    }.get(reply.status or 0, f"the answer has HTTP status {reply.status}")


def error(reply: Reply, key: str) -> Error:
    """The error in an answer, without keys, ids and addresses of people."""
    body = _body(reply)
    if body is None:
        return Error(None, None)
    code = next(
        (body[name] for name in ("code", "error_code", "status_code", "type") if body.get(name)), None
    )
    message = next(
        (body[n] for n in ("message", "error_msg", "status_msg", "msg", "detail") if body.get(n)), None
    )
    plain = plain_code(code)
    return Error(
        plain if plain is None or clean(plain, key) == plain else None,
        clean(message, key) if isinstance(message, str) else None,
    )


def clean(text: str, key: str) -> str:
    """`text` on one line, cut, without the key, other keys, e-mail addresses and ids."""
    without = _UUID.sub("…", text.replace(key, "…") if key else text)
    return _PRIVATE.sub("…", mask(" ".join(without.split())))[:_LONGEST]


def _body(reply: Reply) -> Mapping[str, Any] | None:
    """What holds the error: `error`, or the answer itself; of a stream, its first event with an error."""
    wholes = [whole for whole in (reply.data, *reply.chunks) if isinstance(whole, Mapping)]
    for whole in wholes:
        inner = whole.get("error") or whole.get("base_resp")
        if isinstance(inner, str):
            return {"message": inner}
        if isinstance(inner, Mapping) and (whole.get("error") or inner.get("status_code")):
            return inner
        if whole.get("error_code") or (reply.status != 200 and whole):
            return whole
    return None


def _is_about_account(reply: Reply, provider: Provider) -> bool:
    body = _body(reply) or {}
    named = {str(body.get(name)) for name in ("code", "type")} - {"None"}
    message = str(body.get("message") or "")
    tables = (profile.behaviour(provider, name) for name in _ACCOUNT)
    return any(_matches(known.data, named, message) for known in tables if known is not None)


def _matches(data: Any, named: set[str], message: str) -> bool:
    """Whether an error is one of a table; a code that covers every bad request tells nothing."""
    if not isinstance(data, Mapping):
        return False
    codes = {str(code) for code in (*(data.get("codes") or ()), *(data.get("types") or ()))}
    texts = data.get("texts") or ()
    return (not data.get("generic") and bool(codes & named)) or any(text in message for text in texts)


def _stream(status: int, text: str, wait: float | None) -> Reply:
    lines = [line[5:].strip() for line in text.splitlines() if line.startswith("data:")]
    try:
        chunks = tuple(json.loads(line) for line in lines if line and line != "[DONE]")
    except (ValueError, RecursionError):
        return Reply(status, problem="the stream holds what is no JSON", retry_after=wait)
    if "[DONE]" not in lines and not any(map(_ends, chunks)):
        return Reply(status, problem="the stream was cut off", retry_after=wait)
    return Reply(status, chunks=chunks, retry_after=wait)


def _ends(chunk: Any) -> bool:
    """Whether a chunk ends an answer: with a reason, or with an error."""
    return isinstance(chunk, Mapping) and (bool(chunk.get("error")) or any(_reasons(chunk)))


def _reasons(chunk: Mapping[str, Any]) -> Iterator[Any]:
    choices = chunk.get("choices")
    for choice in choices if isinstance(choices, list) else ():
        yield choice.get("finish_reason") if isinstance(choice, Mapping) else None


def _seconds(header: str | None) -> float | None:
    """Retry-After in seconds; its other form, a date, is rare and taken as a minute."""
    if not header:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        return 60.0
