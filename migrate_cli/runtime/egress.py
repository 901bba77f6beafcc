"""Running a program so that it can reach nothing but the stand-in."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from migrate_cli.runtime.standin import StandIn

GUARD = Path(__file__).parent / "guard"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
_LOCAL = "localhost,127.0.0.1,::1"


@dataclass(frozen=True, slots=True)
class Escape:
    """A connection that the guard refused: `port` and `source` (`FILE:LINE` of the program) where they are known.

    `asks` tells that the host is a provider's or OpenAI's: a request that nobody could judge.
    """

    host: str
    port: str | None = None
    source: str | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Unseen:
    """A program that the guard does not see into, why not, and the line that started it; None: the command itself."""

    program: str
    reason: str
    source: str | None = None


def guarded_environment(
    environment: Mapping[str, str],
    standin: StandIn,
    log: Path,
    *,
    routes: Sequence[str] = (),
    allow: Sequence[str] = (),
    proxy: str | None = None,
) -> dict[str, str]:
    """`environment` with the guard on: the provider's hosts lead to `standin`, any other host is refused.

    Refused connections are written to `log`. `routes` are further hosts, each `HOST` for `standin` or `HOST=URL` for
    another one; `allow` are hosts that stay within reach. Proxy settings go, for a local proxy would be a way out;
    `proxy` is the address of one that refuses, for programs that are not Python.
    """
    kept = {name: value for name, value in environment.items() if name.lower() not in _PROXIES}
    path = [str(GUARD), *filter(None, [environment.get("PYTHONPATH")])]
    node = filter(None, [environment.get("NODE_OPTIONS")])
    refusing = {} if proxy is None else dict.fromkeys(_PROXIES[:3], proxy) | {"no_proxy": _LOCAL}
    return (
        kept
        | refusing
        | {name.upper(): value for name, value in refusing.items()}
        | {
            "PYTHONPATH": os.pathsep.join(path),
            "NODE_OPTIONS": " ".join([f'--require "{_quoted(GUARD / "node.cjs")}"', *node]),
            "MIGRATE_STANDIN_URL": standin.origin,
            "MIGRATE_STANDIN_HOSTS": ",".join([*standin.netlocs(), *routes]),
            "MIGRATE_STANDIN_ALLOW": ",".join(allow),
            "MIGRATE_STANDIN_LOG": str(log),
        }
    )


def _quoted(path: Path) -> str:
    """A path as NODE_OPTIONS wants it between quotes."""
    return str(path).replace("\\", "\\\\").replace('"', '\\"')


def refused_connections(log: Path) -> tuple[Escape, ...]:
    """What the guard refused, in order; empty when there was nothing."""
    lines = log.read_text(encoding="utf-8").split("\n")[:-1] if log.exists() else []
    rows = (line.split("\t") for line in lines)
    return tuple(Escape(host, port or None, source or None) for host, port, source in rows)


def unseen_programs(log: Path) -> tuple[Unseen, ...]:
    """What the program started that the guard does not see, each once, in order."""
    path = log.with_name(log.name + ".unseen")
    lines = path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
    rows = (line.split("\t") for line in lines)
    return tuple(dict.fromkeys(Unseen(name, reason, source or None) for name, reason, source in rows))


def escapes(log: Path) -> tuple[str, ...]:
    """The hosts that the guard refused, in order; empty when there were none."""
    return tuple(escape.host for escape in refused_connections(log))
