"""What a program sends to one model, and the assumed workloads that stand in when nobody has measured it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce

from migrate_cli.costs.volume import Cell, Volume

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Workload:
    """The traffic of one model, in classes of requests; times `month` it is what comes in one month."""

    label: str
    parts: tuple[tuple[Cell, Volume], ...]
    month: Decimal = ONE

    @property
    def volume(self) -> Volume:
        """All classes together, as counted."""
        return reduce(Volume.__add__, (volume for _, volume in self.parts), Volume())

    def a_month(self, count: int) -> Decimal:
        """A count of this workload as that of one month."""
        return count * self.month


def alike(label: str, requests: int, each_input: int, each_cached: int, each_output: int) -> Workload:
    """A month of requests that are all of one size, in tokens. Raises ValueError for an impossible size."""
    volume = Volume(requests, requests * each_input, requests * each_cached, requests * each_output)
    return Workload(label, ((Cell(least=each_input), volume),))


def moved(
    workload: Workload,
    *,
    input_factor: Decimal = ONE,
    output_factor: Decimal = ONE,
    cached: Decimal = ONE * 0,
) -> Workload:
    """The workload as another provider counts it; a cache does not move along, so `cached` is a share of its own.

    Tiers keep to the sizes that were counted.
    """
    change = {"input_factor": input_factor, "output_factor": output_factor, "cached": cached}
    return replace(
        workload,
        parts=tuple((cell, volume.moved(**change)) for cell, volume in workload.parts),
    )


_REQUESTS = {"low": 10_000, "mid": 100_000, "high": 1_000_000}
_INPUT, _CACHED, _OUTPUT = 1_200, 400, 350

CHAT_PROFILES = tuple(
    alike(f"{name} (assumed)", requests, _INPUT, _CACHED, _OUTPUT) for name, requests in _REQUESTS.items()
)
EMBEDDING_PROFILES = tuple(
    alike(f"{name} (assumed)", requests, _INPUT, 0, 0) for name, requests in _REQUESTS.items()
)
# Kinds of models that are billed by text tokens alone; the profiles say nothing about the others.
PROFILES = {
    "chat": CHAT_PROFILES,
    "completion": CHAT_PROFILES,
    "embedding": EMBEDDING_PROFILES,
    "moderation": EMBEDDING_PROFILES,
}


def describe(workload: Workload) -> str:
    """The workload in words, per month."""
    volume = workload.volume
    each = volume.requests or 1
    cached = f" ({volume.cached // each:,} cached)" if volume.cached else ""
    output = f" and {volume.output // each:,} output" if volume.output else ""
    return (
        f"{workload.label}: {workload.a_month(volume.requests):,.0f} requests a month"
        f" of {volume.input // each:,} input{cached}{output} tokens"
    )
