"""`migrate rewrite`: write the plan, or show it, and say what is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.cli.options import (
    Color,
    Colored,
    Format,
    Models,
    Output,
    Paths,
    Quiet,
    Site,
    Verbose,
    paths_or_here,
    read_codes,
    read_models,
)
from migrate_cli.cli.screen import Screen

if TYPE_CHECKING:
    from rich.console import Console

    from migrate_cli.costs.lines import CostReport
    from migrate_cli.model import Outcome


def rewrite(
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="PROVIDER", help="Provider to move to, as `migrate providers` lists it."
        ),
    ],
    paths: Paths = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Print the change as a diff and write nothing.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 1 when anything is pending.")
    ] = False,
    model: Models = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODES", help="Only these rules, as `migrate rules` lists them."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODES", help="All but these rules.")
    ] = None,
    review: Annotated[bool, typer.Option("--review", help="Also apply the edits that need a look.")] = False,
    allow_dirty: Annotated[
        bool, typer.Option("--allow-dirty", help="Also touch files with uncommitted changes in git.")
    ] = False,
    site: Site = None,
    no_report: Annotated[bool, typer.Option("--no-report", help="Leave the cost report out.")] = False,
    report_format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: Output = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Show for each site why it is believed to be OpenAI.")
    ] = False,
    color: Colored = Color.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Rewrite OpenAI usage for a provider, and say what is left.

    \b
    migrate rewrite --to ernie --diff        look first
    migrate rewrite src --to ernie           write; `migrate undo` takes it back
    migrate rewrite --to qwen --model gpt-4o=qwen3.7-plus
    migrate rewrite --to glm --check         for CI

    A file is written whole or not at all, and only when the result parses and binds every name.
    Exit code 1 when something is left for you, 3 when a file had to be left as it was.
    """
    from migrate_cli import api

    screen = Screen(color, quiet, verbose, output)
    models = read_models(model)
    selected = read_codes(select, _codes, "--select")
    ignored = read_codes(ignore, _codes, "--ignore")
    provider = api.provider(to)
    found = api.scan(paths_or_here(paths), progress=screen.progress("Reading files"))
    plan = api.plan(
        found, provider.id, models=models, select=selected, ignore=ignored, review=review, site=site
    )
    written = not (diff or check)
    outcome = api.apply(plan, dry_run=not written, allow_dirty=allow_dirty)
    costs = None
    if found.sites and not (no_report or quiet or diff or check):
        costs = api.report(found, [provider.id], models=models, site=site)
    _show(
        screen, outcome, costs, diff=diff, written=written, site=site, evidence=evidence, form=report_format
    )
    return exits.of_outcome(outcome, written=written)


def _codes() -> Sequence[str]:
    from migrate_cli import api

    return [doc.rule.code for doc in api.rules()]


def _show(
    screen: Screen,
    outcome: Outcome,
    costs: CostReport | None,
    *,
    diff: bool,
    written: bool,
    site: str | None,
    evidence: bool,
    form: Format,
) -> None:
    """JSON replaces the text; a diff has standard output to itself, so that it can be applied."""
    if form is Format.JSON:
        from migrate_cli.report.cost_json import costs_json
        from migrate_cli.report.json import outcome_json

        screen.write_json(
            outcome_json(outcome, written=written, costs=None if costs is None else costs_json(costs))
        )
        return

    def draw(console: Console) -> None:
        _text(console, screen, outcome, costs, written=written, site=site, evidence=evidence)

    if diff:
        from migrate_cli.rewrite.diff import unified

        screen.write(
            "".join(unified(f.path, f.before, f.after) for f in outcome.files if f.before != f.after)
        )
        screen.aside(draw)
    else:
        screen.show(draw)


def _text(
    console: Console,
    screen: Screen,
    outcome: Outcome,
    costs: CostReport | None,
    *,
    written: bool,
    site: str | None,
    evidence: bool,
) -> None:
    from migrate_cli import api
    from migrate_cli.report.text import render_outcome, render_setup, render_undo_hint

    provider = api.provider(outcome.plan.provider)
    render_outcome(
        outcome,
        provider.name,
        console,
        written=written,
        evidence=evidence,
        quiet=screen.quiet,
        verbose=screen.verbose,
    )
    if outcome.run is not None and not screen.quiet:
        render_undo_hint(outcome, console)
        render_setup(
            provider, next((s for s in provider.sites if s.name == site), provider.sites[0]), console
        )
    if costs is not None:
        from migrate_cli.report.cost_text import render_costs

        console.print()
        render_costs(costs, console)
