"""Running a program so that it can reach nothing but the stand-in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from migrate_cli.runtime.standin import StandIn

GUARD = Path(__file__).parent / "guard"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


def guarded_environment(environment: Mapping[str, str], standin: StandIn, log: Path) -> dict[str, str]:
    """`environment` with the guard on: the provider's hosts lead to `standin`, any other host is refused.

    Refused hosts are written to `log`, one a line. Proxy settings go, for a local proxy would be a way out.
    """
    kept = {name: value for name, value in environment.items() if name.lower() not in _PROXIES}
    path = [str(GUARD), *filter(None, [environment.get("PYTHONPATH")])]
    return kept | {
        "PYTHONPATH": os.pathsep.join(path),
        "MIGRATE_STANDIN_URL": standin.origin,
        "MIGRATE_STANDIN_HOSTS": ",".join(standin.netlocs()),
        "MIGRATE_STANDIN_LOG": str(log),
    }


def escapes(log: Path) -> tuple[str, ...]:
    """The hosts that the guard refused, in order; empty when there were none."""
    return tuple(log.read_text(encoding="utf-8").split("\n")[:-1]) if log.exists() else ()
