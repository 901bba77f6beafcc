"""The body of a pull request that carries a rewrite: Markdown that a reviewer can work through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from migrate_cli import tally
from migrate_cli.files.secrets import mask
from migrate_cli.model import Fate, Level, Outcome
from migrate_cli.report.handover_text import duration, where
from migrate_cli.report.words import plural, visible

if TYPE_CHECKING:
    from migrate_cli.handover import Handover, Task

_WORDS = {Fate.REWRITTEN: "changed", Fate.MIGRATED: "already migrated"}
_MEANING = {
    Fate.REWRITTEN: "written, checked to parse and to bind every name",
    Fate.REVIEW: "an edit is known and waits for a look",
    Fate.MANUAL: "needs a person",
    Fate.SKIPPED: "stays as it is",
    Fate.MIGRATED: "done before",
}
_PLACES = 20


def pull_request(outcome: Outcome, made: Handover, name: str, *, written: bool) -> str:
    """The whole body, ending in a newline. Holds no source text, and no key."""
    return "\n".join(_lines(outcome, made, name, written)) + "\n"


def _lines(outcome: Outcome, made: Handover, name: str, written: bool) -> Iterator[str]:
    yield f"## {'Move' if written else 'Plan to move'} from OpenAI to {_text(name)}"
    yield ""
    yield from _counts(outcome, written)
    if outcome.plan.models:
        yield from ("", "### Models", "", "| before | after |", "|---|---|")
        yield from (f"| `{_code(a)}` | `{_code(b)}` |" for a, b in sorted(outcome.plan.models.items()))
    if made.files:
        yield from ("", "### Changed", "", "| file | edits | what |", "|---|---:|---|")
        for file in made.files:
            rules = ", ".join(f"{rule} ({code})" for code, rule in file.rules)
            yield f"| `{_code(file.path)}` | {file.edits} | {_text(rules)} |"
    if made.kept:
        yield from ("", "### Left as they were", "")
        yield from (f"- `{_code(path)}`: {_text(reason)}" for path, reason in made.kept)
    estimate = f" (about {duration(made.minutes)} by our estimate)" if made.minutes else ""
    yield from _tasks(f"By hand{estimate}", [t for t in made.tasks if t.level is Level.MANUAL])
    yield from _tasks("To review", [t for t in made.tasks if t.level is Level.REVIEW])
    yield from _tasks("Near the change", made.notices)
    if made.steps:
        yield from ("", "### Before it runs", "")
        for step in made.steps:
            command = f": `{_code(step.command)}`" if step.command else ""
            yield f"- [ ] {_text(step.text)}{command}"
    if outcome.run is not None:
        yield from ("", f"`migrate undo {outcome.run}` takes all of it back.")


def _counts(outcome: Outcome, written: bool) -> Iterator[str]:
    counts = tally.fates(outcome.decisions)
    yield f"{plural(sum(counts.values()), 'site')} that use OpenAI, each in exactly one row:"
    yield from ("", "| | sites | |", "|---|---:|---|")
    for fate, number in counts.items():
        word, meaning = _WORDS.get(fate, fate.value), _MEANING[fate]
        if fate is Fate.REWRITTEN and not written:
            word, meaning = "to change", "checked to parse and to bind every name"
        yield f"| {word} | {number} | {meaning} |"


def _tasks(title: str, tasks: Sequence[Task]) -> Iterator[str]:
    if not tasks:
        return
    yield from ("", f"### {title}", "")
    for task in tasks:
        code = f"**{task.code}** " if task.code else ""
        yield f"- [ ] {code}{_text(mask(task.message))}: {_text(where(task.places, _PLACES))}"
        if task.advice:
            yield f"  {_text(mask(task.advice))}"


def _text(text: str) -> str:
    """Words for a line or a table cell: nothing in them is read as markup."""
    plain = visible(" ".join(text.split()))
    for mark in "\\`*_|<>[]":
        plain = plain.replace(mark, f"\\{mark}")
    return plain


def _code(text: str) -> str:
    """Words between backticks."""
    return visible(text).replace("`", "'").replace("|", "\\|")
