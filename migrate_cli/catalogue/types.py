"""What the catalogue knows, as frozen values. Every fact carries `as_of`, `source` and `confidence`.

None always means unknown, never zero and never "no".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any

from migrate_cli.catalogue.offer_terms import OfferTerms


class Support(str, Enum):
    """How a provider takes a parameter or an endpoint."""

    SUPPORTED = "supported"
    RESTRICTED = "restricted"
    IGNORED = "ignored"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


class Action(str, Enum):
    """Our advice to the rewriter; not a provider's fact."""

    KEEP = "keep"
    DROP = "drop"
    CLAMP = "clamp"
    RENAME = "rename"
    WRAP = "wrap"  # a bare string becomes a one-item list
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Fact:
    """Provenance: `as_of` is an ISO date or the period the source names, `confidence` high, medium or low."""

    as_of: str | None
    source: str | None
    confidence: str | None


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """One of a provider's platforms: `china`, `international`, `vllm`, … `base_url` is never extended."""

    name: str
    base_url: str
    key_variable: str | None
    console: str | None
    note: str | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI resource (`chat.completions`, …) on this provider; `instead` is the advice without it."""

    name: str
    support: Support
    path: str | None  # below the base URL, e.g. "/chat/completions"
    note: str | None
    instead: str | None
    fact: Fact

    @property
    def advice(self) -> str | None:
        """`instead` as the end of a line: without capital and full stop."""
        text = self.instead
        if text is None:
            return None
        start = text[0].lower() if text[1:2].islower() or text[1:2] == " " else text[0]
        return f"{start}{text[1:]}".removesuffix(".")


@dataclass(frozen=True, slots=True)
class Restriction:
    """The restriction as data. `allowed` lists values; `exclusive_min` makes `min` itself too small."""

    min: Decimal | None = None
    max: Decimal | None = None
    exclusive_min: bool = False
    max_items: int | None = None
    max_chars: int | None = None
    min_chars: int | None = None
    allowed: tuple[Any, ...] | None = None
    type: str | None = None  # "list": a bare string is refused


@dataclass(frozen=True, slots=True)
class Parameter:
    """A request parameter (or `role_developer`, `response_format_json_schema`, …) on a provider or model.

    `models`: when set, the entry holds only for these target models; `except_models`: not for these.
    """

    name: str
    support: Support
    action: Action
    rename_to: str | None
    restriction: Restriction | None
    models: tuple[str, ...]
    except_models: tuple[str, ...]
    note: str | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class Tier:
    """Rates for requests of more than `above_input_tokens` input tokens."""

    above_input_tokens: int
    input: Decimal | None
    cached_input: Decimal | None
    output: Decimal | None


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates per unit of a price; None is unpriced."""

    input: Decimal | None
    cached_input: Decimal | None
    output: Decimal | None
    cache_write: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PeakWindow:
    """Hours at which peak rates hold: ISO weekdays (Monday 1), from `start` up to `end`, `utc_offset` hours east."""

    weekdays: tuple[int, ...]
    start: int
    end: int
    utc_offset: int


@dataclass(frozen=True, slots=True)
class Price:
    """A published list price per 1,000,000 tokens (or per `unit`) in `currency`, for one of the sites.

    None is unpriced. A published 0 has a `reason`. With `peak` set, the main rates are off-peak.
    `tier_mode` is `whole_request` or `graduated`, None when the source does not say. `services` are rates of other ways
    of sending (`batch`, `priority`); `batch_discount` is what a batch costs of the standard rate. `history` are older
    rates, each with the day on which they ended.
    """

    currency: str
    unit: str  # "1M_tokens", "image", "minute", "1M_characters", …
    input: Decimal | None
    cached_input: Decimal | None
    output: Decimal | None
    tiers: tuple[Tier, ...]
    tier_mode: str | None
    peak_input: Decimal | None
    peak_cached_input: Decimal | None
    peak_output: Decimal | None
    peak_hours: str | None
    batch_discount: Decimal | None
    site: str | None
    reason: str | None
    note: str | None
    fact: Fact
    cache_write: Decimal | None = None
    services: Mapping[str, Rates] = field(default_factory=dict)
    peak_windows: tuple[PeakWindow, ...] = ()
    history: tuple[tuple[str, Rates], ...] = ()


@dataclass(frozen=True, slots=True)
class Thinking:
    """`default`: off | on | always | unknown.

    To switch it off, merge `off` into `extra_body`, or set the keyword and value in `off_argument`.
    """

    default: str
    off: Mapping[str, Any] | None
    off_argument: tuple[str, Any] | None  # e.g. ("reasoning_effort", "none")
    note: str | None
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Embedding:
    """Sizes in dimensions (default first), texts per request, tokens per text; None is unknown."""

    dimensions: tuple[int, ...] | None
    max_batch: int | None
    max_tokens: int | None


@dataclass(frozen=True, slots=True)
class TargetModel:
    """A model on a provider. `kind`: chat, reasoning, vision, embedding, image, speech, transcription, other.

    `status`: current | preview | limited | deprecated | retired | historic. Only `current` and `limited`
    may be emitted.
    """

    id: str
    kind: str
    status: str
    aliases: tuple[str, ...]
    context: int | None
    max_output: int | None
    modalities: tuple[str, ...]
    prices: tuple[Price, ...]
    thinking: Thinking | None
    embedding: Embedding | None
    replaces: tuple[str, ...]
    why: str | None
    retired_on: str | None
    note: str | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class Replacement:
    """The default target for an OpenAI model; `to` None means there is none, and `note` says what to do."""

    model: str
    to: str | None
    note: str | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class ErrorShape:
    """An error as the provider sends it: HTTP `status` and the body as published, with `when` in words."""

    when: str
    status: int | None
    body: str | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class Sdk:
    """The provider's own Python package; `maintained` False means endpoint mode is the way."""

    package: str | None
    version: str | None
    maintained: bool | None
    recommended: bool
    note: str | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class Provider:
    """One migration target. `status`: open | limited | beta | closed; `status_note` says it to people."""

    id: str
    name: str
    chinese_name: str | None
    aliases: tuple[str, ...]
    status: str
    status_note: str
    hosts: tuple[str, ...]  # hosts that mean "already this provider"
    sites: tuple[SiteAddress, ...]
    key_variable: str | None
    key_variable_fact: Fact
    other_variables: tuple[str, ...]
    endpoints: Mapping[str, Endpoint]
    parameters: tuple[Parameter, ...]
    models: Mapping[str, TargetModel]
    replacements: Mapping[str, Replacement]
    errors: tuple[ErrorShape, ...]
    sdk: Sdk
    pitfalls: tuple[str, ...] = ()
    as_of: str | None = None

    def model(self, name: str) -> TargetModel | None:
        """The model called `name`, by id or else by alias, or None."""
        if name in self.models:
            return self.models[name]
        return next((m for m in self.models.values() if name in m.aliases), None)


@dataclass(frozen=True, slots=True)
class OpenAIModel:
    """An OpenAI model: list price in USD, status and dates as of the catalogue.

    `like` names the anchor model (`gpt-4o-mini`, `o3`, …) whose replacement serves for this one: our own
    judgement, not OpenAI's.
    `reasoning`: whether it thinks before answering (None unknown).
    """

    id: str
    kind: str  # chat, embedding, image, speech, transcription, moderation, realtime, video, completion, other
    status: str  # active | deprecated | retired
    shutdown: str | None
    shutdown_source: str | None
    replacement: str | None
    replacement_as_of: str | None
    price: Price | None
    reasoning: bool | None
    vision: bool | None
    like: str | None
    note: str | None
    fact: Fact
    replacement_source: str | None = None
    replacement_note: str | None = None  # such as "in pro reasoning mode"


@dataclass(frozen=True, slots=True)
class Offer:
    """A press claim of 2024 or an offer of today; `amount`, `eligibility`, `starts` and `ends` are for people.

    `verdict`: active_official | active_reported | expired | unverified | rejected. `terms` are the same as data.
    """

    id: str
    provider: str | None  # one of our target ids, or None
    provider_name: str
    title: str
    amount: str | None
    eligibility: str | None
    starts: str | None
    ends: str | None
    verdict: str
    note: str | None
    reports: tuple[Fact, ...] = ()
    fact: Fact = field(default_factory=lambda: Fact(None, None, None))
    terms: OfferTerms = field(default_factory=OfferTerms)


@dataclass(frozen=True, slots=True)
class Rate:
    """Yuan per dollar, with the span seen in the last year."""

    cny_per_usd: Decimal
    low: Decimal
    high: Decimal
    fact: Fact
