"""The portability matrix: one row per provider, for a scan without a target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from migrate_cli.model import Fate, MatrixRow
from migrate_cli.report.words import STYLES, cut, line

if TYPE_CHECKING:
    from rich.console import Console

_COLUMNS = {
    Fate.REWRITTEN: "automatic",
    Fate.REVIEW: "review",
    Fate.MANUAL: "by hand",
    Fate.MIGRATED: "moved",
}
_NARROWEST_REASON = 24  # columns


def render_matrix(rows: Sequence[MatrixRow], console: Console) -> None:
    """Sites per fate and what stands in the way, one line per provider, cut at the edge of the screen.

    A provider that could not be planned says why, in full.
    """
    widest = max(len(row.provider) for row in rows)
    room = max(console.width - widest - len(_titles()) - 2, _NARROWEST_REASON)
    line(console, (f"{'--to':<{widest}}{_titles()}  what stands in the way", "bold"))
    for row in rows:
        numbers = [
            (f"{'' if row.problem else row.counts.get(fate, 0):>{len(title) + 2}}", STYLES[fate])
            for fate, title in _COLUMNS.items()
        ]
        reason = row.problem or cut(_first(row.blockers), room)
        line(console, (f"{row.provider:<{widest}}", "bold"), *numbers, f"  {reason}" if reason else "")


def _titles() -> str:
    return "".join(f"  {title}" for title in _COLUMNS.values())


def _first(blockers: Sequence[str]) -> str:
    """The worst blocker, and how many more there are."""
    if len(blockers) < 2:
        return "".join(blockers)
    return f"(+{len(blockers) - 1}) {blockers[0]}"
