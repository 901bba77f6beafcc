"""What a program sends in a month, and the assumed workloads that stand in when nobody has measured it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Workload:
    """One month's traffic: totals over all requests. `input_tokens` includes `cached_tokens`.

    Raises ValueError for a negative count or more cached than input tokens.
    """

    label: str
    requests: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int

    def __post_init__(self) -> None:
        if min(self.requests, self.input_tokens, self.cached_tokens, self.output_tokens) < 0:
            raise ValueError(f"{self.label}: a count is below 0")
        if self.cached_tokens > self.input_tokens:
            raise ValueError(
                f"{self.label}: more cached than input tokens; input has to include the cached ones"
            )

    @property
    def input_per_request(self) -> float:
        """Mean input tokens of one request, 0 without requests."""
        return self.input_tokens / self.requests if self.requests else 0.0


_REQUESTS = {"low": 10_000, "mid": 100_000, "high": 1_000_000}
_INPUT, _CACHED, _OUTPUT = 1_200, 400, 350

CHAT_PROFILES = tuple(
    Workload(f"{name} (assumed)", requests, requests * _INPUT, requests * _CACHED, requests * _OUTPUT)
    for name, requests in _REQUESTS.items()
)
EMBEDDING_PROFILES = tuple(
    Workload(f"{name} (assumed)", requests, requests * _INPUT, 0, 0) for name, requests in _REQUESTS.items()
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
    each = workload.requests or 1
    cached = f" ({workload.cached_tokens // each:,} cached)" if workload.cached_tokens else ""
    output = f" and {workload.output_tokens // each:,} output" if workload.output_tokens else ""
    return (
        f"{workload.label}: {workload.requests:,} requests a month"
        f" of {workload.input_tokens // each:,} input{cached}{output} tokens"
    )
