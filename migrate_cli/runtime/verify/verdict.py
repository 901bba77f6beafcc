"""What a command's requests prove: one entry per request, and one verdict over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from migrate_cli.catalogue.types import Provider
from migrate_cli.files.secrets import mask
from migrate_cli.runtime.egress import Escape, Unseen
from migrate_cli.runtime.exchange import Exchange
from migrate_cli.runtime.native.dialect import TOKEN
from migrate_cli.runtime.verify.bouts import Bout, Hostility
from migrate_cli.runtime.verify.compare import Comparison
from migrate_cli.runtime.verify.pending import Pending
from migrate_cli.runtime.verify.process import Ended
from migrate_cli.runtime.verify.run import OPENAI_HOSTS, Observed


class Fared(str, Enum):
    """How one request fared."""

    ANSWERED = "answered"
    REFUSED = "refused"
    ELSEWHERE = "elsewhere"  # asked a known host that is not the provider's, such as OpenAI's
    LEAKED = "leaked"  # carried a key or an account of somebody else's
    UNPLAYED = "not played"  # the provider may well answer it, but the stand-in cannot judge it


GOOD = (Fared.ANSWERED, Fared.UNPLAYED)  # nothing to mend


class Verdict(str, Enum):
    """What the run as a whole shows; all but PASSED end with exit code 1, or with the command's own."""

    PASSED = "passed"
    REFUSED = "refused"
    CHANGED = "changed"
    HOSTILE = "broken by hostile answers"
    IGNORED = "ignored"
    UNPROVEN = "not proven"
    ESCAPED = "escaped"
    UNVERIFIED = "not verified"
    FAILED = "command failed"


class FailOn(str, Enum):
    """What, beside refused requests, makes a run fail when the user asks for it."""

    IGNORED = "ignored"
    UNPROVEN = "not-proven"
    ESCAPED = "escaped"
    HOSTILE = "hostile"


@dataclass(frozen=True, slots=True)
class Sent:
    """One request. `address` has no query; `path` (relative to the run's directory where below it) and `line` tell
    which line of the program sent it, None where nobody could say. `rules` are the codes of what would mend it."""

    provider: str
    method: str
    address: str
    endpoint: str | None
    model: str | None
    status: int
    fared: Fared
    check: str | None
    reason: str | None
    shape_known: bool
    ignored: tuple[str, ...]
    unproven: tuple[str, ...]
    leaks: tuple[str, ...]
    path: str | None
    line: int | None
    rules: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """`FILE:LINE`, or that it is not known."""
        return f"{self.path}:{self.line}" if self.path else "line unknown"


@dataclass(frozen=True, slots=True)
class Verification:
    """A finished run. `providers` are (id, name, date of the catalogue's facts or None).

    `pending` is what the plan still would write, where the command failed and no request tells why.
    """

    command: tuple[str, ...]
    providers: tuple[tuple[str, str, str | None], ...]
    ended: Ended
    sent: tuple[Sent, ...]
    escapes: tuple[Escape, ...]
    fail_on: frozenset[FailOn] = frozenset()
    comparison: Comparison | None = None
    hostility: Hostility | None = None
    unseen: tuple[Unseen, ...] = ()
    pending: tuple[Pending, ...] = ()

    @property
    def bad(self) -> tuple[Sent, ...]:
        """The requests that the provider would not have answered, or should not have got."""
        return tuple(each for each in self.sent if each.fared not in GOOD)

    @property
    def ignored(self) -> dict[str, tuple[Sent, ...]]:
        """What had no effect, with the requests that sent it."""
        return {note: tuple(s for s in self.sent if note in s.ignored) for note in self._notes("ignored")}

    @property
    def unproven(self) -> dict[str, tuple[Sent, ...]]:
        """What no source speaks of, with the requests that sent it."""
        return {note: tuple(s for s in self.sent if note in s.unproven) for note in self._notes("unproven")}

    @property
    def fatal(self) -> tuple[Bout, ...]:
        """The hostile answers that count: those that only the move made deadly, or all if the user wants it so."""
        bouts = self.hostility.bouts if self.hostility is not None else ()
        strict = FailOn.HOSTILE in self.fail_on
        return tuple(bout for bout in bouts if bout.fatal or (strict and bout.grave))

    @property
    def unjudged(self) -> tuple[Escape, ...]:
        """The connections to a provider that did not come by the stand-in: what they would have asked is not known."""
        return tuple(escape for escape in self.escapes if escape.asks and not is_openai(escape.host))

    @property
    def verdict(self) -> Verdict:
        """The gravest that holds."""
        asked_openai = any(is_openai(escape.host) for escape in self.escapes)
        changed = self.comparison is not None and not self.comparison.same
        found = {
            Verdict.REFUSED: bool(self.bad) or asked_openai,
            Verdict.UNVERIFIED: all(
                each.endpoint == TOKEN or each.fared is Fared.UNPLAYED for each in self.sent
            )
            or self.ended.code is None
            or bool(self.unjudged),
            Verdict.FAILED: self.ended.code != 0,
            Verdict.CHANGED: changed,
            Verdict.HOSTILE: bool(self.fatal),
            Verdict.IGNORED: FailOn.IGNORED in self.fail_on and bool(self.ignored),
            Verdict.UNPROVEN: FailOn.UNPROVEN in self.fail_on and bool(self.unproven),
            Verdict.ESCAPED: FailOn.ESCAPED in self.fail_on and bool(self.escapes or self.unseen),
        }
        return next((verdict for verdict, holds in found.items() if holds), Verdict.PASSED)

    def _notes(self, kind: str) -> list[str]:
        return sorted({note for each in self.sent for note in getattr(each, kind)})


def is_openai(host: str) -> bool:
    """Whether a host is OpenAI's."""
    return any(fnmatchcase(host.lower(), known) for known in OPENAI_HOSTS)


def describe(observed: Observed) -> tuple[Sent, ...]:
    """Each request of a run, in the order of arrival."""
    return tuple(_sent(provider, exchange) for provider, exchange in observed.asked)


def each_once(escapes: Sequence[Escape]) -> tuple[Escape, ...]:
    """The escapes, each once, sorted."""
    told = {replace(e, host=mask(e.host)) for e in escapes}
    return tuple(sorted(told, key=lambda e: (e.host, e.port or "", e.source or "")))


def _sent(provider: Provider | None, exchange: Exchange) -> Sent:
    verdict = exchange.verdict
    path, _, line = (exchange.source or "").rpartition(":")
    return Sent(
        provider=provider.id if provider else "openai",
        method=exchange.method,
        address=mask((exchange.original or exchange.path).partition("?")[0]),
        endpoint=verdict.endpoint,
        model=mask(verdict.model) if verdict.model else None,
        status=exchange.status,
        fared=_fared(provider, exchange),
        check=verdict.refused.check if verdict.refused else None,
        reason=mask(verdict.refused.reason) if verdict.refused else None,
        shape_known=verdict.refused.shape_known if verdict.refused else False,
        ignored=verdict.notes.ignored,
        unproven=verdict.notes.unproven,
        leaks=exchange.leaks,
        path=path or None,
        line=int(line) if path and line.isdigit() else None,
    )


def _fared(provider: Provider | None, exchange: Exchange) -> Fared:
    if _is_elsewhere(provider, exchange):
        return Fared.ELSEWHERE
    if exchange.leaks:
        return Fared.LEAKED
    if exchange.verdict.unplayed is not None:
        return Fared.UNPLAYED
    return Fared.REFUSED if exchange.verdict.refused else Fared.ANSWERED


def _is_elsewhere(provider: Provider | None, exchange: Exchange) -> bool:
    """Whether the host that was asked is none of the provider's."""
    refused = exchange.verdict.refused
    if exchange.original is None or refused is None or refused.check != "path":
        return False
    host = (urlsplit(exchange.original).hostname or "").lower()
    if provider is None:
        return not is_openai(host)
    sites = [urlsplit(site.base_url).hostname or "" for site in provider.sites]
    return not any(fnmatchcase(host, known) for known in (*provider.hosts, *sites))
