"""A local server that plays a provider: strict on requests, deterministic in answers, and it keeps a log."""

from __future__ import annotations

import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime import answer, profile
from migrate_cli.runtime.answer import Answer
from migrate_cli.runtime.background import Background
from migrate_cli.runtime.exchange import (
    NOT_PLAYED,
    ORIGINAL,
    SOURCE,
    TEST,
    Exchange,
    Refusal,
    Request,
    Verdict,
)
from migrate_cli.runtime.hostile.server import Hostile, Item
from migrate_cli.runtime.native import dialect as native
from migrate_cli.runtime.native.dialect import Heard
from migrate_cli.runtime.replies import accepted as replies
from migrate_cli.runtime.replies.refusals import not_played
from migrate_cli.runtime.roles import Role, cast
from migrate_cli.runtime.serving import Server

HOSTILE_HEADER = "X-Migrate-Hostile"
_OLD_ACCOUNT = ("openai-organization", "openai-project")


class StandIn(Background):
    """Play `provider` (OpenAI when None) on a port of this machine (0: a free one) while the `with` block runs.

    Only `key` opens it. A header that holds one of `forbidden`, or names an OpenAI organisation or project
    when another provider is played, is logged as a leak. Keys are never kept. `roles`, when given, stand in place of
    provider and key: several providers, each below its prefix. With `hostile`, accepted requests meet its items in
    turn. `told` gets each exchange as it happens. Raises OSError when the address is taken.
    """

    def __init__(
        self,
        provider: Provider | None,
        key: str,
        forbidden: tuple[str, ...] = (),
        *,
        at: tuple[str, int] = ("127.0.0.1", 0),
        roles: tuple[Role, ...] = (),
        hostile: Hostile | None = None,
        told: Callable[[Exchange], None] | None = None,
    ) -> None:
        self.provider = provider
        self.key = key
        self.roles = roles or (Role(provider, key),)
        self.hostile = hostile
        self._forbidden = forbidden
        self._told = told
        self._lock = threading.Lock()
        self._exchanges: list[Exchange] = []
        self._server = Server(at, self)
        super().__init__(self._server)

    @property
    def origin(self) -> str:
        """Where it listens, as `http://127.0.0.1:<port>`."""
        return self._server.origin

    @property
    def address(self) -> str:
        """The base URL for a client: that of the first platform of the (first) provider, on this server."""
        return self.roles[0].addresses(self.origin)[0]

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Every request so far, in order of arrival."""
        with self._lock:
            return tuple(self._exchanges)

    @property
    def refused(self) -> tuple[Exchange, ...]:
        """The requests the provider would not have answered."""
        return tuple(e for e in self.exchanges if e.verdict.refused)

    @property
    def unproven(self) -> tuple[str, ...]:
        """What was accepted though no source says that the provider takes it; sorted, each once."""
        return tuple(sorted({note for e in self.exchanges for note in e.verdict.notes.unproven}))

    @property
    def ignored(self) -> tuple[str, ...]:
        """What was accepted though it has no effect there; sorted, each once."""
        return tuple(sorted({note for e in self.exchanges for note in e.verdict.notes.ignored}))

    def base_url(self, original: str) -> str:
        """The address to use in place of the base URL `original`: same path, this server."""
        return self.origin + urlsplit(original).path

    def netlocs(self) -> tuple[str, ...]:
        """The hosts (with port, if any) this server stands in for; `*` in place of a placeholder."""
        bases = (base for role in self.roles for base in profile.every_base(role.provider))
        starred = ("*".join(profile.split_placeholders(base)) for base in bases)
        own = (netloc for role in self.roles for netloc in native.netlocs(role.provider))
        return tuple(dict.fromkeys([*(urlsplit(base).netloc for base in starred), *own]))

    def answer(self, request: Request) -> Answer:
        """Judge `request`, log it, and give what goes back."""
        found = cast(self.roles, request)
        if found is None:
            prefixes = ", ".join(role.prefix for role in self.roles)
            return self.broken(
                request.method, request.path, 404, f"nobody is played there; there are {prefixes}"
            )
        role, asked = found
        heard = native.hear(asked, role.provider)
        verdict = native.judge(heard, asked, role.provider, role.key)
        if verdict.refused is not None:
            self._log(request, verdict, verdict.refused.status, role, heard)
            return native.refusal(heard, verdict.refused)
        if verdict.unplayed is not None:
            self._log(request, verdict, NOT_PLAYED, role, heard)
            return native.refusal(heard, not_played(verdict.unplayed))
        endpoint, payload = str(verdict.endpoint), native.wanted(heard, verdict.payload)
        token = native.token(heard, role.key)
        if token is not None:
            self._log(request, verdict, token.status, role, heard)
            return token
        item = self._hostile_item(verdict, role, heard)
        if item is None:
            self._log(request, verdict, 200, role, heard)
            return native.speak(heard, replies.reply(endpoint, payload, role.provider))
        met = native.speak(heard, item.play(payload, role.provider))
        self._log(request, verdict, met.status, role, heard, item.name)
        named = {**met.headers, HOSTILE_HEADER: item.name}
        return Answer(met.status, met.parts, met.kind, named, met.delay)

    def _hostile_item(self, verdict: Verdict, role: Role, heard: Heard | None) -> Item | None:
        if self.hostile is None:
            return None
        own = heard is not None and heard.dialect.routes is not None
        return self.hostile.next(str(verdict.endpoint), verdict.payload, role.provider, native=own)

    def broken(self, method: str, path: str, status: int, reason: str) -> Answer:
        """Log a request that is no proper HTTP or for nobody, and give what goes back."""
        body = {"error": {"message": reason, "type": "invalid_request_error", "param": None, "code": None}}
        verdict = Verdict(refused=Refusal("http", status, body, reason))
        self._log(Request(method, path, {}), verdict, status, self.roles[0])
        return answer.whole(status, body, x_should_retry="false")

    def _log(
        self,
        request: Request,
        verdict: Verdict,
        status: int,
        role: Role,
        heard: Heard | None = None,
        hostile: str | None = None,
    ) -> None:
        exchange = Exchange(
            request.method,
            request.path,
            request.original,
            verdict,
            status,
            self._leaks(request, role),
            request.source,
            hostile,
            dialect=heard.dialect.name if heard is not None else None,
            test=request.test,
        )
        with self._lock:
            self._exchanges.append(exchange)
            if self._told is not None:
                self._told(exchange)

    def _leaks(self, request: Request, role: Role) -> tuple[str, ...]:
        sent = {
            name: value for name, value in request.headers.items() if name not in (ORIGINAL, SOURCE, TEST)
        }
        sent |= {"the address": request.path, "the body": request.body.decode("utf-8", "replace")}
        keys = [name for name, value in sent.items() if any(secret in value for secret in self._forbidden)]
        accounts = [name for name in sent if name in _OLD_ACCOUNT and role.provider is not None]
        return tuple(sorted({*keys, *accounts}))
