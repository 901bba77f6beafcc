"""The catalogue's own commands as text: what is in use, and what an update changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate_cli.catalogue.installed import InUse
from migrate_cli.report.words import plural, visible
from migrate_cli.update.changes import Change
from migrate_cli.update.install import Updated

if TYPE_CHECKING:
    from rich.console import Console

_ORIGINS = {"environment": "from MIGRATE_CATALOGUE", "update": "an update", "package": "the packaged one"}
_SAFETY = frozenset({"address", "key"})  # where keys go, shown first


def render_in_use(found: InUse, compiled: str | None, console: Console) -> None:
    """Which catalogue is in use, of what date and from where."""
    line = f"Catalogue of {compiled or 'unknown date'}, {_ORIGINS[found.origin]}"
    _print(console, line, "", f"  directory  {found.directory}")
    edition = found.edition
    if edition is None:
        return
    _print(
        console,
        f"  update     {edition.compiled}, installed {edition.installed}",
        f"  from       {edition.source}",
        f"  sha256     {edition.sha256}",
    )
    if found.unused:
        _print(console, f"  not used, because {found.unused}")


def render_update(done: Updated, console: Console, *, overridden: bool) -> None:
    """What an update changes, or would change."""
    said = "would be in use" if done.dry_run else "is in use"
    if done.same:
        _print(console, f"The catalogue of {done.compiled} was in use already.")
    else:
        what = plural(len(done.changes), "change")
        _print(console, f"The catalogue of {done.compiled} {said}: {what}.")
    _print(console, f"  from    {done.source}", f"  sha256  {done.sha256}")
    if done.changes:
        _print(console, "")
    ordered = sorted(done.changes, key=lambda change: change.kind not in _SAFETY)
    _print(console, *map(_line, ordered))
    if overridden and not done.dry_run:
        _print(console, "", "MIGRATE_CATALOGUE is set and wins over it.")


def _line(change: Change) -> str:
    place = f"{change.kind} {change.where}"
    if change.before is None:
        return f"+ {place}: {change.after}"
    if change.after is None:
        return f"- {place}: was {change.before}"
    return f"~ {place}: {change.before} -> {change.after}"


def _print(console: Console, *lines: str) -> None:
    for line in lines:
        console.print(visible(line), soft_wrap=True)
