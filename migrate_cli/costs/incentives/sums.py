"""Adds up what was drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from migrate_cli.costs.incentives.demand import Demand, Part
from migrate_cli.costs.incentives.draw import ALL, MONEY, OFF, TOKENS, Flow, Source, Stretch
from migrate_cli.costs.incentives.grants import MONTH
from migrate_cli.costs.incentives.results import Drawn, Sums, Value

YEAR = Fraction(365)
MARKS = (MONTH, YEAR)
_ZERO = Fraction(0)


def bill(demands: Iterable[Demand]) -> Sums:
    """What the priced demands cost without offers."""
    daily = sum((Fraction(demand.cost) for demand in demands if demand.cost is not None), _ZERO)
    return Sums(decimal(daily * MONTH), decimal(daily * YEAR), decimal(daily * MONTH))


def value(
    own: Sequence[int],
    sources: Sequence[Source],
    stretches: Sequence[Stretch],
    demands: Sequence[Demand],
    parts: Sequence[Part],
) -> Value:
    """What the sources at the positions `own`, all of one offer, give over the `stretches`."""
    pairs = [(stretch, flow) for stretch in stretches for flow in stretch.flows if flow.source in own]
    lasting = any(stretch.end is None for stretch, _ in pairs)
    counted = [(s, f) for s, f in pairs if not lasting or (s.end is not None and s.end <= YEAR)]
    tokens = sum((f.tokens * _days(s) for s, f in counted), _ZERO)
    saved = sum((_money(f) * _days(s) for s, f in counted), _ZERO)
    unit = sources[own[0]].unit
    used = {TOKENS: tokens, MONEY: saved}.get(unit)
    granted = _granted([sources[index] for index in own])
    left = None if granted is None or used is None else granted - used
    days = [_drawn(pairs, source) for source in own]
    return Value(
        unit=_unit(unit, demands),
        granted=_optional(granted),
        used=_optional(used),
        left=_optional(left),
        left_share=decimal(left / granted) if left is not None and granted else None,
        days=None if lasting else decimal(min((count for count in days if count), default=_ZERO)),
        tokens=decimal(tokens),
        saved=decimal(saved),
        sums=_sums(pairs),
        models=_models(counted, lasting, demands, parts),
        lasting=lasting,
        at_least=any(flow.money is None for _, flow in pairs),
    )


def decimal(value: Fraction) -> Decimal:
    """The fraction as a decimal of 28 digits."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def add(sums: Iterable[Sums]) -> Sums:
    """All the sums together."""
    found = tuple(sums)
    return Sums(
        sum((one.month for one in found), Decimal(0)),
        sum((one.year for one in found), Decimal(0)),
        sum((one.steady for one in found), Decimal(0)),
    )


def _sums(pairs: Sequence[tuple[Stretch, Flow]]) -> Sums:
    ended = [
        (stretch.end, _money(flow) * _days(stretch)) for stretch, flow in pairs if stretch.end is not None
    ]
    month = sum((money for end, money in ended if end <= MONTH), _ZERO)
    year = sum((money for end, money in ended if end <= YEAR), _ZERO)
    steady = sum((_money(flow) for stretch, flow in pairs if stretch.end is None), _ZERO)
    return Sums(decimal(month), decimal(year), decimal(steady * MONTH))


def _models(
    pairs: Sequence[tuple[Stretch, Flow]], lasting: bool, demands: Sequence[Demand], parts: Sequence[Part]
) -> tuple[Drawn, ...]:
    names = dict.fromkeys(demands[parts[flow.part].demand].model for _, flow in pairs)
    found = []
    for name in names:
        ours = [(s, f) for s, f in pairs if demands[parts[f.part].demand].model == name]
        days = sum({s.start: _days(s) for s, _ in ours}.values(), _ZERO)
        tokens = sum((f.tokens * _days(s) for s, f in ours), _ZERO)
        saved = sum((_money(f) * _days(s) for s, f in ours), _ZERO)
        priced = any(f.money is not None for _, f in ours)
        found.append(
            Drawn(
                name, None if lasting else decimal(days), decimal(tokens), decimal(saved) if priced else None
            )
        )
    return tuple(found)


def _drawn(pairs: Sequence[tuple[Stretch, Flow]], source: int) -> Fraction:
    """Days on which something is drawn on the source."""
    return sum({s.start: _days(s) for s, f in pairs if f.source == source}.values(), _ZERO)


def _granted(sources: Iterable[Source]) -> Fraction | None:
    amounts = [source.amount for source in sources]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, _ZERO) if len(known) == len(amounts) else None


def _unit(unit: str, demands: Sequence[Demand]) -> str | None:
    return {TOKENS: "tokens", MONEY: demands[0].currency, ALL: None, OFF: None}[unit]


def _days(stretch: Stretch) -> Fraction:
    return _ZERO if stretch.end is None else stretch.end - stretch.start


def _money(flow: Flow) -> Fraction:
    return _ZERO if flow.money is None else flow.money


def _optional(value: Fraction | None) -> Decimal | None:
    return None if value is None else decimal(value)
