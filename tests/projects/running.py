"""Runs one program with one SDK against the stand-in, with nothing else within its reach."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from migrate_cli.runtime.egress import escapes, guarded_environment
from migrate_cli.runtime.exchange import Exchange
from migrate_cli.runtime.standin import StandIn

_KEPT = ("PATH", "HOME", "LANG", "SYSTEMROOT", "TMPDIR", "LD_LIBRARY_PATH")
_SECONDS = 300


@dataclass(frozen=True)
class Run:
    """A finished program: what it printed, how it ended, whom it asked."""

    code: int
    output: str
    errors: str
    exchanges: tuple[Exchange, ...]
    escapes: tuple[str, ...]

    @property
    def complaints(self) -> list[str]:
        """What the stand-in refused, in words."""
        return [str(exchange) for exchange in self.exchanges if exchange.verdict.refused]

    def __str__(self) -> str:
        log = "\n".join(map(str, self.exchanges))
        return f"exit {self.code}\n{self.output}\n{self.errors[-3000:]}\n{log}\nescapes: {self.escapes}"


def run(python: Path, program: Path, standin: StandIn, variables: Mapping[str, str], log: Path) -> Run:
    """Run `program` in its directory; the environment has `variables` and little else. `log` takes escapes."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    base = kept | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8", **variables}
    before = len(standin.exchanges)
    done = subprocess.run(
        [python, program.name],
        cwd=program.parent,
        env=guarded_environment(base, standin, log),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr, standin.exchanges[before:], escapes(log))
