"""What went over the wire: a request, what we make of it, and the log line that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

ORIGINAL = "x-standin-original"  # header in which the guard records the address the program really asked for
SOURCE = "x-standin-source"  # header in which the guard records the program's line, as `FILE:LINE`, percent-encoded
NOT_PLAYED = 501  # HTTP status of the answer to a request that nobody could judge
TEST = "x-standin-test"  # header in which the guard records which test of pytest is running, percent-encoded


@dataclass(frozen=True, slots=True)
class Request:
    """A request as received. Header names are lower-case; `path` may carry a query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def original(self) -> str | None:
        """The address the program asked for before the guard sent it here, or None when it came directly."""
        return self.headers.get(ORIGINAL)

    @property
    def source(self) -> str | None:
        """The line of the program that sent it, as `FILE:LINE`, or None when nobody recorded one."""
        return self._noted(SOURCE)

    @property
    def test(self) -> str | None:
        """The test of pytest that sent it, as its node id, or None when nobody recorded one."""
        return self._noted(TEST)

    def _noted(self, name: str) -> str | None:
        sent = self.headers.get(name)
        return unquote(sent) if sent else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer the provider would give instead of a result: HTTP `status` and JSON `body`.

    `check` names the check that failed (`path`, `auth`, `json`, `model`, …), `reason` says what to mend.
    `shape_known` is False when no published error body was found and the OpenAI shape is used instead.
    """

    check: str
    status: int
    body: Mapping[str, Any]
    reason: str
    shape_known: bool = False


@dataclass(frozen=True, slots=True)
class Notes:
    """What was accepted with a remark: `ignored` has no effect there, `unproven` has no source either way."""

    ignored: tuple[str, ...] = ()
    unproven: tuple[str, ...] = ()

    def __add__(self, other: Notes) -> Notes:
        return Notes(self.ignored + other.ignored, self.unproven + other.unproven)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks made of one request. `refused` None means that it deserves an answer.

    `unplayed` says why nobody could judge it: the provider may well answer, but the stand-in cannot.
    """

    endpoint: str | None = None
    auth: str = "unchecked"  # right | wrong | missing | unchecked; never the key itself
    payload: Mapping[str, Any] = field(default_factory=dict)
    refused: Refusal | None = None
    notes: Notes = Notes()
    unplayed: str | None = None

    @property
    def model(self) -> str | None:
        """The model named in the payload."""
        model = self.payload.get("model")
        return model if isinstance(model, str) else None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One logged request and its outcome. `leaks` names headers with what belongs to the old provider.

    `source` is the line of the program that sent it, as `FILE:LINE`, where the guard could tell. `hostile` names the
    item of hostile mode that was the answer, `dialect` the provider's own way of speaking where it is not OpenAI's,
    `test` the test of pytest that sent it.
    """

    method: str
    path: str
    original: str | None
    verdict: Verdict
    status: int
    leaks: tuple[str, ...] = ()
    source: str | None = None
    hostile: str | None = None
    dialect: str | None = None
    test: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields sent, sorted."""
        return tuple(sorted(self.verdict.payload))

    def __str__(self) -> str:
        verdict = self.verdict
        said = (
            f"refused ({verdict.refused.check}): {verdict.refused.reason}" if verdict.refused else "answered"
        )
        said = f"not played: {verdict.unplayed}" if verdict.unplayed else said
        said = f"hostile ({self.hostile})" if self.hostile else said
        return f"{self.method} {self.path} key {verdict.auth}, model {verdict.model}: {self.status} {said}"
