"""What an undo restored, and what it left alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from migrate_cli.files.journal import UndoResult, UndoStatus
from migrate_cli.report.words import line, plural

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {UndoStatus.RESTORED: "green", UndoStatus.ALREADY: "dim", UndoStatus.REFUSED: "red"}


def render_undo(results: Sequence[UndoResult], console: Console, *, quiet: bool = False) -> None:
    """One line per file and the sum; `quiet` names only what was refused."""
    for result in results:
        if result.status is UndoStatus.REFUSED or not quiet:
            reason = f": {result.reason}" if result.reason else ""
            line(console, (f"{result.status.value:<18}  ", _STYLES[result.status]), f"{result.path}{reason}")
    if not quiet:
        counts = [sum(result.status is status for result in results) for status in UndoStatus]
        parts = (f"{count:,} {status.value}" for count, status in zip(counts, UndoStatus, strict=True))
        line(console, (f"{plural(len(results), 'file')} = {' + '.join(parts)}", "bold"))
