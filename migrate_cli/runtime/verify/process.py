"""Starting the user's command and seeing it end, with everything it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO

from migrate_cli.model import UserError

_GRACE = 3.0  # seconds between asking a program to stop and stopping it
_POSIX = os.name == "posix"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: `code` as a shell gives it (128 + signal), None when it was stopped from here.

    `reason` is then `timeout` or `interrupted`.
    """

    code: int | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a command reads and writes: a file or its number; None is what we have ourselves."""

    stdin: int | IO[bytes] | None = None
    stdout: int | IO[bytes] | None = None
    stderr: int | IO[bytes] | None = None


def run_command(
    command: Sequence[str],
    environment: Mapping[str, str],
    directory: Path,
    *,
    timeout: float | None = None,
    streams: Streams | None = None,
) -> Ended:
    """Run `command` in `directory` and wait for it, at most `timeout` seconds; its streams are ours without `streams`.

    Whatever it has started and left running is stopped with it. Raises UserError when it cannot be started.
    """
    streams = streams or Streams()
    try:
        process = subprocess.Popen(
            list(command),
            env=dict(environment),
            cwd=directory,
            stdin=streams.stdin,
            stdout=streams.stdout,
            stderr=streams.stderr,
            start_new_session=_POSIX,
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(f"cannot start {command[0]}: {reason}; the command comes after `--`") from None
    with _terminated_as_interrupted():
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            return Ended(None, "timeout")
        except KeyboardInterrupt:
            return Ended(None, "interrupted")
        finally:
            _stop(process)
    return Ended(code if code >= 0 else 128 - code)


@contextlib.contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """SIGTERM, and a terminal that is closed, count as Ctrl-C meanwhile: they leave nothing behind either."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    numbers = [signal.SIGTERM, signal.SIGHUP] if _POSIX else [signal.SIGTERM]
    before = {number: signal.signal(number, interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask all that the command started to end, wait for it a little, and end what is left."""
    if not _POSIX:
        if process.poll() is None:
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
            )
        process.wait()
        return
    if _signal(process, signal.SIGTERM):
        with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.wait(_GRACE)
        _signal(process, signal.SIGKILL)
    process.wait()


def _signal(process: subprocess.Popen[bytes], number: int) -> bool:
    """Send a signal to the command's group, which outlives the command itself; False when nobody is left."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):  # the latter: only members that are already dead (macOS)
        return False
    return True
