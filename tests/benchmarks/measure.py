"""Whole processes, timed in turn with a yardstick, so that a slow minute of the machine hits both."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

ROUNDS = 5
PASS = (sys.executable, "-c", "pass")


@dataclass(frozen=True, slots=True)
class Measured:
    """The median ratio to the yardstick, the median milliseconds, and what the last run answered."""

    ratio: float
    milliseconds: float
    code: int
    output: str


def compare(command: Sequence[str], yardstick: Sequence[str] = PASS, rounds: int = ROUNDS) -> Measured:
    """Run `command` and `yardstick` in turn, `rounds` times after one warm-up each."""
    _timed(yardstick)
    _, last = _timed(command)
    ratios, times = [], []
    for _ in range(rounds):
        base, _ = _timed(yardstick)
        seconds, last = _timed(command)
        ratios.append(seconds / base)
        times.append(seconds * 1000)
    return Measured(statistics.median(ratios), statistics.median(times), last.returncode, last.stdout)


def _timed(command: Sequence[str]) -> tuple[float, subprocess.CompletedProcess[str]]:
    start = time.perf_counter()
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300, check=False
    )
    return time.perf_counter() - start, done
