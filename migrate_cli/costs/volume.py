"""Counted traffic, in classes of requests that every price treats alike."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """A class of requests.

    `service` is how they were sent: None as usual, else `batch`, `flex`, `priority`. `hour` counts hours since 1970
    in UTC, None where the time is not known. Each request has `least` input tokens or more, and reaches no tier of any
    known price beyond those that `least` reaches; None where only sums of many requests are known. Then none of them
    reaches a tier that `most` does not reach; None where nothing is known of that either.
    """

    service: str | None = None
    hour: int | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Volume:
    """Requests and tokens. `input` includes `cached` and `cache_write`, `output` includes `reasoning`.

    Raises ValueError for a negative count, or more cached than input tokens.
    """

    requests: int = 0
    input: int = 0
    cached: int = 0
    output: int = 0
    cache_write: int = 0
    reasoning: int = 0

    def __post_init__(self) -> None:
        if min(self.requests, self.input, self.cached, self.output, self.cache_write, self.reasoning) < 0:
            raise ValueError("a count is below 0")
        if self.cached + self.cache_write > self.input:
            raise ValueError("more cached than input tokens; input has to include the cached ones")

    def __add__(self, other: Volume) -> Volume:
        return Volume(
            self.requests + other.requests,
            self.input + other.input,
            self.cached + other.cached,
            self.output + other.output,
            self.cache_write + other.cache_write,
            self.reasoning + other.reasoning,
        )

    def moved(self, *, input_factor: Decimal, output_factor: Decimal, cached: Decimal) -> Volume:
        """The same texts elsewhere: other token counts, and this share of the input read from a cache."""
        tokens = _whole(self.input * input_factor)
        return Volume(
            self.requests,
            tokens,
            _whole(tokens * cached),
            _whole(self.output * output_factor),
            reasoning=_whole(self.reasoning * output_factor),
        )


def _whole(tokens: Decimal) -> int:
    return int(tokens.quantize(Decimal(1), rounding=ROUND_HALF_UP))
