"""Small programs on disk, and what `migrate` makes of them: shared by the tests of rules, targets and the api."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

from migrate_cli import api
from migrate_cli.model import Decision, Fate, Outcome, SiteKind


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write `files` (path to text, dedented) below `folder` and give the folder back."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return folder


def move(folder: Path, provider: str, **options: Any) -> Outcome:
    """Scan, plan and write."""
    return api.apply(api.plan(api.scan([folder]), provider, **options), allow_dirty=True)


def moved(folder: Path, source: str, provider: str = "ernie", **options: Any) -> str:
    """A one-file program after the move."""
    write(folder, {"app.py": source})
    move(folder, provider, **options)
    return (folder / "app.py").read_text(encoding="utf-8")


def fates(outcome: Outcome, kind: SiteKind) -> list[Fate]:
    """The fates of all sites of one kind, in order."""
    return [d.fate for d in outcome.decisions if d.site.kind is kind]


def decision(outcome: Outcome, kind: SiteKind) -> Decision:
    """The only decision on a site of this kind."""
    (found,) = (d for d in outcome.decisions if d.site.kind is kind)
    return found
