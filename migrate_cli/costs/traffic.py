"""Adds up usage records into one workload per model, in memory that grows with the hours covered, not the records."""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from migrate_cli.costs.overlap import Days, Overlap, Part
from migrate_cli.costs.usage.format import NO_MODEL
from migrate_cli.costs.usage.record import Billed, Covered, Entry, Left, Usage
from migrate_cli.costs.volume import Cell, Volume
from migrate_cli.costs.workload import ONE, Workload
from migrate_cli.model import UserError

DAYS_A_MONTH = Decimal(365) / 12
_BY_TOKENS = frozenset({"text", "embedding", "moderation"})
_SERVICES = frozenset({"flex", "priority", "batch"})
_SHORTEST = timedelta(hours=1)
_WEEK, _HOURS_BELOW = Decimal("6.5"), 2  # days
_TENTH = Decimal("0.1")
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True, slots=True)
class Period:
    """The time that records cover, and the factor that makes a month of it. `whole` months need no scaling by days."""

    start: datetime | None
    end: datetime | None
    days: Decimal
    month: Decimal
    whole: bool = False

    @property
    def length(self) -> str:
        """`31.0 days`; below two days in hours."""
        hours = self.days < _HOURS_BELOW
        count = (self.days * 24 if hours else self.days).quantize(_TENTH, rounding=ROUND_HALF_UP)
        return f"{count:,} {'hours' if hours else 'days'}"

    @property
    def short(self) -> bool:
        """Whether it misses days of the week: a month that is drawn from it is a guess."""
        return self.days < _WEEK


@dataclass(frozen=True, slots=True)
class Beyond:
    """Usage that is not billed by text tokens: `quantity` per month, in `unit`."""

    model: str
    unit: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Bill:
    """What was really paid per month: `model` is None where the bill's line names none that we know."""

    model: str | None
    item: str
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Traffic:
    """What usage files hold: a workload per model, what tokens do not tell, what was billed, and what was left out.

    `sources` counts the records of each format. `period` is None when there is no usage, only a bill. `overlaps` are
    files that may hold the same traffic, `parts` formats that cover fewer days than the others.
    """

    models: Mapping[str, Workload]
    beyond: tuple[Beyond, ...] = ()
    bills: tuple[Bill, ...] = ()
    left: tuple[Left, ...] = ()
    sources: tuple[tuple[str, int], ...] = ()
    period: Period | None = None
    bill_period: Period | None = None
    overlaps: tuple[Overlap, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know of files that do not add up."""
        return (*(found.words for found in self.overlaps), *(found.words for found in self.parts))


@dataclass(slots=True)
class _Span:
    """The first and the last moment seen."""

    start: datetime | None = None
    end: datetime | None = None

    def take(self, start: datetime | None, end: datetime | None) -> None:
        last = end or start
        if start is not None and (self.start is None or start < self.start):
            self.start = start
        if last is not None and (self.end is None or last > self.end):
            self.end = last


@dataclass(slots=True)
class _Sums:
    """The running totals of `collect`."""

    cells: dict[tuple[str, Cell], list[int]] = field(default_factory=dict)
    beyond: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    bills: dict[tuple[str | None, str, str], Decimal] = field(default_factory=dict)
    left: dict[tuple[str, str], Left] = field(default_factory=dict)
    sources: Counter[str] = field(default_factory=Counter)
    usage: _Span = field(default_factory=_Span)
    paid: _Span = field(default_factory=_Span)
    days: Days = field(default_factory=Days)


def collect(
    entries: Iterable[Entry],
    *,
    limits: Sequence[int],
    name_of: Callable[[str], str],
    days: Decimal | None = None,
    longest: int | None = None,
) -> Traffic:
    """Add up `entries`. `limits` are the tier limits of all prices that will be asked for, in input tokens.

    `name_of` turns a model's name as written into the one to report it under. `days` says how long the records
    stand for, else their own times do; `longest` that no request has more input tokens. Raises UserError when nothing
    tells how long.
    """
    sums = _Sums()
    steps = sorted(set(limits))
    named = lru_cache(maxsize=4096)(name_of)  # millions of records name few models
    for entry in entries:
        if isinstance(entry, Usage):
            _add_usage(sums, entry, steps, longest, named)
        elif isinstance(entry, Billed):
            _add_bill(sums, entry, named)
        elif isinstance(entry, Covered):
            (sums.paid if entry.billed else sums.usage).take(entry.start, entry.end)
        else:
            _leave(sums, entry)
    return _traffic(sums, days)


def _add_usage(
    sums: _Sums, entry: Usage, steps: Sequence[int], longest: int | None, name_of: Callable[[str], str]
) -> None:
    sums.sources[entry.source] += 1
    if entry.model is None:
        _leave(sums, Left(entry.source, NO_MODEL, 1, entry.input + entry.output, lost=True))
        return
    sums.usage.take(entry.start, entry.end)
    name = name_of(entry.model)
    sums.days.take(entry, name)
    if entry.quantity is not None and entry.unit is not None:
        _set_aside(sums, name, entry.unit, entry.quantity)
    elif entry.modality not in _BY_TOKENS:
        _set_aside(sums, name, f"{entry.modality} tokens", Decimal(entry.input + entry.output))
    if entry.modality not in _BY_TOKENS:
        return
    counts = sums.cells.setdefault((name, _cell(entry, steps, longest)), [0] * 6)
    parts = (entry.requests, entry.input, entry.cached, entry.output, entry.cache_write, entry.reasoning)
    for place, count in enumerate(parts):
        counts[place] += count


def _set_aside(sums: _Sums, name: str, unit: str, quantity: Decimal) -> None:
    sums.beyond[name, unit] = sums.beyond.get((name, unit), Decimal(0)) + quantity


def _cell(entry: Usage, steps: Sequence[int], longest: int | None) -> Cell:
    """The class of a record; a bucket spreads over its hours, so only single requests and whole hours have one."""
    single = entry.requests == 1
    service = "batch" if entry.batch else entry.tier if entry.tier in _SERVICES else None
    short = single or (
        entry.start is not None and entry.end is not None and entry.end - entry.start <= timedelta(hours=1)
    )
    hour = int((entry.start - _EPOCH) // timedelta(hours=1)) if entry.start is not None and short else None
    size = _step(entry.input, steps)
    if single:
        return Cell(service, hour, size)
    most = size if longest is None else min(size, _step(longest, steps))
    return Cell(service, hour, None, most) if most else Cell(service, hour, 0)


def _step(tokens: int, steps: Sequence[int]) -> int:
    """The smallest size that reaches the same tiers."""
    passed = bisect_left(steps, tokens)
    return steps[passed - 1] + 1 if passed else 0


def _add_bill(sums: _Sums, entry: Billed, name_of: Callable[[str], str]) -> None:
    sums.sources[entry.source] += 1
    sums.paid.take(entry.start, entry.end)
    sums.days.bill(entry)
    item = entry.item or "not itemised"
    written = item.split(",")[0].strip()
    name = name_of(written) if entry.item else None
    key = (name, item, entry.currency.upper())
    sums.bills[key] = sums.bills.get(key, Decimal(0)) + entry.amount


def _leave(sums: _Sums, entry: Left) -> None:
    known = sums.left.get((entry.source, entry.why))
    times, tokens = (known.times, known.tokens) if known else (0, 0)
    sums.left[entry.source, entry.why] = replace(
        entry, times=times + entry.times, tokens=tokens + entry.tokens
    )


def _traffic(sums: _Sums, days: Decimal | None) -> Traffic:
    used = bool(sums.cells or sums.beyond)
    period = _period(sums.usage, days) if used else None
    bill_period = _period(sums.paid, days) if sums.bills else None
    month = period.month if period else ONE
    bill_month = bill_period.month if bill_period else ONE
    models: dict[str, list[tuple[Cell, Volume]]] = {}
    for (name, cell), counts in sums.cells.items():
        models.setdefault(name, []).append((cell, Volume(*counts)))
    return Traffic(
        models={name: Workload("measured", tuple(parts), month) for name, parts in sorted(models.items())},
        beyond=tuple(
            Beyond(name, unit, quantity * month) for (name, unit), quantity in sorted(sums.beyond.items())
        ),
        bills=tuple(
            Bill(name, item, amount * bill_month, currency)
            for (name, item, currency), amount in sorted(sums.bills.items(), key=lambda pair: pair[0][1:])
        ),
        left=tuple(sums.left.values()),
        sources=tuple(sorted(sums.sources.items())),
        period=period,
        bill_period=bill_period,
        overlaps=tuple(sums.days.overlaps()),
        parts=tuple(sums.days.parts()) if days is None else (),
    )


def _period(span: _Span, days: Decimal | None) -> Period:
    """The period of a span. Raises UserError when it is too short to say anything about a month."""
    start, end = span.start, span.end
    if days is not None:
        if days <= 0:
            raise UserError("--days must be above 0")
        return Period(start, end, days, DAYS_A_MONTH / days)
    if start is None or end is None:
        raise UserError("the usage holds no times: say with --days how many days it stands for")
    months = _whole_months(start, end)
    length = end - start
    if months:
        return Period(start, end, _in_days(length), ONE / months, whole=True)
    if length < _SHORTEST:
        raise UserError("the usage covers less than an hour: say with --days how many days it stands for")
    covered = _in_days(length)
    return Period(start, end, covered, DAYS_A_MONTH / covered)


def _whole_months(start: datetime, end: datetime) -> int:
    """How many whole months a span covers: from within a first day to within a last one, or the next first; else 0."""
    last = end - timedelta(seconds=1) if end > start else end
    if start.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return 0
    return (last.year - start.year) * 12 + last.month - start.month + 1


def _in_days(length: timedelta) -> Decimal:
    return Decimal(int(length.total_seconds())) / Decimal(86_400)
