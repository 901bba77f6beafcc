"""How a report is asked for: with the code and the catalogue, every figure in it follows from these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from migrate_cli.catalogue.types import Price
from migrate_cli.costs.scenario import Scenario, assumed
from migrate_cli.costs.traffic import Traffic

NONE = Decimal(0)
ONE = Decimal(1)
ALL = "*"


@dataclass(frozen=True, slots=True)
class Wage:
    """What an hour of the people costs who move the code."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The user's side of a report.

    `overrides` maps an OpenAI model to the target chosen for it. `cache_share` is the share of the input that the
    target reads from its cache, `output_factor` how much longer its answers are. `discounts` are shares off a
    provider's bill by provider id (`*`: all), `prices` negotiated ones by (provider id, model id). `answers` say
    whether a condition of an offer is met, by its word. `start` is the day of the move, the report's date without.
    """

    as_of: date
    fx: Decimal | None = None
    site: str | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    scenarios: tuple[Scenario, ...] = field(default_factory=assumed)
    traffic: Traffic | None = None
    cache_share: Decimal = NONE
    output_factor: Decimal = ONE
    text_mix: Mapping[str, Decimal] = field(default_factory=dict)
    discounts: Mapping[str, Decimal] = field(default_factory=dict)
    prices: Mapping[tuple[str, str], Price] = field(default_factory=dict)
    wage: Wage | None = None
    answers: Mapping[str, bool] = field(default_factory=dict)
    start: date | None = None
    allow_stale: bool = False

    @property
    def first_day(self) -> date:
        """The day of the move."""
        return self.start or self.as_of

    @property
    def main(self) -> int:
        """The scenario that single figures are told for: the only one, or the middle one."""
        return len(self.scenarios) // 2

    def discount(self, provider: str) -> Decimal:
        """The share that the provider takes off its list."""
        return self.discounts.get(provider, self.discounts.get(ALL, NONE))
