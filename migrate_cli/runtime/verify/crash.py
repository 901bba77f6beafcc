"""What a program wrote to standard error when it died: which exception nobody caught, and at which of its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_START = re.compile(r"^[ |+-]*Traceback \(most recent call last\):$")
_FRAME = re.compile(r'^[ |]+File "(.+)", line (\d+)')
_NAME = re.compile(r"^(?:[ |]*)([A-Za-z_][\w.]*)(?::|$)")
_THREAD = re.compile(r"^(?:Exception in thread |Task exception was never retrieved)", re.MULTILINE)
_INSTALLED = ("site-packages", "dist-packages")
_WITHIN = re.compile(r"^[A-Za-z_][\w.]*$")


@dataclass(frozen=True, slots=True)
class Crash:
    """An exception that nobody caught: its class as it was written, and the program's innermost line where known.

    `path` is relative to the program's directory where it lies below it. The message is not kept: it may hold texts.
    """

    exception: str
    path: str | None = None
    line: int | None = None

    @property
    def place(self) -> str:
        """`FILE:LINE`, or that it is not known."""
        return f"{self.path}:{self.line}" if self.path else "a line unknown"


def crash(text: str, directory: Path, *, died: bool) -> Crash | None:
    """The last exception in `text` that ended the program (`died`), or else a thread or task of it; None without one.

    A traceback that a program which went on wrote into its log is no crash.
    """
    if not died and not _THREAD.search(text):
        return None
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if _START.match(line)]
    if not starts:
        return None
    block = lines[starts[-1] + 1 :]
    name = _exception(block)
    if name is None:
        return None
    frames = [found for line in lines[starts[0] :] if (found := _FRAME.match(line))]
    own = [(path, int(number)) for path, number in (f.groups() for f in frames) if _is_own(path, directory)]
    if not own:
        return Crash(name)
    path, number = own[-1]
    base = next((b for b in (directory, directory.resolve()) if Path(path).is_relative_to(b)), None)
    shown = Path(path).relative_to(base).as_posix() if base is not None else path
    return Crash(name, shown, number)


def _exception(block: Sequence[str]) -> str | None:
    """The class in the first line behind the frames, which alone is not indented further than they are."""
    margin = next((len(line) - len(line.lstrip(" |")) for line in block if _FRAME.match(line)), None)
    if margin is None:
        return None
    for line in block:
        depth = len(line) - len(line.lstrip(" |"))
        found = _NAME.match(line)
        if depth < margin and found and _WITHIN.match(found[1]):
            return found[1]
    return None


def _is_own(path: str, directory: Path) -> bool:
    """Whether a frame is the program's: a file in its directory that nobody installed there."""
    if path.startswith("<") or any(part in Path(path).parts for part in _INSTALLED):
        return False
    whole = directory / path
    return any(whole.is_relative_to(base) for base in (directory, directory.resolve()))
