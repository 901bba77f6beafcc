"""Before against after: the requests of two runs, freed of what a move may change, and what is left of a difference.

Texts of prompts are compared and never kept: a difference names the place of a request and its fields.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from migrate_cli.runtime.exchange import Exchange

_TEXTS = ("messages", "input", "prompt", "instructions")
_NAMES = ("tools", "functions")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two runs have in common, and what not.

    `before` and `after` count requests; `refused_before` those that OpenAI would not have answered. `lost` and `added`
    are the requests without a counterpart, by endpoint and line. `fields` says what the move changed in requests that
    correspond: `(change, number of requests)`, as in `("model: gpt-4o -> glm-5", 3)`, `("without logit_bias", 1)`; only
    models are named with their value.
    """

    before: int
    after: int
    refused_before: int
    lost: tuple[tuple[str, int], ...]
    added: tuple[tuple[str, int], ...]
    fields: tuple[tuple[str, int], ...]

    @property
    def same(self) -> bool:
        """Whether the move kept the number of requests, the texts of the user and the tools of each."""
        return not self.lost and not self.added


def compare(before: Sequence[Exchange], after: Sequence[Exchange]) -> Comparison:
    """Pair the requests of both runs by what the user and the tools say and which tools are offered; order is free."""
    left, right = _grouped(before), _grouped(after)
    lost: list[Exchange] = []
    added: list[Exchange] = []
    changes: Counter[str] = Counter()
    for said in sorted({*left, *right}):
        old, new = left.get(said, []), right.get(said, [])
        shared = min(len(old), len(new))
        lost += old[shared:]
        added += new[shared:]
        for one, other in zip(old[:shared], new[:shared], strict=True):
            changes.update(_changes(one, other))
    fields = sorted(changes.items(), key=lambda pair: (-pair[1], pair[0]))
    refused = sum(exchange.verdict.refused is not None for exchange in before)
    return Comparison(len(before), len(after), refused, _endpoints(lost), _endpoints(added), tuple(fields))


def _grouped(exchanges: Iterable[Exchange]) -> dict[str, list[Exchange]]:
    groups: defaultdict[str, list[Exchange]] = defaultdict(list)
    for exchange in exchanges:
        groups[_said(exchange.verdict.payload)].append(exchange)
    return groups


def _said(payload: Mapping[str, Any]) -> str:
    """What the user and the tools say, and the names of the tools, whichever API carries them."""
    texts = [text for name in ("messages", "input", "prompt") for text in _texts(payload.get(name))]
    return json.dumps([texts, sorted(_tools(payload))], sort_keys=True)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        return []
    return [text for item in value for text in _item(item)]


def _item(item: Any) -> list[str]:
    if not isinstance(item, Mapping):
        return [json.dumps(item)]
    if item.get("type") == "function_call_output":
        return _texts(item.get("output"))
    if item.get("role", "user") not in ("user", "tool", "function"):
        return []
    if "content" in item:
        return _texts(item["content"])
    text = item.get("text")
    return [text] if isinstance(text, str) else [str(item.get("type"))]


def _tools(payload: Mapping[str, Any]) -> list[str]:
    tools = [tool for name in _NAMES for tool in payload.get(name) or () if isinstance(tool, Mapping)]
    functions = [
        tool.get("function") if isinstance(tool.get("function"), Mapping) else tool for tool in tools
    ]
    return [str(function.get("name") or function.get("type")) for function in functions if function]


def _changes(old: Exchange, new: Exchange) -> list[str]:
    before, after = old.verdict.payload, new.verdict.payload
    named = (set(before) | set(after)) - {"model"}
    found = [f"without {n}" for n in sorted(named) if n not in after]
    found += [f"with {n}" for n in sorted(named) if n not in before]
    found += [
        _changed(name, before[name], after[name])
        for name in sorted(set(before) & set(after) - {"model"})
        if before[name] != after[name]
    ]
    if old.verdict.model != new.verdict.model:
        found.append(f"model: {old.verdict.model} -> {new.verdict.model}")
    return found


def _changed(name: str, old: Any, new: Any) -> str:
    """What became of one field; only numbers and switches are shown, texts may be private."""
    if name in ("messages", "input", "prompt"):
        return f"{name}: in another form, the user's words the same"  # else the two would not be compared
    if all(isinstance(value, int | float) for value in (old, new)):
        return f"{name}: {json.dumps(old)} -> {json.dumps(new)}"
    return f"{name}: changed"


def _endpoints(exchanges: Iterable[Exchange]) -> tuple[tuple[str, int], ...]:
    counts = Counter(f"{e.verdict.endpoint or e.path}{_at(e)}" for e in exchanges)
    return tuple(sorted(counts.items()))


def _at(exchange: Exchange) -> str:
    return f" at {exchange.source}" if exchange.source else ""
