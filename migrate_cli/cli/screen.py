"""Where output goes: reports to standard output or a file, notes and progress to standard error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from migrate_cli.cli.options import Color

if TYPE_CHECKING:
    from rich.console import Console

PLAIN_WIDTH = 110  # columns for tables in a file or a pipe


@dataclass(frozen=True, slots=True)
class Screen:
    """The output options of one run."""

    color: Color = Color.AUTO
    quiet: bool = False
    verbose: bool = False
    output: Path | None = None

    def show(self, draw: Callable[[Console], None]) -> None:
        """Draw a text report on standard output, or in the output file without colour."""
        if self.output is None:
            draw(console(sys.stdout, self.color))
            return
        from io import StringIO

        page = StringIO()
        draw(console(page, Color.NEVER))
        self.write(page.getvalue())

    def write(self, text: str) -> None:
        """Put finished text on standard output, or in the output file."""
        if self.output is None:
            sys.stdout.write(text)
            return
        from migrate_cli.files.output import write_report

        write_report(self.output, text)

    def check(self) -> None:
        """Raise UserError now, before long work, if the output file clearly cannot be written."""
        if self.output is not None:
            from migrate_cli.files.output import check_report

            check_report(self.output)

    def append(self, path: Path, text: str) -> None:
        """Add finished text at the end of a file that others write to, too."""
        from migrate_cli.files.output import append_report

        append_report(path, text)

    def write_json(self, value: Mapping[str, Any] | Sequence[Any]) -> None:
        """Put a JSON document on standard output, or in the output file."""
        import json

        self.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")

    def aside(self, draw: Callable[[Console], None]) -> None:
        """Draw on standard error what accompanies machine-readable output; nothing when quiet."""
        if not self.quiet:
            draw(console(sys.stderr, self.color))

    def complain(self, problems: Iterable[str]) -> None:
        """Say on standard error, one line each, what had to be left out; also when quiet."""
        from migrate_cli.report.words import visible

        for problem in problems:
            sys.stderr.write(f"migrate: {visible(problem)}\n")

    def progress(self, verb: str, *, in_bytes: bool = False) -> Callable[[int, int], None] | None:
        """A callback for (done, total) that keeps one line on standard error; None without a terminal.

        A total of 0 is not known.
        """
        if self.quiet or not sys.stderr.isatty():
            return None
        return _ticker(sys.stderr, verb, _megabytes if in_bytes else _plain)


def console(stream: IO[str], color: Color) -> Console:
    """A rich console that never guesses at markup, emoji or highlights in what it is given."""
    from rich.console import Console

    terminal = stream.isatty()
    # rich reads NO_COLOR itself, but an explicit `--color always` wins over it
    environ = {
        key: value for key, value in os.environ.items() if key != "NO_COLOR" or color is not Color.ALWAYS
    }
    return Console(
        file=stream,
        force_terminal={Color.AUTO: None, Color.ALWAYS: True, Color.NEVER: False}[color],
        no_color=True if color is Color.NEVER else None,
        width=None if terminal else PLAIN_WIDTH,
        markup=False,
        emoji=False,
        highlight=False,
        _environ=environ,
    )


def _plain(done: int, total: int) -> str:
    return f"{done}/{total}"


def _megabytes(done: int, total: int) -> str:
    whole = f"/{total / 1e6:,.0f} MB, {done / total:.0%}" if total else " MB"
    return f"{done / 1e6:,.0f}{whole}"


def _ticker(stream: IO[str], verb: str, told: Callable[[int, int], str]) -> Callable[[int, int], None]:
    """Progress by hand rather than with rich: no thread may run when workers are forked."""
    last = time.monotonic()

    def tick(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if done >= total > 0:
            stream.write("\r\x1b[K")
        elif now - last > 0.1:
            last = now
            stream.write(f"\r{verb} {told(done, total)}\x1b[K")
        stream.flush()

    return tick
