"""Requests in a provider's own dialect: translated, judged by the same checks as all others, answered in kind.

There is one way only: native body -> the body of the OpenAI-compatible endpoint -> the checks -> its answer -> the
native answer. What differs between dialects is data (`catalogue/native.yaml`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from migrate_cli.catalogue.native import dialects
from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime import profile
from migrate_cli.runtime.answer import Answer, whole
from migrate_cli.runtime.checks.request import check
from migrate_cli.runtime.exchange import Notes, Refusal, Request, Verdict
from migrate_cli.runtime.native import replies as native_replies
from migrate_cli.runtime.native.hearing import TOKEN, Heard, hear
from migrate_cli.runtime.native.templates import fill
from migrate_cli.runtime.replies.refusals import refuse

__all__ = [
    "TOKEN",
    "Heard",
    "hear",
    "judge",
    "netlocs",
    "pointers",
    "refusal",
    "speak",
    "token",
    "wanted",
]


def judge(heard: Heard | None, request: Request, provider: Provider | None, key: str) -> Verdict:
    """What the checks make of `request`, as it was heard; an error is the dialect's own, and what its SDK documents is
    proven."""
    if heard is None:
        return check(request, provider, key)
    if heard.request is None:
        if heard.route is not None:  # a token
            return Verdict(heard.route.endpoint, "unchecked")
        return _natively(heard, Verdict(refused=refuse(provider, "path", str(heard.unplayed))))
    opened = _opened(heard.request, heard.dialect.auth, key)
    verdict = check(opened, provider, key, translated=heard.route is not None)
    if heard.missing is not None and verdict.refused is None:
        verdict = replace(verdict, refused=refuse(provider, "fields", heard.missing))
    if heard.dialect.auth == "signed" and verdict.auth == "right":
        verdict = replace(verdict, auth="unchecked")
    notes = Notes(
        verdict.notes.ignored,
        tuple(note for note in verdict.notes.unproven if note not in heard.dialect.fields) + heard.unsettled,
    )
    return _natively(heard, replace(verdict, notes=notes))


def wanted(heard: Heard | None, payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """The payload from which an answer is made: a native stream always counts its tokens."""
    native = heard is not None and heard.dialect.routes is not None and payload.get("stream")
    return {**payload, "stream_options": {"include_usage": True}} if native else payload


def speak(heard: Heard | None, told: Answer) -> Answer:
    """`told`, an answer to the translated request, in the dialect of the request."""
    if heard is None or heard.dialect.routes is None:
        return told
    return native_replies.reply(told, heard.dialect, str(heard.form), heard.framing, streams=heard.streams)


def refusal(heard: Heard | None, refused: Refusal) -> Answer:
    """The answer to a request that was refused. Nobody is asked to try it again."""
    plain = whole(refused.status, refused.body, x_should_retry="false")
    if heard is None or heard.dialect.routes is None:
        return plain
    return native_replies.refused(
        refused.status, refused.body, heard.dialect, streams=heard.streams, headers=plain.headers
    )


def token(heard: Heard | None, key: str) -> Answer | None:
    """The answer to a request for a token, which is the stand-in's key; None for any other request."""
    if heard is None or heard.route is None or heard.route.endpoint != TOKEN:
        return None
    return whole(200, fill(heard.dialect.write.whole[heard.route.form], {"key": key}))


def netlocs(provider: Provider | None) -> tuple[str, ...]:
    """The hosts to which the provider's own SDKs speak; `*` in place of a placeholder."""
    spoken = dialects(provider.id) if provider is not None else ()
    starred = ("*".join(profile.split_placeholders(base)) for dialect in spoken for base in dialect.bases)
    return tuple(dict.fromkeys(urlsplit(base).netloc for base in starred))


def pointers(provider: Provider | None, origin: str) -> tuple[tuple[str, str], ...]:
    """How to lead each SDK to a stand-in at `origin`: (dialect, a variable or an argument of its client)."""
    values = {"origin": origin, "netloc": urlsplit(origin).netloc}
    spoken = dialects(provider.id) if provider is not None else ()
    return tuple((dialect.name, text.format(**values)) for dialect in spoken for text in dialect.point)


def _opened(request: Request, auth: str, key: str) -> Request:
    """The request with a key in place of a signature, which nobody here can check."""
    if auth != "signed" or not request.headers.get("authorization"):
        return request
    return replace(request, headers={**request.headers, "authorization": f"Bearer {key}"})


def _natively(heard: Heard, verdict: Verdict) -> Verdict:
    """The verdict with the error as the dialect has it."""
    refused = verdict.refused
    if refused is None or not heard.dialect.errors:
        return verdict
    status, body = native_replies.error(refused.status, refused.body, heard.dialect, refused.check)
    known = refused.check != "path"
    return replace(verdict, refused=replace(refused, status=status, body=body, shape_known=known))
