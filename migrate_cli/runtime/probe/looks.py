"""What an answer shows beyond its status: whether a field had an effect, where thoughts stand, how wide vectors are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from migrate_cli.catalogue.observed import Seen
from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime import profile
from migrate_cli.runtime.probe.questions import Question
from migrate_cli.runtime.probe.reply import Reply

UNKNOWN = "unknown"
NO_THOUGHTS = "no thoughts"
ALL_LISTED = "all of them"
_THOUGHTS = ("reasoning_content", "reasoning", "reasoning_details")
_INSIDE = "in the content"
_LISTED_KINDS = ("chat", "reasoning", "vision", "embedding")


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen: coarse, and `said` in words where the question is not about acceptance."""

    seen: Seen
    said: str | None = None
    detail: str | None = None


def expected_of(question: Question, payload: Mapping[str, Any], provider: Provider, model: str) -> str | None:
    """What the catalogue expects to be seen in an answer; None when acceptance is the question."""
    if question.endpoint == "models":
        return ALL_LISTED
    if question.look == "width":
        target = provider.model(model)
        sizes = target.embedding.dimensions if target is not None and target.embedding is not None else None
        return f"{sizes[0]} numbers" if sizes else UNKNOWN
    if question.look != "thoughts":
        return None
    target = provider.model(model)
    thinks = profile.thinks(target, payload)
    if not thinks:
        return UNKNOWN if thinks is None else NO_THOUGHTS
    return _INSIDE if profile.behaviour(provider, "thinking.split_field", target) else f"in {_THOUGHTS[0]}"


def look(question: Question, payload: Mapping[str, Any] | None, reply: Reply, provider: Provider) -> Sight:
    """What an answer with success shows; UNCLEAR when it has not the shape of one."""
    if question.endpoint == "models":
        return _listed(reply, provider)
    if question.endpoint == "embeddings":
        return _vectors(question, payload or {}, reply)
    if question.endpoint == "responses":
        fits = isinstance(reply.data, Mapping) and "output" in reply.data
        return Sight(Seen.ACCEPTED) if fits else Sight(Seen.UNCLEAR, detail="the answer holds no output")
    if (payload or {}).get("stream") and not reply.chunks:
        return Sight(Seen.IGNORED, detail="the answer came whole")
    if not _choices(reply):
        return Sight(Seen.UNCLEAR, detail="the answer holds no choices")
    return _LOOKS[question.look](reply) if question.look in _LOOKS else Sight(Seen.ACCEPTED)


def _choices(reply: Reply) -> list[Mapping[str, Any]]:
    """The choices of an answer, or all of a stream's chunks."""
    wholes = reply.chunks or (reply.data,)
    lists = (whole.get("choices") for whole in wholes if isinstance(whole, Mapping))
    return [each for one in lists if isinstance(one, list) for each in one if isinstance(each, Mapping)]


def _message(reply: Reply) -> Mapping[str, Any]:
    message = next((choice.get("message") for choice in _choices(reply)), None)
    return message if isinstance(message, Mapping) else {}


def _content(reply: Reply) -> str:
    content = _message(reply).get("content")
    return content if isinstance(content, str) else ""


def _thoughts(reply: Reply) -> Sight:
    message = _message(reply)
    where = next((f"in {name}" for name in _THOUGHTS if message.get(name)), None)
    if where is None and _content(reply).lstrip().startswith("<think>"):
        where = _INSIDE
    return Sight(Seen.ACCEPTED, where or NO_THOUGHTS)


def _count(reply: Reply) -> Sight:
    number = len(_choices(reply))
    return Sight(
        Seen.HONOURED if number > 1 else Seen.IGNORED, detail=f"{number} answer{'s' * (number != 1)}"
    )


def _stop(reply: Reply) -> Sight:
    """That the text is not there proves nothing; that it is there does."""
    goes_on = "k" in _content(reply)
    return Sight(Seen.IGNORED, detail="the answer goes on") if goes_on else Sight(Seen.ACCEPTED)


def _usage(reply: Reply) -> Sight:
    for chunk in reply.chunks:
        choices = chunk.get("choices") if isinstance(chunk, Mapping) else None
        if isinstance(chunk, Mapping) and chunk.get("usage"):
            where = "in a chunk of its own" if not choices else "in a chunk with a choice"
            return Sight(Seen.HONOURED, detail=f"usage {where}")
        if isinstance(choices, list) and any(isinstance(c, Mapping) and c.get("usage") for c in choices):
            return Sight(Seen.HONOURED, detail="usage in a choice")
    return Sight(Seen.IGNORED, detail="no usage in the stream")


def _json(reply: Reply) -> Sight:
    try:
        json.loads(_content(reply))
    except ValueError:
        return Sight(Seen.ACCEPTED)
    return Sight(Seen.HONOURED)


def _tool_call(reply: Reply) -> Sight:
    if _message(reply).get("tool_calls"):
        return Sight(Seen.HONOURED)
    ended = any(choice.get("finish_reason") == "stop" for choice in _choices(reply))
    return Sight(Seen.IGNORED, detail="no tool was called") if ended else Sight(Seen.ACCEPTED)


def _logprobs(reply: Reply) -> Sight:
    if not _content(reply):
        return Sight(Seen.ACCEPTED)
    given = any(choice.get("logprobs") for choice in _choices(reply))
    return Sight(Seen.HONOURED) if given else Sight(Seen.IGNORED, detail="no logprobs in the answer")


_LOOKS: Mapping[str | None, Callable[[Reply], Sight]] = {
    "thoughts": _thoughts,
    "choices": _count,
    "stop": _stop,
    "usage": _usage,
    "json": _json,
    "tool_call": _tool_call,
    "logprobs": _logprobs,
}


def _listed(reply: Reply, provider: Provider) -> Sight:
    """The models that may be used today and are not in the list; those that are new there are told, too."""
    listed = set(_ids(reply))
    if not listed:
        return Sight(Seen.UNCLEAR, detail="the answer lists no models")
    known = provider.models.values()
    wanted = [m for m in known if m.status == "current" and m.kind in _LISTED_KINDS]
    missing = [m.id for m in wanted if not listed.intersection((m.id, *m.aliases))]
    names = {name for m in known for name in (m.id, *m.aliases)}
    said = f"without {_named(missing)}" if missing else ALL_LISTED
    new = sorted(listed - names)
    return Sight(Seen.ACCEPTED, said, f"not in the catalogue: {_named(new)}" if new else None)


def _ids(reply: Reply) -> Iterator[str]:
    data = reply.data.get("data") if isinstance(reply.data, Mapping) else None
    items = data if isinstance(data, list) else []
    yield from (str(item["id"]) for item in items if isinstance(item, Mapping) and item.get("id"))


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown


def _vectors(question: Question, payload: Mapping[str, Any], reply: Reply) -> Sight:
    data = reply.data.get("data") if isinstance(reply.data, Mapping) else None
    first = data[0] if isinstance(data, list) and data and isinstance(data[0], Mapping) else {}
    vector = first.get("embedding")
    if not vector or not isinstance(vector, str | list):
        return Sight(Seen.UNCLEAR, detail="the answer holds no embedding")
    if question.look == "base64":
        packed = isinstance(vector, str)
        return Sight(Seen.HONOURED) if packed else Sight(Seen.IGNORED, detail="numbers came all the same")
    width = f"{len(vector)} numbers"
    if question.look == "dimensions":
        fits = len(vector) == payload.get("dimensions")
        return Sight(Seen.HONOURED if fits else Seen.IGNORED, detail=width)
    return Sight(Seen.ACCEPTED, width if question.look == "width" else None)
