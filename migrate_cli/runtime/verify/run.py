"""Runs a command against stand-ins of its providers, with keys that open nothing else, and writes down what it did."""

from __future__ import annotations

import contextlib
import ipaddress
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.types import Provider
from migrate_cli.runtime.canaries import canaries, canary, forbidden
from migrate_cli.runtime.egress import (
    Escape,
    Unseen,
    guarded_environment,
    refused_connections,
    unseen_programs,
)
from migrate_cli.runtime.exchange import Exchange
from migrate_cli.runtime.guard.migrate_egress.blind import blind
from migrate_cli.runtime.hostile.server import Hostile
from migrate_cli.runtime.standin import StandIn
from migrate_cli.runtime.verify.process import Ended, Streams, run_command
from migrate_cli.runtime.verify.proxy import RefusingProxy

OPENAI_HOSTS = ("*.openai.com", "*.openai.azure.com")


@dataclass(frozen=True, slots=True)
class Limits:
    """How a command is run: `timeout` in seconds, hosts to `allow`, variables that get the stand-in's `addresses`."""

    timeout: float | None = None
    allow: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    streams: Streams | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """What a command did: how it ended, what it asked each provider (None: OpenAI), what the guard refused.

    `unseen` are programs that it does not see into. Lines of the program are relative to its directory where they lie
    below it.
    """

    ended: Ended
    asked: tuple[tuple[Provider | None, Exchange], ...]
    escapes: tuple[Escape, ...]
    unseen: tuple[Unseen, ...] = ()


def observe(
    command: Sequence[str],
    targets: Sequence[Provider | None],
    directory: Path,
    environment: Mapping[str, str],
    catalogue: Catalogue,
    limits: Limits | None = None,
    *,
    hostile: Hostile | None = None,
) -> Observed:
    """Run `command` in `directory`; each of `targets` (None: OpenAI) has a stand-in, the first one also plays the rest.

    The variables of keys hold canaries, so that no key of the user's can leave. With `hostile`, the stand-ins meet
    accepted requests with its items. Raises UserError when the command cannot be started.
    """
    limits = limits or Limits()
    keys = canaries(targets, catalogue, environment)
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="migrate-verify-")))
        proxy = stack.enter_context(RefusingProxy())
        standins = []
        for target in targets:
            own = canary(target)
            played = StandIn(target, own, forbidden(keys, environment, own), hostile=hostile)
            standins.append(stack.enter_context(played))
        variables = guarded_environment(
            {**environment, **keys},
            standins[0],
            home / "log",
            routes=[*_routes(standins[1:]), *_known_hosts(catalogue)],
            allow=limits.allow,
            proxy=proxy.address,
        )
        base = standins[0].base_url(_first_base(targets[0]))
        variables |= dict.fromkeys(("MIGRATE_STANDIN_BASE_URL", *limits.addresses), base)
        ended = run_command(command, variables, directory, timeout=limits.timeout, streams=limits.streams)
        escapes = refused_connections(home / "log") + proxy.escapes
        unseen = unseen_programs(home / "log")
        asked = [(each.provider, exchange) for each in standins for exchange in each.exchanges]
        return Observed(
            ended,
            tuple((who, replace(e, source=_relative(e.source, directory))) for who, e in asked),
            tuple(
                replace(e, source=_relative(e.source, directory), asks=_asks(e.host, standins, catalogue))
                for e in escapes
            ),
            (*_itself(command), *(replace(u, source=_relative(u.source, directory)) for u in unseen)),
        )


def _itself(command: Sequence[str]) -> tuple[Unseen, ...]:
    """The command, where its own words show that the guard does not see into it."""
    reason = blind(command)
    return () if reason is None else (Unseen(Path(command[0]).name, reason),)


def _routes(standins: Sequence[StandIn]) -> list[str]:
    return [f"{netloc}={each.origin}" for each in standins for netloc in each.netlocs()]


def _known_hosts(catalogue: Catalogue) -> list[str]:
    """The hosts of all providers and OpenAI's: a request that goes to the wrong one is refused with its line."""
    return [*OPENAI_HOSTS, *(host for host in catalogue.hosts() if _is_elsewhere(host))]


def _asks(host: str, standins: Sequence[StandIn], catalogue: Catalogue) -> bool:
    """Whether a host is one that requests to a model go to."""
    played = [netloc for each in standins for netloc in each.netlocs()]
    return any(fnmatchcase(host.lower(), known) for known in (*_known_hosts(catalogue), *played))


def _is_elsewhere(host: str) -> bool:
    """Whether a host of the catalogue is another machine: those of models served at home are not."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host and not host.endswith(".internal")
    return False


def _first_base(provider: Provider | None) -> str:
    return provider.sites[0].base_url if provider and provider.sites else "https://api.openai.com/v1"


def _relative(source: str | None, directory: Path) -> str | None:
    if source is None:
        return None
    path, _, line = source.rpartition(":")
    for base in (directory, directory.resolve()):
        if Path(path).is_relative_to(base):
            return f"{Path(path).relative_to(base).as_posix()}:{line}"
    return f"{path}:{line}"
