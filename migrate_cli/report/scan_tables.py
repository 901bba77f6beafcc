"""The tables of a scan: endpoints, ways to reach them, files, what is dynamic, retired models, other providers.

Columns are as wide as what they hold, so that a table reads the same at any width of the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from migrate_cli import summary
from migrate_cli.files.secrets import mask
from migrate_cli.model import Scan, Site
from migrate_cli.report import words

if TYPE_CHECKING:
    from rich.console import Console

    from migrate_cli.costs.retired import RetiredModel

_MOST_FILES = 20
_MOST_REASONS = 12
_WIDEST_ARGUMENT = 40
_NARROWEST_NAME = 24
_STATE_STYLES = {"gone": "red", "ending": "yellow"}


def render_tables(scan: Scan, working: Sequence[Site], console: Console, *, verbose: bool) -> None:
    """By endpoint, by the way it is reached, by file."""
    endpoints = summary.by_endpoint(working)
    if endpoints:
        _table(
            console,
            ("Endpoint", "calls", "framework", "HTTP", "openai<1.0", "files"),
            [(r.endpoint, r.calls, r.framework, r.request, r.legacy, r.files) for r in endpoints],
        )
    ways = summary.by_framework(working)
    if ways:
        _table(console, ("Reached through", "sites", "files"), [(r.name, r.sites, r.files) for r in ways])
    files = summary.by_file(scan)
    most = len(files) if verbose else _MOST_FILES
    _table(console, ("File", "in use", "all"), [(r.path, r.in_use, r.sites) for r in files[:most]])
    if len(files) > most:
        words.line(console, (f"… and {len(files) - most:,} more with --verbose", "dim"))


def render_dynamic(found: Sequence[summary.Dynamic], console: Console, *, verbose: bool) -> None:
    """What only a run can tell, by reason, the frequent first; each with the first place it is true of."""
    if not found:
        return
    groups: dict[tuple[str, str], list[Site]] = {}
    for item in found:
        groups.setdefault((item.argument, item.reason), []).append(item.site)
    rows = sorted(groups.items(), key=lambda row: -len(row[1]))
    most = len(rows) if verbose else _MOST_REASONS
    words.heading(console, "Dynamic: known at run time only")
    for (argument, reason), sites in rows[:most]:
        more = f" and {words.plural(len(sites) - 1, 'more place')}" if len(sites) > 1 else ""
        text = f"{words.cut(argument, _WIDEST_ARGUMENT)}: {mask(reason)}"
        words.line(console, (f"{len(sites):>5}  ", "dim"), text, (f"  {sites[0].location}{more}", "dim"))
    if len(rows) > most:
        words.line(console, (f"       … and {len(rows) - most} more with --verbose", "dim"))


def render_retired(models: Sequence[RetiredModel], console: Console) -> None:
    """Models that no longer answer, or will not for long, with what OpenAI names instead."""
    if not models:
        return
    words.heading(console, "Retired models")
    wide = max(len(model.model) for model in models)
    for model in models:
        instead = f"OpenAI names {model.replacement}" if model.replacement else "OpenAI names no replacement"
        note = f" ({model.replacement_note})" if model.replacement_note else ""
        name = f"  {model.model:<{wide}}  "
        rest = f"; {instead}{note}; {words.plural(len(model.sites), 'site')}"
        room = max(console.width - len(name), _NARROWEST_NAME)
        first, *more = wrap(f"{model.status}{rest}", room, break_long_words=False, break_on_hyphens=False)
        status = first[: len(model.status)]
        words.line(console, name, (status, _STATE_STYLES[model.state]), first[len(status) :])
        for part in more:
            words.line(console, f"{'':<{len(name)}}{part}")


def render_elsewhere(hosts: Sequence[summary.GroupCount], console: Console) -> None:
    """Clients that use another provider already."""
    if not hosts:
        return
    words.heading(console, "Already elsewhere, not counted as work")
    wide = max(len(host.name) for host in hosts)
    for host in hosts:
        where = f"{words.plural(host.sites, 'site')} in {words.plural(host.files, 'file')}"
        words.line(console, (f"  {host.name:<{wide}}  ", "cyan"), where)


def _table(console: Console, titles: Sequence[str], rows: Sequence[tuple[str | int, ...]]) -> None:
    """A first column of names, then numbers; a column of nothing but zeros is left out."""
    kept = [0, *(i for i in range(1, len(titles)) if any(row[i] for row in rows))]
    cells = [[_cell(row[i]) for i in kept] for row in rows]
    heads = [titles[i] for i in kept]
    wide = [max(len(head), *(len(row[i]) for row in cells)) for i, head in enumerate(heads)]
    room = console.width - sum(wide[1:]) - 2 * len(wide[1:])
    wide[0] = min(wide[0], max(room, _NARROWEST_NAME))
    console.print()
    words.line(console, (_row(heads, wide), "bold"))
    for row in cells:
        words.line(console, _row(row, wide))


def _row(cells: Sequence[str], wide: Sequence[int]) -> str:
    first, *rest = (
        f"{words.cut_left(cell, wide[0]):<{wide[0]}}" if i == 0 else f"{cell:>{wide[i]}}"
        for i, cell in enumerate(cells)
    )
    return "  ".join([first, *rest]).rstrip()


def _cell(value: str | int) -> str:
    if isinstance(value, str):
        return words.visible(value)
    return f"{value:,}" if value else "–"
