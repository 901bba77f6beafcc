"""Wording and lines that the text reports share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from migrate_cli import tally
from migrate_cli.model import Decision, Fate, Level, Location, Scan, SiteKind

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

STYLES = {
    Fate.REWRITTEN: "green",
    Fate.REVIEW: "yellow",
    Fate.MANUAL: "red",
    Fate.SKIPPED: "dim",
    Fate.MIGRATED: "cyan",
}
NOUNS = {
    SiteKind.IMPORT: "import",
    SiteKind.CLIENT: "client",
    SiteKind.CALL: "call",
    SiteKind.FRAMEWORK: "framework use",
    SiteKind.REQUEST: "raw request",
    SiteKind.SETTING: "setting",
    SiteKind.ENVIRONMENT: "environment variable",
    SiteKind.URL: "address",
    SiteKind.MODEL: "model name",
    SiteKind.KEY: "literal key",
    SiteKind.EXCEPTION: "exception",
    SiteKind.TYPE: "type",
    SiteKind.PATCH: "patch in tests",
    SiteKind.DEPENDENCY: "requirement",
    SiteKind.HINT: "hint",
}
_FATE_OF_LEVEL = {  # what a finding asks for is said in the words of the fate it leads to
    Level.EDIT: Fate.REWRITTEN,
    Level.REVIEW: Fate.REVIEW,
    Level.MANUAL: Fate.MANUAL,
    Level.MIGRATED: Fate.MIGRATED,
    Level.SKIP: Fate.SKIPPED,
}
# Names of files may hold what moves the cursor, or what turns the direction of the text around.
_UNSEEN = {
    code: repr(chr(code))[1:-1]
    for code in (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_WIDEST_PLACE = 40  # a longer path pushes its own line only


def plural(number: int, noun: str) -> str:
    """`1 site`, `2 sites`, `2 addresses`, `2 patches in tests`; thousands with a comma."""
    if number != 1:
        head, space, tail = noun.partition(" in ")
        noun = f"{head}{'es' if head.endswith(('s', 'ch')) else 's'}{space}{tail}"
    return f"{number:,} {noun}"


def fate_word(fate: Fate, *, written: bool) -> str:
    """The fate in words; what a dry run would do is not yet done."""
    return "to rewrite" if fate is Fate.REWRITTEN and not written else fate.value


def fate_cell(fate: Fate, *, written: bool) -> tuple[str, str]:
    """The fate in a column, with its style."""
    return (f"{fate_word(fate, written=written):<12}", STYLES[fate])


def level_cell(level: Level, *, written: bool) -> tuple[str, str]:
    """What a finding asks for, in the same column."""
    fate = _FATE_OF_LEVEL.get(level)
    return (f"{level.value:<12}", "dim") if fate is None else fate_cell(fate, written=written)


def sum_line(decisions: Iterable[Decision], *, written: bool) -> str:
    """`42 sites = 30 rewritten + 4 review + …`: every site in exactly one place."""
    counts = tally.fates(decisions)
    parts = (f"{number:,} {fate_word(fate, written=written)}" for fate, number in counts.items())
    return f"{plural(sum(counts.values()), 'site')} = {' + '.join(parts)}"


def line(console: Console, *pieces: str | tuple[str, str]) -> None:
    """Print one line that is never wrapped, so that it can be searched and copied whole."""
    console.print(styled(*pieces), soft_wrap=True)


def styled(*pieces: str | tuple[str, str]) -> Text:
    """Text from plain strings and (string, style) pairs, all on one line whatever they hold."""
    from rich.text import Text

    return Text.assemble(
        *(visible(piece) if isinstance(piece, str) else (visible(piece[0]), piece[1]) for piece in pieces)
    )


def visible(text: str) -> str:
    """`text` with control characters spelled out: `\\n`, `\\x1b`."""
    return text if text.isprintable() else text.translate(_UNSEEN)


def cut(text: str, width: int) -> str:
    """`text`, its end left out where it is longer than `width` columns."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def cut_left(text: str, width: int) -> str:
    """`text`, its start left out where it is longer than `width` columns: the end of a path tells more."""
    return text if len(text) <= width else f"…{text[len(text) - width + 1 :]}"


def heading(console: Console, title: str) -> None:
    """A blank line and a title."""
    console.print()
    line(console, (title, "bold"))


def place_width(locations: Iterable[Location]) -> int:
    """Columns for the places of one list."""
    return min(max((len(str(location)) for location in locations), default=0), _WIDEST_PLACE)


def place(location: Location, width: int = 0) -> tuple[str, str]:
    """`path:line:column`, padded."""
    return (f"{location!s:<{width}}  ", "bold")


def scope(scan: Scan) -> str:
    """What was looked at, in one sentence; "no files" has its own words."""
    if scan.files == 0:
        return f"No file to read was found under {scan.root}."
    if not scan.sites:
        unread = len({skip.path for skip in tally.problems(scan)})
        but = f"; {unread:,} could not be read" if unread else ""
        return f"No use of the OpenAI API in {plural(scan.files, 'file')} under {scan.root}{but}."
    paths = len({site.path for site in scan.sites})
    found = plural(len(scan.sites), "OpenAI site")
    return f"{found} in {paths:,} of {plural(scan.files, 'file')} under {scan.root}."


def problems(scan: Scan, console: Console) -> None:
    """The files that should have been read and could not, one by one."""
    for skip in tally.problems(scan):
        line(console, ("could not read ", "red"), f"{skip.path}: {tally.cause(skip)}")


def skips(scan: Scan, console: Console, *, verbose: bool) -> None:
    """Files that were left out: problems always one by one, the rest counted by reason unless `verbose`."""
    problems(scan, console)
    if verbose:
        for skip in scan.skips:
            if not skip.problem:
                line(console, ("skipped ", "dim"), f"{skip.path}: {skip.reason}")
        return
    for reason, number in tally.skips_by_reason(scan.skips).items():
        line(console, (f"skipped {number:,}: {reason}", "dim"))
