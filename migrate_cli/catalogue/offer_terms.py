"""The terms of an offer as data. None or an empty tuple means that no source says so, never zero and never "no"."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Condition:
    """What somebody must be or have to get an offer: `word` for `--eligible`, `question` for people."""

    word: str
    question: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a grant may be used for; an empty tuple restricts nothing.

    `models` are target ids, `kinds` kinds of target models, `token_classes` input | output; `excludes`: batch,
    context_cache.
    """

    models: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    token_classes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grant:
    """One part of an offer: `tokens`, or `money` in `currency`, or `percent` off, or `ratio` to the OpenAI usage.

    `kind`: one_off_tokens | recurring_tokens | voucher_money | free_model | discount | matched_to_openai_usage |
    help_service. Tokens are `per_model`, or of one `pool`. `requests_per_minute` and `tokens_per_minute` are published
    limits. With `priced_in` the list prices hold the grant already, so that it is never taken off again.
    """

    kind: str
    tokens: int | None = None
    money: Decimal | None = None
    currency: str | None = None
    percent: Decimal | None = None
    ratio: Decimal | None = None
    per_model: bool = False
    pool: str | None = None
    scope: Scope = field(default_factory=Scope)
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    priced_in: bool = False


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """How an offer is got and how long it lasts; dates are inclusive.

    `site`: the platform it holds on, None for all. `begins`: registration | activation | claim | fixed_date (then
    `begins_on`). Use ends `days` after the start (`days_at_most` where it differs by model and `days` is the least), on
    `until`, or anew with each `period` (day, week, month). `on_exhaustion`: stops | bills. `stack_order` ranks
    offers of one class, low first. `shared_by` account: all its keys and users draw on the same. `claim` is how to
    get it, in words.
    """

    site: str | None = None
    grants: tuple[Grant, ...] = ()
    begins: str | None = None
    begins_on: date | None = None
    claim_until: date | None = None
    days: int | None = None
    days_at_most: int | None = None
    until: date | None = None
    period: str | None = None
    needs: tuple[Condition, ...] = ()
    on_exhaustion: str | None = None
    stack_order: int | None = None
    shared_by: str | None = None
    claim: str | None = None
