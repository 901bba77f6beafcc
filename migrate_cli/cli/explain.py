"""`migrate explain`: one rule in full."""

from __future__ import annotations

from typing import Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.cli.options import Color, Colored, Output, no_rule
from migrate_cli.cli.screen import Screen
from migrate_cli.model import UserError


def explain(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="A rule's code or name, as `migrate rules` lists them.")
    ],
    output: Output = None,
    color: Colored = Color.AUTO,
) -> int:
    """Explain one rule, with examples before and after.

    \b
    migrate explain CODE
    """
    from migrate_cli import api
    from migrate_cli.report.rules import render_rule

    docs = api.rules()
    wanted = code.strip().lower()
    found = next((doc for doc in docs if wanted in (doc.rule.code.lower(), doc.rule.name)), None)
    if found is None:
        raise UserError(no_rule(code.strip(), [doc.rule.code for doc in docs]))
    Screen(color, output=output).show(lambda console: render_rule(found, console))
    return exits.OK
