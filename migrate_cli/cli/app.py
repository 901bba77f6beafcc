"""The command line as a whole: the commands, and how a run of them ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from migrate_cli import __version__
from migrate_cli.cli import exits
from migrate_cli.cli.catalog import catalog
from migrate_cli.cli.explain import explain
from migrate_cli.cli.probe import probe
from migrate_cli.cli.providers import providers
from migrate_cli.cli.report import report
from migrate_cli.cli.rewrite import rewrite
from migrate_cli.cli.rules import rules
from migrate_cli.cli.scan import scan
from migrate_cli.cli.screen import Screen
from migrate_cli.cli.standin import standin
from migrate_cli.cli.undo import undo
from migrate_cli.cli.verify import SETTINGS as VERIFY_SETTINGS
from migrate_cli.cli.verify import verify

# Without rich markup, help takes half the time and can be copied; local variables never reach a traceback.
app = typer.Typer(
    name="migrate",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
)
for command in (scan, rewrite, undo, standin, probe, report, providers, rules, explain):
    app.command()(command)
app.command(context_settings=VERIFY_SETTINGS)(verify)
app.add_typer(catalog, name="catalog")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"migrate {__version__}")
        raise typer.Exit


@app.callback()
def migrate(
    version: Annotated[
        bool,
        typer.Option("--version", "-V", is_eager=True, callback=_version, help="Print the version and exit."),
    ] = False,
) -> None:
    """Find OpenAI API usage, rewrite it for a Chinese provider, and say what the move costs.

    \b
    migrate scan                      where is OpenAI used, and where could it move?
    migrate scan --to ernie           how does each place fare on ERNIE?
    migrate rewrite --to ernie --diff the change, without writing it
    migrate rewrite --to ernie        write it, then print what is left and what it costs
    migrate verify --to ernie -- pytest  run it against a strict stand-in: is every request one that ERNIE takes?
    migrate undo                      take the last rewrite back
    migrate probe --to ernie          ask the real endpoint, with your key, whether the facts hold

    Nothing reaches the network but `probe` and `catalog update`. Exit codes: 0 nothing to do or all done, 1 findings or
    work left, 2 usage error, 3 some file could not be read or written, 130 interrupted.
    """
    from migrate_cli.catalogue.installed import in_use
    from migrate_cli.catalogue.observed import in_use as preferred
    from migrate_cli.catalogue.observed import observations

    warning = in_use().warning
    problems = observations().warnings if preferred() else ()
    Screen().complain([*([warning] if warning else []), *problems])


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; usage errors are shown here, others are the caller's."""
    try:
        code = app(args=list(arguments), prog_name="migrate", standalone_mode=False)
    except typer.Abort:
        return exits.INTERRUPTED
    except _usage_error() as error:
        _show(error)
        return exits.USAGE
    return int(code or exits.OK)


def _show(error: typer.BadParameter) -> None:
    """Print click's own words, which quote what was typed: a key in the wrong place is not repeated."""
    import sys
    from io import StringIO

    from migrate_cli.files.secrets import mask

    page = StringIO()
    error.show(file=page)
    sys.stderr.write(mask(page.getvalue()))


def _usage_error() -> type[typer.BadParameter]:
    """The base of click's usage errors; newer versions of typer carry click inside and do not export it."""
    found: type[typer.BadParameter] = next(
        base for base in typer.BadParameter.__mro__ if base.__name__ == "ClickException"
    )
    return found
