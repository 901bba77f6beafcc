"""The neutral records that every usage format is read into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum


class Granularity(str, Enum):
    """Whether a record is one request or the sum of many: only single requests tell tiers and hours exactly."""

    REQUEST = "request"
    BUCKET = "bucket"


@dataclass(frozen=True, slots=True)
class Usage:
    """Traffic of one model: one request, or the sum of a bucket.

    `start` and `end` are aware times in UTC, None where the source has none; a request has no `end`. `input` includes
    `cached` and `cache_write`, `output` includes `reasoning`. `requested` is the model the program asked for,
    `answered` the one the provider names. `modality`: text | embedding | moderation | image | audio | other. What is
    not billed by tokens has its `quantity` in `unit` (`images`, `seconds`, `characters`, `requests`). `paid` is what
    the source says it cost, in `currency`. Raises ValueError for a negative count, or parts above their whole.
    """

    source: str
    granularity: Granularity
    requested: str | None
    answered: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    requests: int = 1
    input: int = 0
    cached: int = 0
    cache_write: int = 0
    output: int = 0
    reasoning: int = 0
    batch: bool = False
    tier: str | None = None  # service tier as written by the source: default, flex, priority, …
    modality: str = "text"
    quantity: Decimal | None = None
    unit: str | None = None
    paid: Decimal | None = None
    currency: str = "USD"
    project: str | None = None

    def __post_init__(self) -> None:
        counts = (self.requests, self.input, self.cached, self.cache_write, self.output, self.reasoning)
        if min(counts) < 0:
            raise ValueError("a count is below 0")
        if self.cached + self.cache_write > self.input:
            raise ValueError("more cached than input tokens")
        if self.reasoning > self.output:
            raise ValueError("more reasoning than output tokens")

    @property
    def model(self) -> str | None:
        """The model that the bill names: the one that answered, else the one asked for."""
        return self.answered or self.requested


@dataclass(frozen=True, slots=True)
class Billed:
    """An amount of a bill: what was really paid, discounts included. `item` is the line's name as written."""

    source: str
    amount: Decimal
    currency: str
    start: datetime | None = None
    end: datetime | None = None
    item: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Covered:
    """A bucket without traffic, or without a bill (`billed`): its time belongs to the period all the same."""

    source: str
    start: datetime | None
    end: datetime | None
    billed: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """Something a reader left out, once per kind of reason: `why` in words, how often, and the tokens in it.

    `lost`: it is, or may be, traffic that was paid for, so that every sum misses it.
    """

    source: str
    why: str
    times: int = 1
    tokens: int = 0
    lost: bool = False


Entry = Usage | Billed | Covered | Left
