"""The rule that would mend a request: the plan's own finding at its line, else what is known of such refusals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from migrate_cli.catalogue.source import read_data
from migrate_cli.model import Decision, Level, SiteId
from migrate_cli.runtime.verify.verdict import GOOD, Fared, Sent

_ASKING = (Level.EDIT, Level.REVIEW, Level.MANUAL)
_WRITTEN = (Level.EDIT, Level.REVIEW)


@dataclass(frozen=True, slots=True)
class Row:
    """Refusals of one kind: the rule that usually answers them, and the others that may."""

    check: str | None
    words: str | None
    code: str
    also: tuple[str, ...]

    def fits(self, sent: Sent) -> bool:
        """Whether a refusal is of this kind."""
        named = self.words is None or re.search(self.words, sent.reason or "") is not None
        return self.check in (None, _kind(sent)) and named


def with_rules(
    sent: Sequence[Sent], decisions: Iterable[Decision], root: Path, directory: Path
) -> tuple[Sent, ...]:
    """Each bad request with the codes of the rules that would mend it.

    `decisions` are of a plan whose paths are relative to `root`; the places of requests are relative to `directory`.
    Those findings count that come with an edit and answer such a refusal: at the request's line and the clients of
    calls there, else in its file, else in the project. Without any, the usual rule is named.
    """
    found = list(decisions)
    return tuple(_mended(each, found, root, directory) for each in sent)


def usual_rule(sent: Sent) -> str | None:
    """The rule that answers refusals of this kind, or None."""
    row = _row(sent)
    return None if row is None else row.code


def possible_rules(sent: Sent) -> tuple[str, ...]:
    """The usual rule, and the others that may be behind such a refusal."""
    row = _row(sent)
    return () if row is None else (row.code, *row.also)


def _mended(sent: Sent, decisions: Sequence[Decision], root: Path, directory: Path) -> Sent:
    if sent.fared in GOOD:
        return sent
    rules = _named(sent, decisions, root, directory)
    if sent.fared is Fared.LEAKED and sent.check == "path":  # the address is wrong as well as the key
        rules += _named(replace(sent, fared=Fared.REFUSED), decisions, root, directory)
    return replace(sent, rules=tuple(dict.fromkeys(rules)))


def _named(sent: Sent, decisions: Sequence[Decision], root: Path, directory: Path) -> tuple[str, ...]:
    row = _row(sent)
    in_file = _in_file(sent, decisions, root, directory)
    at_line = _at_line(sent, in_file, decisions)
    if row is None:
        return _codes(at_line, _ASKING)
    by_hand = tuple(code for code in _codes(at_line, (Level.MANUAL,)) if code == row.code)
    for decided in (at_line, in_file, decisions):
        codes = [code for code in _codes(decided, _WRITTEN) if code == row.code or code in row.also]
        if codes:
            return (row.code,) if row.code in codes else (*by_hand, *codes)
    return (row.code,)


def _in_file(sent: Sent, decisions: Sequence[Decision], root: Path, directory: Path) -> list[Decision]:
    if sent.path is None:
        return []
    wanted = (directory / sent.path).resolve()
    return [decision for decision in decisions if (root / decision.site.path).resolve() == wanted]


def _at_line(sent: Sent, in_file: Sequence[Decision], decisions: Sequence[Decision]) -> list[Decision]:
    here = [d for d in in_file if sent.line is not None and _covers(d, sent.line)]
    clients: set[SiteId] = {client for decision in here for client in decision.site.clients}
    return [*here, *(d for d in decisions if d.site.id in clients)]


def _covers(decision: Decision, line: int) -> bool:
    place = decision.site.location
    return place.cell is None and place.line <= line <= place.end_line


def _codes(decisions: Iterable[Decision], levels: tuple[Level, ...]) -> tuple[str, ...]:
    findings = (finding for decision in decisions for finding in decision.findings)
    return tuple(dict.fromkeys(f.rule.code for f in findings if f.level in levels))


def _kind(sent: Sent) -> str | None:
    """The check that failed; a request that carries what is another's has a kind of its own."""
    if sent.fared is not Fared.LEAKED:
        return sent.check
    return "leaked account" if any(name.startswith("openai-") for name in sent.leaks) else "leaked key"


def _row(sent: Sent) -> Row | None:
    return next((row for row in table() if row.fits(sent)), None)


@cache
def table() -> tuple[Row, ...]:
    """The table of `rules.yaml`, in its order."""
    rows: list[Mapping[str, Any]] = read_data(Path(__file__).parent, "rules")["rules"]
    return tuple(Row(row.get("check"), row.get("words"), row["code"], _others(row)) for row in rows)


def _others(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The codes of `also`, which may hold lists, each once and without the usual one."""
    codes = (c for code in row.get("also", ()) for c in ([code] if isinstance(code, str) else code))
    return tuple(dict.fromkeys(code for code in codes if code != row["code"]))
