"""What an error means: OpenAI's codes and texts by topic, what a provider sends instead, and which class it becomes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from migrate_cli.model import Caught, Site, Use, Way
from migrate_cli.rules.support import quoted
from migrate_cli.targets.endpoint import Target

TOPICS = {
    "context_length_exceeded": "context_overflow",
    "string_above_max_length": "context_overflow",
    "insufficient_quota": "quota",
    "billing_hard_limit_reached": "quota",
    "rate_limit_exceeded": "rate_limit",
    "model_not_found": "unknown_model",
    "invalid_api_key": "wrong_key",
    "content_policy_violation": "content_filter",
    "content_filter": "content_filter",
}
# Parts of OpenAI's messages, in small letters; the codes stand in the text of an error too (before openai 3).
PHRASES = {
    "maximum context length": "context_overflow",
    "context length": "context_overflow",
    "reduce the length": "context_overflow",
    "reduce your prompt": "context_overflow",
    "exceeded your current quota": "quota",
    "billing details": "quota",
    "rate limit": "rate_limit",
    "incorrect api key": "wrong_key",
    "content management policy": "content_filter",
    "safety system": "content_filter",
    **TOPICS,
}
WORDS = {
    "context_overflow": "a prompt that is too long",
    "quota": "an empty balance or used-up quota",
    "rate_limit": "requests that come too fast",
    "unknown_model": "an unknown model",
    "wrong_key": "a wrong key",
    "content_filter": "refused content",
}
_CLASSES = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
}
_OLD_CLASSES = {
    400: "InvalidRequestError",
    401: "AuthenticationError",
    403: "PermissionError",
    404: "InvalidRequestError",
    409: "TryAgain",
    415: "InvalidRequestError",
    429: "RateLimitError",
}
_ALL = {"OpenAIError", "APIError", "Exception", "BaseException"}


@dataclass(frozen=True, slots=True)
class Answer:
    """How a provider says one thing: HTTP status, codes, types and texts of its error; `source` of the fact."""

    topic: str
    status: int | None
    codes: tuple[str | int, ...]
    types: tuple[str, ...]
    texts: tuple[str, ...]
    generic: bool
    source: str | None


def answer(target: Target, topic: str) -> Answer | None:
    """What the provider is known to send instead of OpenAI's error; None when it sends the same, or nobody knows."""
    known = target.behaviour(f"errors.{topic}")
    if known is None or not known.holds:
        return None
    data = known.data
    generic = bool(data.get("generic"))
    codes = () if generic else tuple(data["codes"])
    types = () if generic else tuple(data["types"])
    return Answer(topic, data["status"], codes, types, tuple(data["texts"]), generic, known.fact.source)


def is_legacy(site: Site) -> bool:
    """Whether an exception is one of openai before 1.0."""
    return site.legacy or ".error." in site.symbol


def class_of(status: int, *, legacy: bool) -> str:
    """The class that the SDK raises for an HTTP status (read from openai 0.28.1 and 3.54.0)."""
    if legacy:
        return _OLD_CLASSES.get(status, "APIError")
    return _CLASSES.get(status, "InternalServerError" if status >= 500 else "APIStatusError")


def catches(classes: Collection[str], name: str, *, legacy: bool) -> bool:
    """Whether a clause for `classes` sees an error of the class `name`."""
    if name in classes or any(c in _ALL for c in classes if not (legacy and c == "APIError")):
        return True
    return not legacy and "APIStatusError" in classes


def conditions(found: Answer, name: str, *, legacy: bool) -> list[str]:
    """Python tests on the error called `name`, each of which tells the case of `found`."""
    tests: list[str] = []
    if found.codes:
        tests.append(f'getattr({name}, "code", None) in {listed(found.codes)}')
    if found.types and not legacy:
        tests.append(f'getattr({name}, "type", None) in {listed(found.types)}')
    if found.texts:
        tests += [f"{quoted(text)} in str({name})" for text in found.texts]
    attribute = "http_status" if legacy else "status_code"
    if not tests and found.status not in (None, 400, 401, 404, 429):
        tests.append(f'getattr({name}, "{attribute}", None) == {found.status}')
    return tests


def listed(values: Collection[str | int]) -> str:
    """A tuple in Python."""
    texts = [quoted(v) if isinstance(v, str) else str(v) for v in values]
    return f"({', '.join(texts)}{',' if len(texts) == 1 else ''})"


def sent(found: Answer, *, legacy: bool) -> str:
    """What the provider sends, in words."""
    parts = []
    if found.status is not None:
        module = "openai.error" if legacy else "openai"
        parts.append(f"HTTP {found.status} ({module}.{class_of(found.status, legacy=legacy)})")
    if found.codes:
        parts.append(f"code {' or '.join(dict.fromkeys(str(c) for c in found.codes))}")
    if found.types:
        parts.append(f"type {' or '.join(found.types)}")
    if found.generic:
        parts.append("one code for every bad request")
    if found.texts:
        parts.append(f"the text {' or '.join(map(quoted, found.texts))}")
    return ", ".join(parts) or "something of its own"


def near(caught: Caught | None, use: Use) -> bool:
    """Whether the error's own name is bound where the use stands."""
    return (
        caught is not None
        and caught.body is not None
        and use.path == caught.path
        and caught.body.start <= use.span.start
        and use.span.end <= caught.body.end
    )


def answered(site: Site, use: Use, found: Answer) -> bool:
    """Whether the statement around a test asks for the provider's answer already."""
    told = {str(v) for v in (*found.codes, *found.types, *found.texts)} | {str(found.status or "")}
    beside = (u for u in site.uses if u.way is Way.COMPARE and u.path == use.path)
    return any({str(v) for v in u.literals} & told for u in beside if u.statement == use.statement)
