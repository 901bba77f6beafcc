"""`migrate rewrite`: write the plan, or show it, and say what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.cli.options import (
    Color,
    Colored,
    Evidence,
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


Target = Annotated[
    str,
    typer.Option("--to", metavar="PROVIDER", help="Provider to move to, as `migrate providers` lists it."),
]
Diff = Annotated[bool, typer.Option("--diff", help="Print the change as a diff and write nothing.")]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; exit code 1 when anything is pending.")]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="CODES", help="Only these rules, as `migrate rules` lists them."),
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="CODES", help="All but these rules.")]
Review = Annotated[bool, typer.Option("--review", help="Also apply the edits that need a look.")]
AllowDirty = Annotated[
    bool, typer.Option("--allow-dirty", help="Also touch files with uncommitted changes in git.")
]
NoReport = Annotated[bool, typer.Option("--no-report", help="Leave the cost report out.")]
TextOrJson = Annotated[Format, typer.Option("--format", help="text or json.")]


@dataclass(frozen=True, slots=True)
class _View:
    """How the outcome is to be shown."""

    screen: Screen
    form: Format
    diff: bool
    written: bool
    evidence: bool
    site: str | None


def rewrite(
    to: Target,
    paths: Paths = None,
    diff: Diff = False,
    check: Check = False,
    model: Models = None,
    select: Select = None,
    ignore: Ignore = None,
    review: Review = False,
    allow_dirty: AllowDirty = False,
    site: Site = None,
    no_report: NoReport = False,
    form: TextOrJson = Format.TEXT,
    output: Output = None,
    evidence: Evidence = False,
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

    view = _View(Screen(color, quiet, verbose, output), form, diff, not (diff or check), evidence, site)
    models = read_models(model)
    only, without = read_codes(select, _codes, "--select"), read_codes(ignore, _codes, "--ignore")
    provider = api.provider(to).id
    found = api.scan(paths_or_here(paths), progress=view.screen.progress("Reading files"))
    plan = api.plan(found, provider, models=models, select=only, ignore=without, review=review, site=site)
    outcome = api.apply(plan, dry_run=not view.written, allow_dirty=allow_dirty)
    costs = None
    if view.written and not (no_report or quiet) and api.models_found(found):
        costs = api.report(found, [provider], models=models, site=site)
    _show(view, outcome, costs)
    return exits.of_outcome(outcome, written=view.written)


def _codes() -> Sequence[str]:
    from migrate_cli import api

    return [doc.rule.code for doc in api.rules()]


def _show(view: _View, outcome: Outcome, costs: CostReport | None) -> None:
    """JSON replaces the text; a diff has standard output to itself, so that it can be applied."""
    if view.form is Format.JSON:
        from migrate_cli.report.cost_json import costs_json
        from migrate_cli.report.json import outcome_json

        prices = None if costs is None else costs_json(costs)
        view.screen.write_json(outcome_json(outcome, written=view.written, costs=prices))
    elif view.diff:
        from migrate_cli.rewrite.diff import unified

        changed = (file for file in outcome.files if file.before != file.after)
        view.screen.write("".join(unified(file.path, file.before, file.after) for file in changed))
        view.screen.aside(lambda console: _text(view, outcome, None, console))
    else:
        view.screen.show(lambda console: _text(view, outcome, costs, console))


def _text(view: _View, outcome: Outcome, costs: CostReport | None, console: Console) -> None:
    from migrate_cli import api
    from migrate_cli.report.text import render_outcome, render_setup, render_undo_hint

    provider = api.provider(outcome.plan.provider)
    render_outcome(
        outcome,
        provider.name,
        console,
        written=view.written,
        evidence=view.evidence,
        quiet=view.screen.quiet,
        verbose=view.screen.verbose,
    )
    if outcome.run is not None and not view.screen.quiet:
        render_undo_hint(outcome, console)
        address = next((site for site in provider.sites if site.name == view.site), provider.sites[0])
        render_setup(provider, address, console)
    if costs is not None:
        from migrate_cli.report.cost_brief import render_costs_brief
        from migrate_cli.report.cost_text import render_costs

        console.print()
        (render_costs if view.screen.verbose else render_costs_brief)(costs, console)
