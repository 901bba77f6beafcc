"""The rules for people: the list, and one rule with its documentation and examples."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent
from typing import TYPE_CHECKING

from migrate_cli.report.words import heading, line

if TYPE_CHECKING:
    from rich.console import Console

    from migrate_cli.rules.registry import RuleDoc


def render_rules(docs: Sequence[RuleDoc], console: Console) -> None:
    """One line per rule: code, name, summary."""
    widest = max((len(doc.rule.name) for doc in docs), default=0)
    for doc in docs:
        line(
            console,
            (f"{doc.rule.code:<7}", "cyan"),
            (f"{doc.rule.name:<{widest}}  ", "bold"),
            doc.rule.summary,
        )


def render_rule(doc: RuleDoc, console: Console) -> None:
    """What one rule does, and each example as before and after."""
    line(console, (f"{doc.rule.code} ", "cyan"), (doc.rule.name, "bold"))
    line(console, doc.rule.summary)
    if doc.doc.strip():
        console.print()
        line(console, doc.doc.strip())
    for example in doc.examples:
        heading(console, f"Example, for {example.provider}")
        if example.before == example.after:
            line(console, ("left alone", "cyan"))
        else:
            line(console, ("before", "red"))
            line(console, indent(example.before.strip("\n"), "    "))
            line(console, ("after", "green"))
        line(console, indent(example.after.strip("\n"), "    "))
    console.print()
    line(console, (f"By hand it takes about {doc.rule.minutes} minutes a site (our estimate).", "dim"))
