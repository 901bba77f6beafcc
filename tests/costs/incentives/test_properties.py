"""What holds for any offers and any use."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from migrate_cli.catalogue.types import Offer
from migrate_cli.costs.incentives.demand import Demand
from tests.costs.incentives.made import demand, discount, offer, pool, renewing, tokens, voucher, weigh

COUNTS = st.integers(1, 10**6)
DAYS = st.one_of(st.none(), st.integers(1, 800))
GRANTS = st.one_of(
    st.builds(tokens, COUNTS),
    st.builds(pool, COUNTS),
    st.builds(renewing, COUNTS),
    st.builds(voucher, st.integers(1, 5_000).map(str)),
    st.builds(discount, st.integers(1, 100).map(str)),
)
OFFERS = st.lists(st.tuples(GRANTS, DAYS), max_size=5)
DEMANDS = st.lists(st.tuples(COUNTS, st.integers(0, 1_000)), max_size=3)


def made(grants: list[tuple[object, int | None]]) -> list[Offer]:
    return [
        offer(grant, id=f"offer-{index}", days=days, period="month")
        for index, (grant, days) in enumerate(grants)
    ]


def used(lines: list[tuple[int, int]]) -> tuple[Demand, ...]:
    return tuple(demand(f"m{index}", count, str(cost)) for index, (count, cost) in enumerate(lines))


@settings(max_examples=60, deadline=None)
@given(OFFERS, DEMANDS)
def test_no_bill_falls_below_nothing(
    grants: list[tuple[object, int | None]], lines: list[tuple[int, int]]
) -> None:
    found = weigh(*made(grants), demands=used(lines))
    slack = Decimal("1e-15")  # the sums are rounded to 28 digits, each on its own
    assert min(found.remaining.month, found.remaining.year, found.remaining.steady) >= -slack


@settings(max_examples=60, deadline=None)
@given(OFFERS, DEMANDS)
def test_no_grant_gives_more_than_it_has(
    grants: list[tuple[object, int | None]], lines: list[tuple[int, int]]
) -> None:
    values = [result.value for result in weigh(*made(grants), demands=used(lines)).offers if result.value]
    assert all(value.left is None or value.left >= 0 for value in values)
    assert all(value.saved >= 0 and value.tokens >= 0 for value in values)


@settings(max_examples=60, deadline=None)
@given(OFFERS, DEMANDS)
def test_one_more_offer_never_costs_anything(
    grants: list[tuple[object, int | None]], lines: list[tuple[int, int]]
) -> None:
    demands, slack = used(lines), Decimal("1e-15")
    lasting = weigh(*made(grants), demands=demands).saved.year
    assert (
        weigh(*made(grants), offer(discount("5"), id="more"), demands=demands).saved.year >= lasting - slack
    )
