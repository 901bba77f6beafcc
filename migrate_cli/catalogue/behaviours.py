"""How providers behave where OpenAI's clients expect something else: one file per theme, one table per behaviour.

    empty_choices:                      # a rule asks for `target.behaviour("streams.empty_choices")`
      means: a stream may hold chunks without choices
      providers:
        deepseek: {holds: yes, note: …, as_of: '2026-11-21', source: …, confidence: medium}
        qwen:     {holds: yes, data: […], models: [qwen-plus], …}

`holds` is yes, no or unknown; a provider that is not listed is unknown. `data` is what the behaviour needs (codes,
names, limits), in a shape that `means` tells. `models`, when given, are the only ones it holds for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrate_cli.catalogue.types import Fact

_HOLDS: Mapping[Any, bool | None] = {True: True, False: False, "unknown": None}
_FIELDS = {"holds", "data", "models", "note", "as_of", "source", "confidence"}

Behaviours = Mapping[str, Mapping[str, "Behaviour"]]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One way in which a provider differs. `holds`: None is unknown. `models`: when set, it holds for them only."""

    name: str
    means: str
    holds: bool | None
    data: Any
    models: tuple[str, ...]
    note: str | None
    fact: Fact

    def concerns(self, models: tuple[str, ...]) -> bool:
        """Whether it is known to hold for one of these models of the provider, or for all."""
        return self.holds is True and (not self.models or bool(set(models) & set(self.models)))


def parse_behaviours(data: Mapping[str, Any]) -> Behaviours:
    """The tables of one file: behaviour to provider id to what is known. Raises ValueError naming what is wrong."""
    return {
        name: {
            provider: _behaviour(name, provider, entry["means"], item)
            for provider, item in entry["providers"].items()
        }
        for name, entry in data.items()
    }


def _behaviour(name: str, provider: str, means: str, data: Mapping[str, Any]) -> Behaviour:
    unknown = sorted(set(data) - _FIELDS)
    if unknown:
        raise ValueError(f"{name}.{provider}.{unknown[0]}: no such field")
    if data.get("holds") not in _HOLDS:
        raise ValueError(f"{name}.{provider}.holds must be yes, no or unknown, not {data.get('holds')!r}")
    return Behaviour(
        name,
        means,
        _HOLDS[data["holds"]],
        data.get("data"),
        tuple(data.get("models", ())),
        data.get("note"),
        Fact(data["as_of"], data["source"], data["confidence"]),
    )
