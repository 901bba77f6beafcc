"""`migrate report`: cost and offers for what the code uses."""

from __future__ import annotations

from typing import Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.cli.options import (
    AsOf,
    Color,
    Colored,
    Format,
    Models,
    Output,
    Paths,
    Providers,
    Quiet,
    Site,
    paths_or_here,
    read_date,
    read_decimal,
    read_models,
)
from migrate_cli.cli.screen import Screen


def report(
    paths: Paths = None,
    to: Providers = None,
    model: Models = None,
    site: Site = None,
    fx: Annotated[
        str | None,
        typer.Option("--fx", metavar="RATE", help="Yuan per US dollar; the catalogue's rate without."),
    ] = None,
    as_of: AsOf = None,
    report_format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: Output = None,
    color: Colored = Color.AUTO,
    quiet: Quiet = False,
) -> int:
    """Compare prices and offers for the models that the code uses.

    \b
    migrate report --to ernie --to deepseek
    migrate report src --to qwen --fx 7.1 --format json

    List prices are compared, not quality. Every price carries its date and source; what is unknown prints
    as unknown. Without --to, all providers.
    """
    from migrate_cli import api, tally

    screen = Screen(color, quiet, output=output)
    models = read_models(model)
    rate, day = read_decimal(fx, "--fx"), read_date(as_of, "--as-of")
    chosen, problems = ([api.provider(name) for name in to], ()) if to else api.usable_providers()
    names = dict.fromkeys(provider.id for provider in chosen)
    found = api.scan(paths_or_here(paths), progress=screen.progress("Reading files"))
    costs = api.report(found, list(names), models=models, fx=rate, as_of=day, site=site)
    if report_format is Format.JSON:
        from migrate_cli.report.cost_json import costs_json

        screen.write_json(costs_json(costs))
    else:
        from migrate_cli.report.cost_text import render_costs

        screen.show(lambda console: render_costs(costs, console))
    screen.complain(problems)
    return exits.PROBLEM if problems or tally.problems(found) else exits.OK
