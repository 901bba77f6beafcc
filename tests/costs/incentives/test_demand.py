from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from migrate_cli.costs.incentives.demand import CACHED, FRESH, OUTPUT, Demand, parts
from tests.costs.incentives.made import demand


def split(**fields: str | None) -> Demand:
    """300 fresh, 100 cached and 100 output tokens for 10 yuan."""
    costs = {name: None if cost is None else Decimal(cost) for name, cost in fields.items()}
    return demand(input=Decimal(400), cached=Decimal(100), output=Decimal(100), **costs)


def test_costs_told_apart_make_three_parts() -> None:
    found = {
        part.classes: (part.tokens, part.cost) for part in parts((split(cached_cost="1", output_cost="6"),))
    }
    assert found == {
        frozenset({FRESH}): (300, 3),
        frozenset({CACHED}): (100, 1),
        frozenset({OUTPUT}): (100, 6),
    }


def test_costs_not_told_apart_stay_together() -> None:
    assert [(p.classes, p.tokens, p.cost) for p in parts((split(),))] == [
        (frozenset({FRESH, CACHED, OUTPUT}), 500, 10)
    ]
    assert [p.classes for p in parts((split(cached_cost="1"),))] == [
        frozenset({CACHED}),
        frozenset({FRESH, OUTPUT}),
    ]


def test_a_single_class_needs_no_telling_apart() -> None:
    (part,) = parts((demand(tokens=0, output=Decimal(50)),))
    assert (part.classes, part.tokens, part.cost) == (frozenset({OUTPUT}), Fraction(50), Fraction(10))


def test_without_a_price_nothing_costs_0() -> None:
    assert {part.cost for part in parts((split(cost=None),))} == {None}


def test_no_traffic_has_no_parts() -> None:
    assert parts((demand(tokens=0),)) == ()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"input": Decimal(-1)}, "below 0"),
        ({"cost": Decimal(-1)}, "below 0"),
        ({"cached": Decimal(2_000)}, "more cached than input"),
        ({"output_cost": Decimal(11)}, "the parts cost more than the whole"),
    ],
)
def test_impossible_figures_are_refused(fields: dict[str, Decimal], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        demand(**fields)
