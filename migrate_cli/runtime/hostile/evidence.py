"""Whether a provider is known to answer as an item of hostile mode does, whether OpenAI is, and which rule is about it.

The table is `items.yaml`; what providers do is in the catalogue's behaviours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from migrate_cli.catalogue.behaviours import Behaviour
from migrate_cli.catalogue.source import read_data
from migrate_cli.catalogue.types import Provider, Support
from migrate_cli.runtime import profile


class Grade(str, Enum):
    """How well it is known that a provider answers so; only the first two count against a program."""

    DOCUMENTED = "documented"
    PLAUSIBLE = "plausible"
    UNKNOWN = "no source"
    DENIED = "documented otherwise"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one item at one provider. `why` is the source or the reason, None where there is none.

    `openai` is the source that shows OpenAI's own API answering so, None without one.
    """

    grade: Grade
    why: str | None
    openai: str | None
    rule: str

    @property
    def documented(self) -> bool:
        """Whether a source shows the provider answering so."""
        return self.grade is Grade.DOCUMENTED

    @property
    def counts(self) -> bool:
        """Whether a program has to cope with it."""
        return self.grade in (Grade.DOCUMENTED, Grade.PLAUSIBLE)


def evidence(item: str, provider: Provider | None, payloads: Iterable[Mapping[str, Any]] = ()) -> Evidence:
    """What is known of `item` at `provider` (OpenAI when None) for requests with these `payloads`.

    Raises KeyError when there is no such item.
    """
    row = _table()[item]
    openai, rule = (row["openai"]["source"] if "openai" in row else None), row["rule"]
    if provider is None:
        return Evidence(Grade.DOCUMENTED if openai else Grade.UNKNOWN, openai, openai, rule)
    sent = list(payloads)
    known = [found for name in row.get("known_by", ()) if (found := profile.known(provider, name))]
    asks = any(_asks_usage(payload) for payload in sent)
    holding = next((found for found in known if found.holds and _applies(found, asks)), None)
    if holding is not None:
        return Evidence(Grade.DOCUMENTED, holding.fact.source, openai, rule)
    kept = _kept(provider, sent) if "kept_by" in row else None
    if kept is not None:
        return Evidence(Grade.DENIED, kept, openai, rule)
    if row.get("plausible"):
        return Evidence(Grade.PLAUSIBLE, row["plausible"], openai, rule)
    denied = next((found for found in known if found.holds is False), None)
    if denied is not None:
        return Evidence(Grade.DENIED, denied.fact.source, openai, rule)
    return Evidence(Grade.UNKNOWN, None, openai, rule)


def keeps_output(item: str) -> bool:
    """Whether the answer says what it would say otherwise, so that a program should write the same."""
    return bool(_table()[item].get("same_output"))


def may_give_up(item: str) -> bool:
    """Whether a program may end with an error code of its own, because its request was not answered."""
    return bool(_table()[item].get("may_give_up"))


def _kept(provider: Provider, payloads: Iterable[Mapping[str, Any]]) -> str | None:
    """The source that documents the form of answer which all of the requests ask for, or None."""
    kinds = {str((payload.get("response_format") or {}).get("type")) for payload in payloads}
    entries = [
        profile.parameter(provider, f"response_format_{kind}", None) for kind in kinds or {"json_object"}
    ]
    if all(entry is not None and entry.support is Support.SUPPORTED for entry in entries):
        return next((entry.fact.source for entry in entries if entry is not None), None)
    return None


def _applies(known: Behaviour, asks: bool) -> bool:
    return asks or known.data != "include_usage"


def _asks_usage(payload: Mapping[str, Any]) -> bool:
    options = payload.get("stream_options")
    return isinstance(options, Mapping) and bool(options.get("include_usage"))


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    rows: Mapping[str, Mapping[str, Any]] = read_data(Path(__file__).parent, "items")["items"]
    return rows
