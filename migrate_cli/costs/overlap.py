"""Notices files of different formats that do not add up: the same days of a model twice, or days of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations

from migrate_cli.costs.usage.record import Billed, Usage

_BILL = "bills"
_MOST = 0.8  # of all days: a format that covers less is scaled to a month by days that it does not have
_LONGEST = 400  # days of one record that are looked at; a longer one is no bucket of any export


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two sources that share `days` days of the same `models` (`bills`: of what was paid)."""

    sources: tuple[str, str]
    models: tuple[str, ...]
    days: int

    @property
    def words(self) -> str:
        """The remark, in one sentence and what to do."""
        one, other = self.sources
        days = "the same day" if self.days == 1 else f"{self.days:,} same days"
        return (
            f"{one} and {other} both hold {', '.join(self.models)} on {days}: if they saw the same traffic, it is "
            "counted twice. Give one of them only."
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A format whose files cover `first` to `last` only, while all files together cover `days` days."""

    format: str
    first: date
    last: date
    days: int

    @property
    def words(self) -> str:
        """The remark, in one sentence and what to do."""
        return (
            f"the files read as {self.format} cover only {self.first} to {self.last} of the {self.days:,} days of all "
            "files, and a month is made of all of these days: where the program ran on the others, too, it comes out "
            "too cheap. Give files of the same days, or one report for each."
        )


@dataclass(slots=True)
class Days:
    """The days on which each source holds each model, in memory that grows with the days."""

    seen: dict[str, dict[str, set[int]]] = field(default_factory=dict)

    def take(self, entry: Usage | Billed, model: str | None) -> None:
        """Remember the days of an entry; one without a time, or of no known model, tells nothing."""
        if entry.start is None or model is None:
            return
        days = self.seen.setdefault(entry.source, {}).setdefault(model, set())
        first = entry.start.toordinal()
        days.update(range(first, min(_last(entry.start, entry.end), first + _LONGEST) + 1))

    def bill(self, entry: Billed) -> None:
        """Remember the days of an amount that was paid, whatever for."""
        self.take(entry, _BILL)

    def overlaps(self) -> Iterator[Overlap]:
        """Each pair of sources of different formats that share days of a model; in the order in which they were read.

        Files of one format are told apart by their rows and ids, or stand for different programs.
        """
        for (one, ours), (other, theirs) in combinations(self.seen.items(), 2):
            if _format(one) == _format(other):
                continue
            shared = {model: ours[model] & theirs[model] for model in sorted(ours.keys() & theirs.keys())}
            models = tuple(model for model, days in shared.items() if days)
            if models:
                yield Overlap((one, other), models, len(set().union(*shared.values())))

    def parts(self) -> Iterator[Part]:
        """The formats of usage that cover less than four fifths of the days; bills have days of their own."""
        spans: dict[str, tuple[int, int]] = {}
        for source, models in self.seen.items():
            days = [day for name, seen in models.items() if name != _BILL for day in (min(seen), max(seen))]
            if days:
                first, last = spans.get(_format(source), (days[0], days[0]))
                spans[_format(source)] = (min(first, *days), max(last, *days))
        start = min((first for first, _ in spans.values()), default=0)
        whole = max((last for _, last in spans.values()), default=0) - start + 1
        for name, (first, last) in spans.items():
            if last - first + 1 < _MOST * whole:
                yield Part(name.removesuffix(")"), date.fromordinal(first), date.fromordinal(last), whole)


def _last(start: datetime, end: datetime | None) -> int:
    """The last day of an entry; a bucket that ends at midnight does not reach into the next day."""
    return start.toordinal() if end is None or end <= start else (end - timedelta(microseconds=1)).toordinal()


def _format(source: str) -> str:
    """`OpenAI usage` of `usage.json (OpenAI usage)`."""
    return source.rpartition(" (")[2]
