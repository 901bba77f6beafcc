"""What hostile answers did to a program, for people; and the list of these answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from migrate_cli.report.words import heading, line, plural
from migrate_cli.runtime.hostile.evidence import Evidence, Grade, evidence
from migrate_cli.runtime.hostile.server import BOUND, ITEMS, SLOW
from migrate_cli.runtime.verify.bouts import Beside, Bout, Hostility, Took

if TYPE_CHECKING:
    from rich.console import Console

    from migrate_cli.catalogue.types import Provider
    from migrate_cli.runtime.verify.hostile import Trial

_FINE = (Took.SURVIVED, Took.GAVE_UP)


def render_hostility(
    found: Hostility, fatal: Collection[Bout], console: Console, *, quiet: bool = False, verbose: bool = False
) -> None:
    """What broke the program one by one, then what it coped with; `fatal` are those that count against it.

    `quiet` shows the fatal ones only; `verbose` also says what is known of those it coped with.
    """
    if not quiet:
        heading(console, f"Hostile answers: {len(found.bouts)} tried")
    if found.untried is not None:
        line(console, ("not tried     ", "yellow"), found.untried)
    if found.alone is not None:
        line(console, ("not compared  ", "yellow"), f"the original was not tried: {found.alone}")
    for bout in found.bouts:
        if bout in fatal or (not quiet and (verbose or bout.after.took not in _FINE)):
            _bout(bout, console, fatal=bout in fatal)
    if quiet:
        return
    for took in _FINE:
        names = [bout.item for bout in found.bouts if bout.after.took is took]
        if names:
            line(console, (f"{took.value:<12}  ", "green"), ", ".join(names))
    for bout in found.bouts:
        if bout.after.unsaid:
            told = f"{bout.item}: no answer came, and the program ended well with another output; does it say so?"
            line(console, ("look at       ", "yellow"), told)
    if found.unmet:
        line(console, ("not met       ", "dim"), f"no request of the program fits {', '.join(found.unmet)}")


def render_items(provider: Provider | None, console: Console) -> None:
    """The hostile answers, and what is known of each at `provider` and at OpenAI."""
    for item in (*ITEMS, SLOW):
        line(console, (f"{item.name:<22}  ", "bold"), item.about)
        if provider is not None:
            for text in _known(evidence(item.name, provider), provider.id):
                line(console, f"{'':<24}{text}")


def _bout(bout: Bout, console: Console, *, fatal: bool) -> None:
    style = "red" if fatal else "green" if bout.after.took in _FINE else "yellow"
    line(console, (f"{bout.after.took.value:<12}  ", style), (bout.item, "bold"), f"  {bout.about}")
    told = [_what(bout.after)]
    if bout.beside is not Beside.ALONE:
        was = f": it {_deed(bout.before)}" if bout.before is not None and bout.beside is Beside.BETTER else ""
        told.append(f"{bout.beside.value}{was}")
    told += _known(bout.known, bout.provider)
    if not fatal and bout.broken and not bout.known.counts:
        told.append("it does not count against the program")
    if bout.broken:
        told.append(f"see `migrate explain {bout.known.rule}`")
    for text in told:
        line(console, f"{'':<14}{text}")


def _what(trial: Trial) -> str:
    asked = f", asked from {', '.join(trial.asked)}" if trial.asked else ""
    often = f"; the same request was sent {trial.most:,} times" if trial.most > BOUND else ""
    return f"the program {_deed(trial)}{asked}{often}"


def _deed(trial: Trial) -> str:
    died = f"died of {trial.crash.exception} at {trial.crash.place}" if trial.crash is not None else "died"
    return {
        Took.SURVIVED: "went on",
        Took.GAVE_UP: f"ended with exit code {trial.code}",
        Took.OTHER_OUTPUT: "ended well, but wrote something else than usual",
        Took.OVERTRIED: f"tried more than the {BOUND} times that the openai package does",
        Took.FAILED: f"ended with exit code {trial.code}",
        Took.CRASHED: died,
        Took.HUNG: "did not end in time",
    }[trial.took]


def _known(known: Evidence, provider: str) -> list[str]:
    """What is known of an answer at a provider, and at OpenAI."""
    told = {
        Grade.DOCUMENTED: f"{provider} is known to answer so: {known.why}",
        Grade.PLAUSIBLE: f"{provider} may answer so: {known.why}",
        Grade.UNKNOWN: f"no source says that {provider} answers so",
        Grade.DENIED: f"{provider} documents otherwise: {known.why}",
    }
    unknown = [] if known.openai is not None else ["OpenAI is not known to answer so"]
    return [told[known.grade], *unknown]


def coped(found: Hostility) -> str:
    """`16 of 18 hostile answers survived`, or that none was tried."""
    if not found.bouts:
        return "no hostile answer tried"
    fine = sum(not bout.broken for bout in found.bouts)
    return f"{fine} of {plural(len(found.bouts), 'hostile answer')} survived"
