"""What the plan still would write: the likely reason when a program breaks by itself, before or after its requests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from migrate_cli.model import Decision, Level


@dataclass(frozen=True, slots=True, order=True)
class Pending:
    """An edit that is not written yet. `path` is relative to the run's directory where below it, `line` is from 1 (of
    its cell in a notebook); `code` and `rule` name the rule; `review` that it takes `--review`."""

    path: str
    line: int
    code: str
    rule: str
    review: bool


def pending(decisions: Iterable[Decision], root: Path, directory: Path) -> tuple[Pending, ...]:
    """The edits of a plan whose paths are relative to `root`, each once, by place."""
    found = (
        (finding, finding.place or finding.site.location)
        for decision in decisions
        for finding in decision.findings
        if finding.level in (Level.EDIT, Level.REVIEW) and finding.edits
    )
    told = {
        Pending(
            _told(root / place.path, directory),
            place.line,
            finding.rule.code,
            finding.rule.name,
            finding.level is Level.REVIEW,
        )
        for finding, place in found
    }
    return tuple(sorted(told))


def _told(path: Path, directory: Path) -> str:
    return (path.relative_to(directory) if path.is_relative_to(directory) else path).as_posix()
