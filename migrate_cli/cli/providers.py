"""`migrate providers`: the catalogue of targets."""

from __future__ import annotations

from typing import Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.cli.options import Color, Colored, Output, Verbose
from migrate_cli.cli.screen import Screen


def providers(
    name: Annotated[
        str | None, typer.Argument(metavar="[PROVIDER]", help="Show all facts about this provider.")
    ] = None,
    output: Output = None,
    color: Colored = Color.AUTO,
    verbose: Verbose = False,
) -> int:
    """List the providers, or all facts about one, each with its date.

    \b
    migrate providers
    migrate providers ernie
    migrate providers ernie --verbose    with the source of each fact
    """
    from migrate_cli import api
    from migrate_cli.report.providers import render_provider, render_providers

    screen = Screen(color, output=output)
    if name is None:
        listed, problems = api.usable_providers()
        screen.show(lambda console: render_providers(listed, console))
        screen.complain(problems)
        return exits.PROBLEM if problems else exits.OK
    else:
        one, offers = api.provider(name), api.offers(name)
        screen.show(lambda console: render_provider(one, offers, console, sources=verbose))
    return exits.OK
