"""The requests of one probe: each question with its payload, and what the catalogue expects of it.

What is expected is the stand-in's own verdict on the very same request, so that both read the catalogue alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from migrate_cli.catalogue.types import Action, Provider, Support, TargetModel
from migrate_cli.runtime import profile
from migrate_cli.runtime.checks.request import check
from migrate_cli.runtime.exchange import Notes, Request, Verdict
from migrate_cli.runtime.probe.looks import expected_of
from migrate_cli.runtime.probe.questions import (
    CHAT,
    EMBEDDINGS,
    LEFT_OUT,
    LIMIT,
    REST,
    THE_LIMIT,
    USER,
    Question,
)

_MOST_TEXTS = 100  # of a batch that is one too many
_ITEMS = 4  # stop sequences that OpenAI takes
_CHATS = ("chat", "reasoning", "vision")
_USABLE = ("current", "limited")
_KEY = "probe"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a probe. `payload` is None for a GET; `models` those that the answer holds for, () for all.

    `expected` are words: accepted, ignored, refused or unknown, or what is expected to be seen in the answer.
    """

    question: Question
    method: str
    path: str
    payload: Mapping[str, Any] | None
    model: str
    expected: str

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @property
    def models(self) -> tuple[str, ...]:
        """The models that the answer holds for."""
        return () if self.question.wide or self.question.settles == "endpoint" else (self.model,)

    @property
    def most_output(self) -> int:
        """The most tokens that the answer may have."""
        payload = self.payload or {}
        limits = [
            payload[name]
            for name in ("max_tokens", "max_completion_tokens", "max_output_tokens")
            if name in payload
        ]
        return max(limits, default=0) * int(payload.get("n") or 1)

    @property
    def input(self) -> int:
        """About how many tokens are sent."""
        return 0 if self.payload is None else len(json.dumps(self.payload, ensure_ascii=False)) // 4 + 8


def plan(provider: Provider, chat: str, embedding: str | None, *, full: bool) -> tuple[Asked, ...]:
    """The requests to `provider` in the order they are asked; `chat` and `embedding` name the models."""
    made: dict[str, Asked] = {}
    for question, model in _questions(provider, chat, embedding, full):
        parent = made.get(question.on or "")
        if not (full or question.core) or (question.on is not None and parent is None):
            continue  # left for --full, or what it builds on is not asked
        known = _knowing(provider, model)
        payload = _payload(question, parent, model, known)
        if payload is not None or question.endpoint == "models":
            made[question.id] = _asked(question, payload, model, known, parent)
    return tuple(made.values())


def default_models(
    provider: Provider, chat: str | None, embedding: str | None
) -> tuple[str | None, str | None]:
    """The models to ask: the replacements given, else the first of the kind that may be used today; None for none."""
    served = [m for m in provider.models.values() if m.status in _USABLE]
    first = next(
        (m.id for m in served if m.kind in _CHATS), next((m.id for m in served if m.kind == "other"), None)
    )
    vectors = next((m.id for m in served if m.kind == "embedding"), None)
    offered = profile.endpoint(provider, "embeddings").support is not Support.REJECTED
    return chat or first, (embedding or vectors) if offered else None


def _knowing(provider: Provider, model: str) -> Provider:
    """The provider as the checks need it: of a model that the catalogue does not know, nothing is known."""
    return provider if provider.model(model) is not None else replace(provider, models={})


def _questions(
    provider: Provider, chat: str, embedding: str | None, full: bool
) -> Iterator[tuple[Question, str]]:
    """Every question with the model it is put to."""
    target = provider.model(chat)
    yield from ((question, chat) for question in CHAT)
    yield from ((question, chat) for question in _switches(target))
    yield from ((question, chat) for question in _limits(provider, target))
    listed = [question for question in REST if question.endpoint != "models" or provider.models]
    yield from ((question, chat) for question in listed)
    if embedding is not None:
        yield from ((question, embedding) for question in EMBEDDINGS)
        yield from ((question, embedding) for question in _sizes(provider.model(embedding)))
    for model in provider.models.values() if full else ():
        yield from _of_model(provider, model, (chat, embedding))


def _switches(target: TargetModel | None) -> Iterator[Question]:
    """Whether the documented switch turns thinking off."""
    if target is None or target.thinking is None:
        return
    off = dict(target.thinking.off or {})
    if target.thinking.off_argument:
        off[target.thinking.off_argument[0]] = target.thinking.off_argument[1]
    if off:
        asks = f"does {', '.join(sorted(off))} turn thinking off?"
        yield Question("thinking_off", asks, off, limit=48, look="thoughts", core=True)


def _limits(provider: Provider, target: TargetModel | None) -> Iterator[Question]:
    """One stop sequence more than documented, and numbers beyond the documented ends."""
    stop = profile.parameter(provider, "stop", target)
    items = (stop.restriction.max_items if stop and stop.restriction else None) or _ITEMS
    words = [f"#{number}" for number in range(items + 1)]
    yield Question("stop_many", f"are {items + 1} stop sequences accepted?", {"stop": words}, core=True)
    for name in ("temperature", "top_p", "presence_penalty", "frequency_penalty"):
        entry = profile.parameter(provider, name, target)
        limits = entry.restriction if entry is not None else None
        if limits is not None and limits.max is not None:
            above = float(limits.max) + 0.5
            yield Question(f"{name}_above", f"is {name} {above:g} accepted?", {name: above})
        if limits is not None and limits.min is not None:
            below = float(limits.min) - (0 if limits.exclusive_min else 0.01)
            yield Question(f"{name}_below", f"is {name} {below:g} accepted?", {name: below})


def _sizes(target: TargetModel | None) -> Iterator[Question]:
    """Another documented width, and one text more than documented."""
    sizes = target.embedding if target is not None else None
    other = (sizes.dimensions[1:] if sizes and sizes.dimensions else ()) or (256,)
    yield Question(
        "dimensions",
        f"are dimensions {other[0]} accepted?",
        {"dimensions": other[0]},
        on="embed",
        endpoint="embeddings",
        fact="dimensions",
        whole=False,
        core=True,
        look="dimensions",
    )
    most = sizes.max_batch if sizes is not None else None
    if most is not None and most < _MOST_TEXTS:
        asks = f"are {most + 1} texts in one request accepted?"
        texts = {"input": ["ok"] * (most + 1)}
        yield Question("batch", asks, texts, on="embed", endpoint="embeddings", core=True)


def _of_model(
    provider: Provider, model: TargetModel, asked: Sequence[str | None]
) -> Iterator[tuple[Question, str]]:
    """Whether another model answers, and what the catalogue says of it alone."""
    if model.id in asked or model.status not in _USABLE or model.kind not in (*_CHATS, "embedding"):
        return
    first = f"model {model.id}"
    if model.kind == "embedding" and profile.endpoint(provider, "embeddings").support is Support.REJECTED:
        return
    if model.kind == "embedding":
        asks = f"how wide is an embedding of {model.id}?"
        yield Question(first, asks, {"input": "ok"}, None, "embeddings", look="width"), model.id
        more: Iterable[Question] = _sizes(model)
    else:
        yield Question(first, f"does {model.id} answer?", on=None), model.id
        own = {p.name for p in provider.parameters if model.id in p.models}
        more = (question for question in CHAT if question.fact in own and question.on == "chat")
    for question in more:
        asks = f"{question.asks.removesuffix('?')} by {model.id}?"
        yield replace(question, id=f"{question.id} {model.id}", asks=asks, on=first), model.id


def _base(provider: Provider, model: str) -> dict[str, Any]:
    """The plain chat request that the provider takes: its own name for the limit, no thinking if it must."""
    target = provider.model(model)
    entry = profile.parameter(provider, "max_tokens", target)
    renamed = entry is not None and entry.action is Action.RENAME and entry.rename_to
    plain = {"messages": [USER], (renamed or "max_tokens"): LIMIT}
    off = dict(target.thinking.off or {}) if target is not None and target.thinking is not None else {}
    candidates = [plain, plain | off]
    path = profile.PATHS["chat.completions"]
    good = (c for c in candidates if _verdict(provider, path, {"model": model, **c}).refused is None)
    return next(good, plain)


def _payload(
    question: Question, parent: Asked | None, model: str, provider: Provider
) -> dict[str, Any] | None:
    """What is sent; None for a GET, and for a question that asks nothing beyond the request it builds on."""
    if question.endpoint == "models":
        return None
    base = _base(provider, model) if question.endpoint == "chat.completions" else {}
    start = dict(parent.payload or {}) if parent is not None else {"model": model, **base}
    limit = next((n for n in ("max_tokens", "max_completion_tokens") if n in start), None)
    if limit is not None:
        start[limit] = max(question.limit, start[limit])
    fields = {n: question.limit if v is THE_LIMIT else v for n, v in question.fields.items()}
    whole = start | fields | ({"messages": list(question.messages)} if question.messages else {})
    sent = {name: value for name, value in whole.items() if value is not LEFT_OUT}
    return sent if parent is None or sent != start or question.look == "thoughts" else None


def _asked(
    question: Question, payload: dict[str, Any] | None, model: str, provider: Provider, parent: Asked | None
) -> Asked:
    path = profile.endpoint(provider, question.endpoint).path or profile.PATHS[question.endpoint]
    before = _notes(provider, parent)
    verdict = _verdict(provider, path, payload)
    expected = _expected(question, verdict, before, provider, model)
    return Asked(question, "GET" if payload is None else "POST", path, payload, model, expected)


def _notes(provider: Provider, parent: Asked | None) -> Notes:
    return _verdict(provider, parent.path, parent.payload).notes if parent is not None else Notes()


def _expected(question: Question, verdict: Verdict, before: Notes, provider: Provider, model: str) -> str:
    """What the catalogue says of the field or form that is asked about."""
    offered = profile.endpoint(provider, question.endpoint).support
    vague = question.endpoint in profile.DOCUMENTED_ONLY and offered is Support.RESTRICTED
    if offered is Support.UNKNOWN or vague:
        return "unknown"
    if verdict.refused is not None:
        return "refused"
    if question.settles == "endpoint":
        return "accepted" if offered is Support.SUPPORTED else "unknown"
    told = expected_of(question, verdict.payload, provider, model)
    if told is not None:
        return told
    if question.on is None:
        return "accepted"  # a bare request: what is in it is no question here
    if set(verdict.notes.ignored) - set(before.ignored):
        return "ignored"
    return "unknown" if set(verdict.notes.unproven) - set(before.unproven) else "accepted"


def _verdict(provider: Provider, path: str, payload: Mapping[str, Any] | None) -> Verdict:
    """What the stand-in would make of the request."""
    place = next((urlsplit(base).path for base in profile.bases(provider)), "")
    body = b"" if payload is None else json.dumps(payload).encode()
    method = "GET" if payload is None else "POST"
    headers = {"authorization": f"Bearer {_KEY}"}
    return check(Request(method, place + path, headers, body), provider, _KEY)
