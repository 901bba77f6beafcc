"""The finished cost report as frozen values; renderers only print them.

Tuples called `costs`, `totals` or `vs_…` run parallel to `CostReport.profiles`; None in them means not known.
Money is exact; rates are in yuan per dollar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from migrate_cli.catalogue.types import Fact, Offer, Price
from migrate_cli.costs.difference import Difference
from migrate_cli.costs.money import Exchange
from migrate_cli.costs.pricing import Cost

Costs = tuple[Cost | None, ...]
Differences = tuple[Difference | None, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """The model OpenAI itself names as replacement; `as_of` dates the advice, which moves.

    `unpriced` says why `costs` has gaps.
    """

    model: str
    as_of: str | None
    source: str | None
    note: str | None
    price: Price | None
    stale: bool
    costs: Costs
    unpriced: str | None


@dataclass(frozen=True, slots=True)
class OpenAILine:
    """One OpenAI model found, with its number of call sites.

    `state`: active | ending | gone | unknown (not in the catalogue), and `status` the same in words.
    `shutdown` is its date, None when none is known.
    `staying` is what staying with OpenAI costs: the replacement's bill, or today's where none is needed.
    """

    model: str
    call_sites: int
    kind: str | None
    state: str
    status: str
    shutdown: str | None
    shutdown_source: str | None
    price: Price | None
    stale: bool
    costs: Costs
    unpriced: str | None
    advice: Advice | None
    staying: Costs
    note: str | None


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One OpenAI model on one provider: the target `model` (None: there is none), its price and its bills."""

    openai_model: str
    model: str | None
    chosen_by: str  # "you" or "the catalogue"
    price: Price | None
    stale: bool
    costs: Costs
    vs_today: Differences
    vs_staying: Differences
    unpriced: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over models; `at_least` when something in it is not priced. `bill` None: nothing is priced."""

    bill: Cost | None
    at_least: bool


@dataclass(frozen=True, slots=True)
class ProviderReport:
    """One provider's lines, in the order of the OpenAI models.

    Its `vs_…` compare sums over the models that both sides can price; `shared_…` says how many these are.
    """

    provider: str
    name: str
    site: str | None
    status_note: str
    lines: tuple[TargetLine, ...]
    totals: tuple[Total, ...]
    vs_today: Differences
    shared_today: int
    vs_staying: Differences
    shared_staying: int


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer of one of the providers, its verdict at the report's date, and whether it counts as money."""

    offer: Offer
    verdict: str
    words: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Unpriced:
    """A line that is in no total: whose, which model, and why."""

    where: str
    model: str
    reason: str


@dataclass(frozen=True, slots=True)
class CostReport:
    """Everything the cost report says, at `as_of`."""

    as_of: date
    exchange: Exchange
    profiles: tuple[str, ...]
    openai: tuple[OpenAILine, ...]
    today: tuple[Total, ...]
    staying: tuple[Total, ...]
    providers: tuple[ProviderReport, ...]
    offers: tuple[OfferLine, ...]
    unpriced: tuple[Unpriced, ...]
    assumptions: tuple[str, ...]
    sources: tuple[Fact, ...]
