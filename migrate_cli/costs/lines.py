"""The finished cost report as frozen values; renderers only print them.

Tuples called `costs`, `totals` or `vs_…` run parallel to `CostReport.profiles`; None in them means not known.
Money is exact and per month; rates are in yuan per dollar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from migrate_cli.catalogue.types import Fact, Offer, Price
from migrate_cli.costs.difference import Difference
from migrate_cli.costs.effort import Effort
from migrate_cli.costs.incentives.results import Incentives
from migrate_cli.costs.money import Exchange
from migrate_cli.costs.pricing import Cost
from migrate_cli.costs.scenario import Origin
from migrate_cli.costs.terms import Wage
from migrate_cli.costs.traffic import Traffic
from migrate_cli.costs.workload import Workload

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
    `staying` is what staying with OpenAI costs: the replacement's bill, or today's where none is needed. `billed` is
    what a bill says that was paid, discounts included; `volumes` are the traffic behind `costs`.
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
    billed: Cost | None = None
    volumes: tuple[Workload | None, ...] = ()

    @property
    def paid(self) -> Costs:
        """What is paid today: as billed where that is known, else at list prices."""
        return self.costs if self.billed is None else (self.billed,) * len(self.costs)


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One OpenAI model on one provider: the target `model` (None: there is none), its price and its bills."""

    openai_model: str
    model: str | None
    chosen_by: str  # "you" or "the catalogue"
    status: str | None  # of the target model
    price: Price | None
    stale: bool
    costs: Costs
    vs_today: Differences
    vs_staying: Differences
    unpriced: str | None
    note: str | None
    yours: bool = False  # the price is one that the user gave
    volumes: tuple[Workload | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over models; `at_least` when something in it is not priced. `bill` None: nothing is priced."""

    bill: Cost | None
    at_least: bool


@dataclass(frozen=True, slots=True)
class BreakEven:
    """When a move has paid for itself: the work in money, and months from the best to the worst case.

    `best` and `worst` are None where it never does; `known` is False where one side is not priced.
    """

    work: Decimal
    currency: str
    best: Decimal | None
    worst: Decimal | None
    known: bool


@dataclass(frozen=True, slots=True)
class ProviderReport:
    """One provider's lines, in the order of the OpenAI models.

    Its `vs_…` compare sums over the models that both sides can price; `shared_…` says how many these are. `discount` is
    the share that the user says is taken off, already in all bills. `effort` is None without code. `incentives` and
    `break_even_…` are told for the report's main scenario, the latter against what is paid today and against staying.
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
    discount: Decimal = Decimal(0)
    effort: Effort | None = None
    incentives: Incentives | None = None
    break_even_today: BreakEven | None = None
    break_even_staying: BreakEven | None = None


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
class Rank:
    """One row of the table that ranks the providers for this code: the best first.

    `bill` is the month's total of the main scenario; `ranked` False says in `why` what keeps the row from being
    compared; `unknown` lists what nobody knows.
    """

    provider: str
    name: str
    status: str
    region: str | None
    effort: Effort | None
    bill: Total
    vs_staying: Difference | None
    models: tuple[str, ...]
    unknown: tuple[str, ...]
    ranked: bool
    why: str | None


@dataclass(frozen=True, slots=True)
class CostReport:
    """Everything the cost report says, at `as_of`. `main` is the scenario that single figures are told for.

    `billed` is what was paid per month by the bills that were read, None without any.
    """

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
    origin: Origin = Origin.ASSUMED
    main: int = 1
    traffic: Traffic | None = None
    billed: tuple[Cost, ...] = ()
    ranking: tuple[Rank, ...] = ()
    wage: Wage | None = None
