"""`migrate explain`: one rule in full."""

from __future__ import annotations

from typing import Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.cli.options import Color, Colored, Output, no_rule
from migrate_cli.cli.screen import Screen
from migrate_cli.model import UserError


def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Code or name of a rule, or a code it covers.")],
    output: Output = None,
    color: Colored = Color.AUTO,
) -> int:
    """Explain one rule: what it does and why, how far it goes, examples before and after, sources.

    \b
    migrate explain SDK08
    migrate explain stop-sequences
    """
    from migrate_cli import api
    from migrate_cli.report.rules import render_pitfall, render_rule

    docs = api.rules()
    wanted = code.strip().lower()
    found = next((doc for doc in docs if wanted in (doc.rule.code.lower(), doc.rule.name)), None)
    found = found or next((doc for doc in docs if wanted.upper() in doc.rule.covers), None)
    screen = Screen(color, output=output)
    if found is not None:
        screen.show(lambda console: render_rule(found, console))
        return exits.OK
    pitfall = api.pitfalls().get(wanted.upper())
    if pitfall is None or pitfall.undetectable is None:
        raise UserError(no_rule(code.strip(), [doc.rule.code for doc in docs]))
    screen.show(lambda console: render_pitfall(pitfall, console))
    return exits.OK
