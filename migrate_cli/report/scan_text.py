"""A scan for people: the sum first, then the places, what is uncertain, what is old, and what was not read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from migrate_cli import summary, tally
from migrate_cli.files.secrets import mask
from migrate_cli.model import Certainty, Location, MatrixRow, Scan, Site, SiteKind
from migrate_cli.report import words
from migrate_cli.report.evidence import render_evidence
from migrate_cli.report.matrix import render_matrix
from migrate_cli.report.scan_tables import render_dynamic, render_elsewhere, render_retired, render_tables
from migrate_cli.report.sources import site_words

if TYPE_CHECKING:
    from rich.console import Console

    from migrate_cli.costs.retired import RetiredModel

_WIDEST_SYMBOL = 34  # a longer symbol pushes its own line only
_KIND_WIDTH = 12
_NARROWEST_SPOT = 9
_LABEL_WIDTH = 11
_NARROWEST_SUM = 40
_GLUE = "\xa0"  # a number stays on the line of what it counts


def render_scan(
    scan: Scan,
    console: Console,
    *,
    matrix: Sequence[MatrixRow] = (),
    retired: Sequence[RetiredModel] = (),
    evidence: bool = False,
    quiet: bool = False,
    verbose: bool = False,
) -> None:
    """What was found. `quiet`: one line per site in use; `verbose`: also what stays and what is elsewhere."""
    if quiet:
        _lines(tally.in_use(scan), console, evidence=evidence)
        words.problems(scan, console)
        return
    words.line(console, (words.scope(scan), "bold"))
    if scan.sites:
        _found(scan, console, retired, evidence=evidence, verbose=verbose)
    if matrix and scan.sites:
        words.heading(console, "Where it could move")
        render_matrix(matrix, console)
        hint = "Site by site, and all that stands in the way: migrate scan --to PROVIDER"
        words.line(console, (hint, "dim"))
    if scan.skips and scan.sites:
        console.print()
    words.skips(scan, console, verbose=verbose)


def _found(
    scan: Scan, console: Console, retired: Sequence[RetiredModel], *, evidence: bool, verbose: bool
) -> None:
    code, around, staying, away = summary.split(scan)
    _sum(console, (*code, *around), staying, away, verbose=verbose)
    render_tables(scan, (*code, *around), console, verbose=verbose)
    _section("Sites", code, console, evidence=evidence)
    _section("Configuration and dependencies", around, console, evidence=evidence)
    render_dynamic(summary.dynamic(code), console, verbose=verbose)
    render_retired(retired, console)
    if verbose:
        _section("Stays as it is", staying, console, evidence=evidence)
    render_elsewhere(summary.by_host(away), console)
    if verbose:
        _places(away, console, evidence=evidence)


def _sum(
    console: Console,
    working: Sequence[Site],
    staying: Sequence[Site],
    away: Sequence[Site],
    *,
    verbose: bool,
) -> None:
    """How many sites of each kind are at work, stay as they are, and go elsewhere."""
    hint = "" if verbose else " (--verbose lists them)"
    ignored = sum(site.ignored is not None for site in away)
    if working:
        _wrapped("at work", _kinds(working), console)
    if staying:
        _wrapped("stays", f"{_kinds(staying)}{hint}", console)
    if len(away) > ignored:
        text = f"{words.plural(len(away) - ignored, 'site')} already at another provider{hint}"
        _wrapped("elsewhere", text, console)
    if ignored:
        _wrapped("ignored", f"{words.plural(ignored, 'site')} by a comment{hint}", console)


def _wrapped(label: str, text: str, console: Console) -> None:
    """A label and, beside it, a text that is broken between words where the screen ends."""
    room = max(console.width - _LABEL_WIDTH, _NARROWEST_SUM)
    for number, part in enumerate(wrap(text, room, break_long_words=False, break_on_hyphens=False)):
        words.line(console, (f"{'' if number else label:<{_LABEL_WIDTH}}", "dim"), part.replace(_GLUE, " "))


def _kinds(sites: Iterable[Site]) -> str:
    counts = {kind: sum(site.kind is kind for site in sites) for kind in SiteKind}
    items = (words.plural(number, words.NOUNS[kind]) for kind, number in counts.items() if number)
    return ", ".join(item.replace(" ", _GLUE) for item in items)


def _section(title: str, sites: Sequence[Site], console: Console, *, evidence: bool) -> None:
    if sites:
        words.heading(console, title)
        _places(sites, console, evidence=evidence)


def _places(sites: Sequence[Site], console: Console, *, evidence: bool) -> None:
    """Sites under the name of their file; what is known of each follows on its line, or below it for want of room."""
    wide = min(max((len(site.symbol) for site in sites), default=0), _WIDEST_SYMBOL)
    for path, group in groupby(sites, key=lambda site: site.path):
        words.line(console, (path, "bold"))
        here = list(group)
        spots = max(_NARROWEST_SPOT, *(len(_spot(site.location)) for site in here))
        for site in here:
            _place(site, spots, wide, console)
            if evidence:
                render_evidence(site, console)


def _place(site: Site, spots: int, wide: int, console: Console) -> None:
    place = f"  {_spot(site.location):<{spots}} "
    known = "; ".join(part for part in (site_words(site), *_notes(site)) if part)
    head = f"{place}{site.kind.value:<{_KIND_WIDTH}}{site.symbol:<{wide}}"
    pieces = [(place, "dim"), (f"{site.kind.value:<{_KIND_WIDTH}}", "cyan")]
    if not known:
        words.line(console, *pieces, site.symbol)
    elif len(head) + 2 + len(known) <= console.width:
        words.line(console, *pieces, f"{site.symbol:<{wide}}", (f"  {known}", "dim"))
    else:
        words.line(console, *pieces, site.symbol)
        words.line(console, (f"{'':<{len(place) + _KIND_WIDTH}}{known}", "dim"))


def _spot(location: Location) -> str:
    cell = f"cell {location.cell}:" if location.cell is not None else ""
    return f"{cell}{location.line}:{location.column}"


def _notes(site: Site) -> tuple[str, ...]:
    """What else there is to say of a site, in the fewest words."""
    notes = (
        (" ".join(mask(site.code).split()) if site.kind is SiteKind.DEPENDENCY else ""),
        ("" if site.certainty is Certainty.PROVED else site.certainty.value),
        ("openai<1.0" if site.legacy else ""),
        (
            f"and {', '.join(f'**{words.cut(mask(code), 40)}' for code in site.unfollowed)}"
            if site.unfollowed
            else ""
        ),
        (f"already at {site.elsewhere}" if site.elsewhere is not None else ""),
        (f"ignored: {site.ignored}" if site.ignored is not None else ""),
    )
    return tuple(note for note in notes if note and note != site.symbol)


def _lines(sites: Sequence[Site], console: Console, *, evidence: bool) -> None:
    """One line per site that can be searched: `path:line:column: kind symbol`."""
    for site in sites:
        words.line(console, f"{site.location}: {site.kind.value} {site.symbol}")
        if evidence:
            render_evidence(site, console)
