"""`migrate scan`: what is there, and how it fares on a provider."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.cli.options import (
    Color,
    Colored,
    Evidence,
    Models,
    Output,
    Paths,
    Providers,
    Quiet,
    ScanFormat,
    Site,
    Verbose,
    paths_or_here,
    read_models,
)
from migrate_cli.cli.screen import Screen

if TYPE_CHECKING:
    from migrate_cli.model import Plan, Scan


def scan(
    paths: Paths = None,
    to: Providers = None,
    model: Models = None,
    site: Site = None,
    report_format: Annotated[
        ScanFormat, typer.Option("--format", help="text, json, or sarif for code scanning.")
    ] = ScanFormat.TEXT,
    output: Output = None,
    evidence: Evidence = False,
    color: Colored = Color.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Find every use of the OpenAI API, and how it fares elsewhere.

    \b
    migrate scan                             summary, sites, and a table of all providers
    migrate scan src --to ernie --to qwen    the very plan that rewrite would write
    migrate scan --to glm --format sarif -o migrate.sarif

    Writes nothing. Exit code 1 when something is found; SARIF output gives 0.
    """
    from migrate_cli import api

    screen = Screen(color, quiet, verbose, output)
    models = read_models(model)
    names = list(dict.fromkeys(api.provider(name).id for name in to or ()))
    found = api.scan(paths_or_here(paths), progress=screen.progress("Reading files"))
    plans = [api.plan(found, name, models=models, site=site) for name in names]
    code = exits.of_scan(found, plans)
    if report_format is ScanFormat.SARIF:
        from migrate_cli.report.sarif import sarif

        screen.write_json(sarif(found, plans))
        return exits.of_sarif(code)
    if report_format is ScanFormat.JSON:
        from migrate_cli.report.json import scan_json

        screen.write_json(scan_json(found, plans, () if plans else api.matrix(found)))
        return code
    _text(screen, found, plans, evidence=evidence)
    return code


def _text(screen: Screen, found: Scan, plans: Sequence[Plan], *, evidence: bool) -> None:
    from migrate_cli import api
    from migrate_cli.report.text import render_plans, render_scan

    quiet, verbose = screen.quiet, screen.verbose
    if plans:
        names = {plan.provider: api.provider(plan.provider).name for plan in plans}
        screen.show(lambda c: render_plans(plans, names, c, evidence=evidence, quiet=quiet, verbose=verbose))
        return
    matrix = () if quiet or not found.sites else api.matrix(found)
    screen.show(
        lambda c: render_scan(found, c, matrix=matrix, evidence=evidence, quiet=quiet, verbose=verbose)
    )
