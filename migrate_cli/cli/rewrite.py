"""`migrate rewrite`: write the plan, or show it, and say what is left."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
    Quiet,
    RewriteFormat,
    Site,
    Verbose,
    paths_or_here,
    read_codes,
    read_models,
)
from migrate_cli.cli.screen import Screen
from migrate_cli.model import UserError

if TYPE_CHECKING:
    from rich.console import Console

    from migrate_cli.costs.lines import CostReport
    from migrate_cli.model import Outcome, Plan


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
Form = Annotated[
    RewriteFormat, typer.Option("--format", help="text, json, or pr: the body of a pull request in Markdown.")
]
Interactive = Annotated[
    bool, typer.Option("--interactive", "-i", help="Ask for each change: y, n, a, s, q or ?.")
]
UpgradeSdk = Annotated[
    bool, typer.Option("--upgrade-sdk", help="Also move code for openai before 1.0 to the current SDK.")
]
Guard = Annotated[
    bool,
    typer.Option(
        "--guard", help="Add a small module that keeps requests built at run time within the limits."
    ),
]
Todo = Annotated[bool, typer.Option("--todo", help="Leave a comment above each line that is left for you.")]
EmbeddingsTo = Annotated[
    str | None,
    typer.Option("--embeddings-to", metavar="PROVIDER", help="Move embeddings to this one instead."),
]
ImagesTo = Annotated[
    str | None, typer.Option("--images-to", metavar="PROVIDER", help="Move images to this one instead.")
]
AudioTo = Annotated[
    str | None,
    typer.Option("--audio-to", metavar="PROVIDER", help="Move speech and transcription to this one."),
]


@dataclass(frozen=True, slots=True)
class _View:
    """How the outcome is to be shown."""

    screen: Screen
    form: RewriteFormat
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
    interactive: Interactive = False,
    upgrade_sdk: UpgradeSdk = False,
    guard: Guard = False,
    todo: Todo = False,
    embeddings_to: EmbeddingsTo = None,
    images_to: ImagesTo = None,
    audio_to: AudioTo = None,
    allow_dirty: AllowDirty = False,
    site: Site = None,
    no_report: NoReport = False,
    form: Form = RewriteFormat.TEXT,
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
    migrate rewrite --to kimi --embeddings-to qwen --todo
    migrate rewrite --to deepseek -i         ask for each change
    migrate rewrite --to glm --check         for CI
    migrate rewrite --to glm --format pr     the body of the pull request

    A file is written whole or not at all, and only when the result parses and binds every name.
    Exit code 1 when something is left for you, 3 when a file had to be left as it was.
    """
    from migrate_cli import api

    view = _View(Screen(color, quiet, verbose, output), form, diff, not (diff or check), evidence, site)
    models = read_models(model)
    only, without = read_codes(select, _codes, "--select"), read_codes(ignore, _codes, "--ignore")
    provider = api.provider(to).id
    found = api.scan(paths_or_here(paths), progress=view.screen.progress("Reading files"))
    apart = {"embeddings": embeddings_to, "images": images_to, "audio": audio_to}
    plan = api.plan(
        found,
        provider,
        models=models,
        select=only,
        ignore=without,
        review=review or interactive,
        upgrade_sdk=upgrade_sdk,
        guard=guard,
        todo=todo,
        others={name: chosen for name, chosen in apart.items() if chosen is not None},
        site=site,
    )
    if interactive:
        plan = _asked(plan, view)
    outcome = api.apply(plan, dry_run=not view.written, allow_dirty=allow_dirty)
    costs = None
    if view.written and not (no_report or quiet) and api.models_found(found):
        from migrate_cli.costs.terms import Terms

        costs = api.report(found, [provider], Terms(as_of=date.today(), overrides=models, site=site))
    _show(view, outcome, costs)
    return exits.of_outcome(outcome, written=view.written)


def _asked(plan: Plan, view: _View) -> Plan:
    """The plan with what the user took, asked on standard error so that the report can go anywhere."""
    from migrate_cli.cli.interactive import ask_for_each
    from migrate_cli.cli.screen import console

    if not view.written:
        raise UserError("--interactive writes what you take: leave --diff and --check out")
    ask = console(sys.stderr, view.screen.color)
    return ask_for_each(plan, lambda prompt: ask.input(prompt, markup=False), ask)


def _codes() -> Sequence[str]:
    from migrate_cli import api

    return [doc.rule.code for doc in api.rules()]


def _show(view: _View, outcome: Outcome, costs: CostReport | None) -> None:
    """JSON replaces the text; a diff has standard output to itself, so that it can be applied."""
    from migrate_cli import api

    if view.form is RewriteFormat.JSON:
        from migrate_cli.report.cost_json import costs_json
        from migrate_cli.report.json import outcome_json

        prices = None if costs is None else costs_json(costs)
        made = api.hand_over(outcome, site=view.site)
        view.screen.write_json(outcome_json(outcome, made, written=view.written, costs=prices))
    elif view.form is RewriteFormat.PR:
        from migrate_cli.report.pull_request import pull_request

        name = api.provider(outcome.plan.provider).name
        made = api.hand_over(outcome, site=view.site)
        view.screen.write(pull_request(outcome, made, name, written=view.written))
    elif view.diff:
        from migrate_cli.rewrite.diff import unified

        changed = (file for file in outcome.files if file.before != file.after)
        view.screen.write("".join(unified(file.path, file.before, file.after) for file in changed))
        view.screen.aside(lambda console: _text(view, outcome, None, console))
    else:
        view.screen.show(lambda console: _text(view, outcome, costs, console))


def _text(view: _View, outcome: Outcome, costs: CostReport | None, console: Console) -> None:
    from migrate_cli import api
    from migrate_cli.report import words
    from migrate_cli.report.handover_text import render_handover
    from migrate_cli.report.text import render_outcome, render_undo_hint

    name = api.provider(outcome.plan.provider).name
    screen = view.screen
    if screen.verbose or screen.quiet or view.evidence:
        render_outcome(
            outcome,
            name,
            console,
            written=view.written,
            evidence=view.evidence,
            quiet=screen.quiet,
            verbose=screen.verbose,
        )
    else:
        words.line(console, (words.scope(outcome.plan.scan), "bold"))
        words.skips(outcome.plan.scan, console, verbose=False)
        made = api.hand_over(outcome, site=view.site)
        render_handover(outcome, made, name, console, written=view.written)
    if outcome.run is not None and not screen.quiet:
        render_undo_hint(outcome, console)
    if costs is not None:
        from migrate_cli.report.cost_brief import render_costs_brief
        from migrate_cli.report.cost_text import render_costs

        console.print()
        (render_costs if screen.verbose else render_costs_brief)(costs, console)
