"""With `--todo`: a comment above each statement that is left for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrate_cli.model import Decision, Fate, Finding, LeaveTodo, Level, Span

LONGEST = 160
_PLAIN = str.maketrans({"→": "->", "…": "...", "–": "-", "—": "-", "×": "x", "“": '"', "”": '"', "’": "'"})
_LEVELS = {Fate.REVIEW: (Level.REVIEW,), Fate.MANUAL: (Level.MANUAL, Level.REVIEW)}


def todos(decisions: Iterable[Decision]) -> Iterator[LeaveTodo]:
    """One comment for each finding that waits for a look or for work, and a sweep of every Python file with sites."""
    for decision in decisions:
        site = decision.site
        if site.form is not None or not site.path.endswith((".py", ".ipynb")):
            continue
        yield LeaveTodo(site.path, Span(0, 0), "")
        for finding in decision.findings if not site.ignored else ():
            if finding.level in _LEVELS.get(decision.fate, ()):
                yield LeaveTodo(site.path, site.span, comment(finding))


def comment(finding: Finding) -> str:
    """The comment, in plain letters, so that it fits into a file of any encoding."""
    words = " ".join(finding.message.translate(_PLAIN).split())
    if len(words) > LONGEST:
        words = words[: LONGEST - 3].rstrip() + "..."
    code = finding.rule.code
    return f"# migrate: todo[{code}] {words} - migrate explain {code}"
