"""Draws a steady daily use from grants in their order, exactly, from one change to the next.

Fractions instead of decimals: an empty grant is then empty, not short of a token by a rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from migrate_cli.costs.incentives.demand import Part

TOKENS, MONEY, ALL, OFF = "tokens", "money", "all", "off"


@dataclass(frozen=True, slots=True)
class Source:
    """Something to draw on from day `opens` up to day `closes` (None: no end), for some parts of the use.

    `unit`: `tokens` or `money`, of which there is `amount` (None: no limit) and at most `per_day` a day; `all` pays for
    everything; `off` takes the share `off` of the cost.
    """

    unit: str
    parts: tuple[int, ...]
    opens: int
    closes: int | None
    amount: Fraction | None = None
    per_day: Fraction | None = None
    off: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Flow:
    """What the source at `source` pays of the part at `part`, per day; `money` None where the part has no price."""

    source: int
    part: int
    tokens: Fraction
    money: Fraction | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `start` to `end` (None: for ever) during which the same is drawn each day."""

    start: Fraction
    end: Fraction | None
    flows: tuple[Flow, ...]


def draw(
    sources: Sequence[Source], parts: Sequence[Part], marks: Iterable[int | Fraction]
) -> tuple[Stretch, ...]:
    """Stretches from day 0 on, drawn on `sources` in the order given; none of them spans one of the `marks` (days)."""
    now, left, stretches = Fraction(0), [source.amount for source in sources], []
    stops = {Fraction(mark) for mark in marks}
    stops |= {Fraction(day) for s in sources for day in (s.opens, s.closes) if day is not None}
    while True:
        flows = tuple(_flows(_open(sources, left, now), parts))
        spent = [_spent(source, index, flows) for index, source in enumerate(sources)]
        empty = [now + rest / rate for rest, rate in zip(left, spent, strict=True) if rest and rate]
        end = min([stop for stop in stops if stop > now] + empty, default=None)
        stretches.append(Stretch(now, end, flows))
        if end is None:
            return tuple(stretches)
        left = [
            None if rest is None else rest - rate * (end - now)
            for rest, rate in zip(left, spent, strict=True)
        ]
        now = end


def _open(
    sources: Sequence[Source], left: Sequence[Fraction | None], now: Fraction
) -> Iterator[tuple[int, Source]]:
    """The sources that can be drawn on at `now`, with their positions."""
    for index, (source, rest) in enumerate(zip(sources, left, strict=True)):
        if source.opens <= now and (source.closes is None or now < source.closes) and rest != 0:
            yield index, source


def _flows(sources: Iterable[tuple[int, Source]], parts: Sequence[Part]) -> Iterator[Flow]:
    """What each source pays of what those before it have left."""
    unpaid = list(parts)
    for index, source in sources:
        reach = [part for part in source.parts if unpaid[part].tokens]
        share = _share(source, [unpaid[part] for part in reach])
        for part in reach if share else ():
            rest = unpaid[part]
            money = None if rest.cost is None else rest.cost * share
            cost = None if rest.cost is None else rest.cost * (1 - share)
            # A discount pays for no tokens: it leaves them to the next, at a lower cost.
            tokens = Fraction(0) if source.unit == OFF else rest.tokens * share
            unpaid[part] = replace(rest, tokens=rest.tokens - tokens, cost=cost)
            yield Flow(index, part, tokens, money)


def _share(source: Source, wanted: Sequence[Part]) -> Fraction:
    """The share of the `wanted` parts that the source pays each day."""
    if source.unit in (ALL, OFF):
        return source.off
    total = _wants(source, ((part.tokens, part.cost) for part in wanted))
    if total == 0:
        return Fraction(0)
    return Fraction(1) if source.per_day is None else min(Fraction(1), source.per_day / total)


def _spent(source: Source, index: int, flows: Iterable[Flow]) -> Fraction:
    """What leaves the source each day, in its unit."""
    if source.unit in (ALL, OFF):
        return Fraction(0)
    return _wants(source, ((flow.tokens, flow.money) for flow in flows if flow.source == index))


def _wants(source: Source, amounts: Iterable[tuple[Fraction, Fraction | None]]) -> Fraction:
    position = 0 if source.unit == TOKENS else 1
    return sum((pair[position] or Fraction(0) for pair in amounts), Fraction(0))
