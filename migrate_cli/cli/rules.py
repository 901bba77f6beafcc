"""`migrate rules`: what is looked for."""

from __future__ import annotations

from migrate_cli.cli import exits
from migrate_cli.cli.options import Color, Colored, Output
from migrate_cli.cli.screen import Screen


def rules(output: Output = None, color: Colored = Color.AUTO) -> int:
    """List the rules: code, severity, what they may do, name and summary; then what no rule can see.

    \b
    migrate rules
    """
    from migrate_cli import api
    from migrate_cli.report.rules import render_rules

    docs = api.rules()
    Screen(color, output=output).show(lambda console: render_rules(docs, console))
    return exits.OK
