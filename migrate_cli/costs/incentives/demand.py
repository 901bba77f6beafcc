"""What a program would use each day, which is what offers are spent on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

FRESH, CACHED, OUTPUT = "fresh", "cached", "output"


@dataclass(frozen=True, slots=True)
class Demand:
    """One target model's daily use: tokens a day (`input` includes `cached`) and their `cost` a day in `currency`.

    `cost` None: the model is not priced. `cached_cost` and `output_cost` are parts of `cost`, None where they are not
    told apart. `kind` is the target model's. `peak_requests` and `peak_tokens` are those of the busiest minute, None
    when unknown. Raises ValueError for a negative figure, or parts above their whole.
    """

    model: str
    input: Decimal
    cached: Decimal
    output: Decimal
    cost: Decimal | None
    currency: str
    batch: bool = False
    kind: str = "chat"
    retired: bool = False
    cached_cost: Decimal | None = None
    output_cost: Decimal | None = None
    peak_requests: Decimal | None = None
    peak_tokens: Decimal | None = None

    def __post_init__(self) -> None:
        figures = (self.input, self.cached, self.output, self.cost, self.cached_cost, self.output_cost)
        if any(figure is not None and figure < 0 for figure in figures):
            raise ValueError(f"{self.model}: a figure is below 0")
        if self.cached > self.input:
            raise ValueError(f"{self.model}: more cached than input tokens")
        if self.cost is not None and (self.cached_cost or 0) + (self.output_cost or 0) > self.cost:
            raise ValueError(f"{self.model}: the parts cost more than the whole")


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens and cost a day of some classes (fresh, cached, output) of the demand at `demand`; `cost` None: unknown.

    Classes whose costs are not told apart are one part, which a grant can only pay as a whole.
    """

    demand: int
    classes: frozenset[str]
    tokens: Fraction
    cost: Fraction | None


def parts(demands: tuple[Demand, ...]) -> tuple[Part, ...]:
    """The demands in as many parts as their costs can be told apart; parts without tokens are left out."""
    return tuple(part for index, demand in enumerate(demands) for part in _parts(index, demand))


def _parts(index: int, demand: Demand) -> list[Part]:
    tokens = {
        FRESH: Fraction(demand.input - demand.cached),
        CACHED: Fraction(demand.cached),
        OUTPUT: Fraction(demand.output),
    }
    used = [name for name, count in tokens.items() if count]
    if demand.cost is None:
        return [Part(index, frozenset({name}), tokens[name], None) for name in used]
    told = {CACHED: demand.cached_cost, OUTPUT: demand.output_cost}
    known = {name: Fraction(cost) for name in used if (cost := told.get(name)) is not None}
    found = [Part(index, frozenset({name}), tokens[name], cost) for name, cost in known.items()]
    rest = [name for name in used if name not in known]
    if rest:
        left = Fraction(demand.cost) - sum(known.values())
        found.append(Part(index, frozenset(rest), sum((tokens[name] for name in rest), Fraction(0)), left))
    return found
