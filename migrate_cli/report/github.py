"""Workflow commands that GitHub Actions turns into annotations on the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate_cli import tally
from migrate_cli.files.secrets import mask
from migrate_cli.model import Level, Plan, Scan, Site
from migrate_cli.report.words import NOUNS, visible

_LEVELS = {Level.MANUAL: "error", Level.REVIEW: "warning", Level.EDIT: "notice"}
_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY_ESCAPES = {**_ESCAPES, ":": "%3A", ",": "%2C"}


def workflow_commands(scan: Scan, plans: Sequence[Plan] = ()) -> str:
    """One command per finding of each plan, or per site in use when there is no plan."""
    lines = [line for plan in plans for line in _of_plan(plan)]
    if not plans:
        lines = [
            _command("warning", site, f"{NOUNS[site.kind]}: {site.symbol}") for site in tally.in_use(scan)
        ]
    lines += [_unread(skip.path, tally.cause(skip)) for skip in tally.problems(scan)]
    return "".join(f"{line}\n" for line in lines)


def _of_plan(plan: Plan) -> Iterator[str]:
    for decision in tally.pending(plan.decisions):
        for finding in tally.asking(decision):
            advice = f" {finding.advice}" if finding.advice else ""
            message = f"{plan.provider}: {finding.message}{advice}"
            yield _command(_LEVELS[finding.level], decision.site, message, finding.rule.code)


def _command(level: str, site: Site, message: str, title: str = "OpenAI") -> str:
    """A notebook's lines are those of a cell, which GitHub does not know: its annotation points at the file."""
    place = site.location
    file = _escaped(place.path, _PROPERTY_ESCAPES)
    if place.cell is not None:
        message = f"cell {place.cell}, line {place.line}: {message}"
        where = f"file={file}"
    else:
        where = f"file={file},line={place.line},endLine={place.end_line},col={place.column}"
    return (
        f"::{level} {where},title={_escaped(title, _PROPERTY_ESCAPES)}::{_escaped(mask(message), _ESCAPES)}"
    )


def _unread(path: str, cause: str) -> str:
    return f"::error file={_escaped(path, _PROPERTY_ESCAPES)}::could not read: {_escaped(cause, _ESCAPES)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return visible("".join(escapes.get(character, character) for character in text))
