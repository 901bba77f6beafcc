"""Asking for each change of a plan: yes, no, all of this rule, the rest of the file not, quit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrate_cli.model import Plan
from migrate_cli.report import words

if TYPE_CHECKING:
    from rich.console import Console

    from migrate_cli.rules.choose import Choice, Key

ANSWERS = {
    "y": "write this change",
    "n": "leave this one",
    "a": "write this one and all others of the same rule",
    "s": "leave this and every other change in this file",
    "q": "leave this and the rest; what you took so far is written",
    "?": "say what the letters mean",
}
_PROMPT = f"write this change [{','.join(ANSWERS)}]? "


@dataclass(slots=True)
class _Session:
    """What was answered so far."""

    taken: set[Key] = field(default_factory=set)
    left: set[Key] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)


def ask_for_each(plan: Plan, ask: Callable[[str], str], console: Console) -> Plan:
    """The plan with the changes that were taken.

    `ask` shows a prompt and returns the answer; EOFError counts as quit. KeyboardInterrupt passes: nothing is written.
    """
    from migrate_cli import api

    all_of_them = api.choices(plan)
    session = _Session()
    for number, choice in enumerate(all_of_them, 1):
        if not _settled(session, choice, plan):
            _show(plan, choice, number, len(all_of_them), console)
            answer = _answer(ask, console)
            if answer == "q":
                break
            _take(session, choice, answer)
    return api.choose(plan, session.taken)


def _settled(session: _Session, choice: Choice, plan: Plan) -> bool:
    """Whether earlier answers settle this change; if so, they are carried out."""
    from migrate_cli import api

    if choice.decision.site.path in session.skipped or api.follows(choice, plan, session.left):
        session.left.add(choice.key)
        return True
    if choice.finding.rule.code in session.rules:
        session.taken.add(choice.key)
        return True
    return False


def _take(session: _Session, choice: Choice, answer: str) -> None:
    (session.taken if answer in "ya" else session.left).add(choice.key)
    if answer == "a":
        session.rules.add(choice.finding.rule.code)
    if answer == "s":
        session.skipped.add(choice.decision.site.path)


def _answer(ask: Callable[[str], str], console: Console) -> str:
    """One of the letters; anything else shows what they mean, and asks again."""
    while True:
        try:
            answer = ask(_PROMPT).strip().lower()[:1]
        except EOFError:
            return "q"
        if answer in ANSWERS and answer != "?":
            return answer
        for letter, meaning in ANSWERS.items():
            words.line(console, (f"  {letter} ", "bold"), meaning)


def _show(plan: Plan, choice: Choice, number: int, total: int, console: Console) -> None:
    """Where the change is, why it is wanted, and the lines it touches."""
    from migrate_cli import api
    from migrate_cli.files.secrets import mask

    rule = choice.finding.rule
    words.heading(console, f"({number}/{total}) {choice.decision.site.location}")
    words.line(console, (f"{rule.code} ", "cyan"), mask(choice.finding.message))
    if choice.places > 1:
        words.line(console, f"with {choice.places - 1} more places that only work together")
    for text in _coloured(api.preview(plan, choice)):
        words.line(console, text)


def _coloured(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    styles = {"+": "green", "-": "red", "@": "cyan"}
    for text in lines:
        yield text, styles.get(text[:1], "")
