"""`migrate scan`: what is there, and how it fares on a provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.cli.options import (
    AsOf,
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
    read_date,
    read_models,
)
from migrate_cli.cli.screen import Screen
from migrate_cli.model import Certainty, SiteKind, UserError
from migrate_cli.selection import Selection, restrict

if TYPE_CHECKING:
    from migrate_cli.model import Plan, Scan
    from migrate_cli.sites.explain import Explanation

Formats = Annotated[
    ScanFormat,
    typer.Option(
        "--format",
        help="text, json, sarif for code scanning, github for annotations, gitlab for code quality.",
    ),
]
Kinds = Annotated[
    list[SiteKind] | None,
    typer.Option("--kind", help="Only sites of this kind; repeatable.", show_choices=True),
]
LeastCertain = Annotated[
    Certainty, typer.Option("--certainty", help="Only sites that are at least so certain.")
]
Tests = Annotated[bool, typer.Option("--tests/--no-tests", help="With or without the files of tests.")]
ExplainSite = Annotated[
    str | None,
    typer.Option("--explain-site", metavar="FILE:LINE", help="Say all that is known of one line."),
]
Schema = Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of --format json.")]


@dataclass(frozen=True, slots=True)
class _View:
    """How a scan is to be shown."""

    screen: Screen
    form: ScanFormat
    only: Selection
    as_of: date | None
    evidence: bool


def scan(
    paths: Paths = None,
    to: Providers = None,
    model: Models = None,
    site: Site = None,
    kind: Kinds = None,
    certainty: LeastCertain = Certainty.GUESS,
    tests: Tests = True,
    explain_site: ExplainSite = None,
    as_of: AsOf = None,
    report_format: Formats = ScanFormat.TEXT,
    schema: Schema = False,
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
    migrate scan --explain-site app.py:12    what is known of one line, and from where
    migrate scan --kind call --no-tests -q   one line per call, to search
    migrate scan --to glm --format sarif -o migrate.sarif

    Writes nothing. Exit code 1 when something is found; SARIF output gives 0.
    """
    from migrate_cli import api

    screen = Screen(color, quiet, verbose, output)
    if schema:
        return _print_schema(screen)
    models, day = read_models(model), read_date(as_of, "--as-of")
    names = list(dict.fromkeys(api.provider(name).id for name in to or ()))
    progress = screen.progress("Reading files")
    if explain_site is not None:
        if report_format is not ScanFormat.TEXT:
            raise UserError("--explain-site explains in text: leave --format out")
        told = api.explain_site(paths_or_here(paths), explain_site, progress=progress)
        return _explain(screen, told, [api.plan(told.scan, name, models=models, site=site) for name in names])
    found = api.scan(paths_or_here(paths), progress=progress)
    only = Selection(frozenset(kind or ()), certainty, tests)
    plans = [_restricted(api.plan(found, name, models=models, site=site), only) for name in names]
    return _show(_View(screen, report_format, only, day, evidence), found, plans)


def _print_schema(screen: Screen) -> int:
    from migrate_cli.files.packaged import packaged_text

    screen.write(packaged_text("migrate_cli.report", "schema/scan.json"))
    return exits.OK


def _restricted(plan: Plan, only: Selection) -> Plan:
    """The plan of the whole scan, with the wanted sites and their fates only."""
    decisions = tuple(decision for decision in plan.decisions if only.wants(decision.site))
    return replace(plan, scan=restrict(plan.scan, only), decisions=decisions)


def _show(view: _View, found: Scan, plans: Sequence[Plan]) -> int:
    from migrate_cli import api

    shown = restrict(found, view.only)
    code = exits.of_scan(shown, plans)
    if view.form is ScanFormat.SARIF:
        from migrate_cli.report.sarif import sarif

        view.screen.write_json(sarif(shown, plans))
        return exits.of_sarif(code)
    if view.form is ScanFormat.GITHUB:
        from migrate_cli.report.github import workflow_commands

        view.screen.write(workflow_commands(shown, plans))
        return code
    if view.form is ScanFormat.GITLAB:
        from migrate_cli.report.gitlab import code_quality

        view.screen.write_json(code_quality(shown, plans))
        return code
    if view.form is ScanFormat.JSON:
        from migrate_cli.report.json import scan_json

        retired = api.retired_models(shown, as_of=view.as_of)
        matrix = () if plans else api.matrix(found, only=view.only)
        view.screen.write_json(scan_json(shown, plans, matrix, retired, view.only))
        return code
    if plans:
        _plans(view, plans)
    else:
        _text(view, found, shown)
    return code


def _plans(view: _View, plans: Sequence[Plan]) -> None:
    from migrate_cli import api
    from migrate_cli.report.text import render_plans

    names = {plan.provider: api.provider(plan.provider).name for plan in plans}
    screen = view.screen
    screen.show(
        lambda c: render_plans(
            plans, names, c, evidence=view.evidence, quiet=screen.quiet, verbose=screen.verbose
        )
    )


def _text(view: _View, found: Scan, shown: Scan) -> None:
    from migrate_cli import api
    from migrate_cli.report.scan_text import render_scan

    screen = view.screen
    brief = screen.quiet or not shown.sites
    matrix = () if brief else api.matrix(found, only=view.only)
    retired = () if brief else api.retired_models(shown, as_of=view.as_of)
    screen.show(
        lambda c: render_scan(
            shown,
            c,
            matrix=matrix,
            retired=retired,
            evidence=view.evidence,
            quiet=screen.quiet,
            verbose=screen.verbose,
        )
    )


def _explain(screen: Screen, explained: Explanation, plans: Sequence[Plan]) -> int:
    from migrate_cli.report.explain_text import render_explanation

    screen.show(lambda c: render_explanation(explained, plans, c))
    return exits.OK if explained.sites else exits.FINDINGS
