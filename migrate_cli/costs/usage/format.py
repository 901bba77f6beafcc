"""What a usage format is, and the one way from a logged call to a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from migrate_cli.costs.usage.models import bare, modality_of, other_provider
from migrate_cli.costs.usage.record import Entry, Granularity, Left, Usage
from migrate_cli.costs.usage.tokens import Tokens

NO_MODEL = "not attributed: no model is named"
NO_TOKENS = "calls without token counts"
FAILED = "failed calls without tokens"
FROM_CACHE = "answers from the tool's own cache, which cost nothing"
NOT_A_CALL = "records that are not calls of a model"
_ENVELOPES = frozenset({"runs", "data", "observations", "results", "rows", "records", "logs"})


class Item(NamedTuple):
    """An entry with what tells it from others: the call's `id` at the source (a bucket's whole row), and the span
    around it.
    """

    entry: Entry
    id: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader is told: the `source` to name, and whether the user says that cached tokens are counted apart."""

    source: str
    cached_excluded: bool = False

    def left(self, why: str, tokens: int = 0) -> Item:
        """One thing that is left out."""
        return Item(Left(self.source, why, 1, tokens))


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table of a format looks like; names in small letters.

    It is recognised by any of `signs` (all columns of one set), must have one column of each tuple in `needs`, and
    may have the `known` ones; any other is named in a warning.
    """

    signs: tuple[frozenset[str], ...]
    needs: tuple[tuple[str, ...], ...]
    known: frozenset[str]


def itself(value: Any) -> Iterable[Mapping[str, Any]]:
    """The records in a JSON value of a format without envelopes: the value, or the items of a list in an object."""
    if not isinstance(value, dict):
        return ()
    if "model" not in value:
        for name in _ENVELOPES & value.keys():
            inner = value[name]
            if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                return (item for item in inner if isinstance(item, dict))
    return (value,)


@dataclass(frozen=True, slots=True)
class Format:
    """A usage format: `name` is what `--usage-format` takes, `title` goes into sources, `about` into the help.

    `parts` opens the envelopes of a JSON value, `fits` tells a record of this format; `columns` is None where it is
    never a table, `fits` where it is never JSON. `read` turns a record or row into entries; it raises Odd, ValueError
    and CachedApart. `ungrouped` is the sentence for a file that names no model in any row.
    """

    name: str
    title: str
    about: str
    read: Callable[[Mapping[str, Any], Reading], Iterable[Item]]
    fits: Callable[[Mapping[str, Any]], bool] | None = None
    columns: Columns | None = None
    parts: Callable[[Any], Iterable[Mapping[str, Any]]] = itself
    ungrouped: str | None = None


class Call(NamedTuple):
    """A logged call before it is judged; what the source does not say is None."""

    tokens: Tokens | None
    requested: str | None
    answered: str | None
    provider: str | None = None
    start: datetime | None = None
    modality: str | None = None
    tier: str | None = None
    batch: bool = False
    paid: Decimal | None = None
    failed: bool = False
    id: str | None = None
    parent: str | None = None


def judged(call: Call, reading: Reading) -> Item:
    """The record of a call, or why it is left out. Raises CachedApart, and ValueError for impossible counts."""
    tokens = call.tokens
    model = call.answered or call.requested
    other = other_provider(call.provider, model)
    if other is not None:
        return reading.left(f"other provider: {other}", tokens.all if tokens else 0)
    if tokens is None or not tokens.all:
        return reading.left(FAILED if call.failed else NO_TOKENS)
    if model is None:
        return reading.left(NO_MODEL, tokens.all)
    tokens = tokens.with_cached_inside(excluded=reading.cached_excluded)
    usage = Usage(
        source=reading.source,
        granularity=Granularity.REQUEST,
        requested=bare(call.requested),
        answered=bare(call.answered),
        start=call.start,
        input=tokens.input,
        cached=tokens.cached,
        cache_write=tokens.cache_write,
        output=tokens.output,
        reasoning=tokens.reasoning,
        batch=call.batch or call.tier == "batch",
        tier=call.tier,
        modality="audio" if tokens.audio else call.modality or modality_of(model),
        paid=call.paid,
    )
    return Item(usage, call.id, call.parent)
