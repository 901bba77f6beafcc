"""The hand-over for people: one screen that says what changed, what is left and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from migrate_cli import tally
from migrate_cli.files.secrets import mask
from migrate_cli.model import Fate, Level, Location, Outcome
from migrate_cli.report import words

if TYPE_CHECKING:
    from rich.console import Console

    from migrate_cli.handover import FileChange, Handover, Task

_FILES = 12
_TASKS = 12
_NOTICES = 6
_PLACES = 3
_FATES = (Fate.REWRITTEN, Fate.REVIEW, Fate.MANUAL, Fate.SKIPPED, Fate.MIGRATED)
_COLUMNS = {Fate.REWRITTEN: "changed", Fate.MIGRATED: "already"}


def render_handover(outcome: Outcome, made: Handover, name: str, console: Console, *, written: bool) -> None:
    """Everything that a person needs after a run; `--verbose` has the rest, place by place."""
    if made.files:
        title = f"Moved to {name}" if written else f"To move to {name}"
        words.heading(console, f"{title}: {words.plural(len(made.files), 'file')}")
        _files(made.files, console)
    for path, reason in made.kept:
        words.line(console, ("  kept  ", "red"), f"{path}: {reason}")
    _tasks("Left for you", made.tasks, console, _TASKS, made.minutes)
    _tasks(
        "Look at these too: no use of OpenAI, yet the move may touch them", made.notices, console, _NOTICES
    )
    if made.steps:
        words.heading(console, "Next" if written else "Next, once it is written")
        for number, step in enumerate(made.steps, 1):
            command = (f"   {step.command}", "bold") if step.command else ""
            words.line(console, f"  {number}. {step.text}", command)
    console.print()
    words.line(console, *_sum(outcome, written))


def _files(files: Sequence[FileChange], console: Console) -> None:
    width = min(max(len(file.path) for file in files[:_FILES]), 44)
    for file in files[:_FILES]:
        rules = ", ".join(name for _, name in file.rules)
        edits = f"{words.plural(file.edits, 'edit') if file.edits else 'comments':>9}"
        words.line(console, (f"  {file.path:<{width}}  ", "bold"), (edits, "green"), (f"  {rules}", "dim"))
    _more(len(files) - _FILES, console)


def _tasks(title: str, tasks: Sequence[Task], console: Console, most: int, minutes: int = 0) -> None:
    if not tasks:
        return
    estimate = f", about {duration(minutes)} by our estimate" if minutes else ""
    words.heading(console, f"{title}{estimate}")
    for task in tasks[:most]:
        word = words.level_cell(task.level, written=True)
        places = (f"  {where(task.places)}", "bold")
        words.line(console, "  ", word, (f"{task.code:<7}", "cyan"), mask(task.message), places)
        if task.advice:
            words.line(console, ("      do: ", "dim"), mask(task.advice))
    _more(len(tasks) - most, console)
    if any(task.level is Level.REVIEW and task.editable for task in tasks):
        words.line(console, ("  --review writes the edits marked review; --interactive asks for each", "dim"))


def _more(number: int, console: Console) -> None:
    if number > 0:
        words.line(console, (f"  … and {number} more with --verbose", "dim"))


def where(places: Sequence[Location], most: int = _PLACES) -> str:
    """The first lines, each once, and how many more there are."""
    lines = list(dict.fromkeys(map(_short, places)))
    shown = ", ".join(lines[:most])
    more = len(lines) - most
    return f"{shown} and {more} more" if more > 0 else shown


def _short(place: Location) -> str:
    cell = f"cell {place.cell}:" if place.cell is not None else ""
    return f"{place.path}:{cell}{place.line}"


def duration(minutes: int) -> str:
    """`25 min`, `3 h 10 min`."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours)
    return " ".join(parts)


def _sum(outcome: Outcome, written: bool) -> Sequence[tuple[str, str]]:
    """`44 sites: 21 changed · 4 review · 3 manual · 16 skipped · 0 already`."""
    counts = tally.fates(outcome.decisions)
    pieces = [(f"{words.plural(sum(counts.values()), 'site')}: ", "bold")]
    for number, fate in enumerate(_FATES):
        word = "to change" if fate is Fate.REWRITTEN and not written else _COLUMNS.get(fate, fate.value)
        pieces += [(" · ", "dim")] * bool(number)
        pieces.append((f"{counts[fate]:,} {word}", words.STYLES[fate]))
    return pieces
