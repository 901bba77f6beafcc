"""`migrate undo`: take a rewrite back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.cli.options import Color, Colored, Quiet
from migrate_cli.cli.screen import Screen


def undo(
    run: Annotated[
        str | None, typer.Argument(metavar="[RUN]", help="The run to take back; the last without.")
    ] = None,
    root: Annotated[
        Path, typer.Option("--root", metavar="DIR", help="The project that was rewritten.")
    ] = Path(),
    color: Colored = Color.AUTO,
    quiet: Quiet = False,
) -> int:
    """Restore the files of the last rewrite, or of the run named.

    \b
    migrate undo
    migrate undo RUN        as `migrate rewrite` printed it

    A file that was changed since is left as it is and named. Exit code 3 when one was.
    """
    from migrate_cli import api
    from migrate_cli.report.undo import render_undo

    screen = Screen(color, quiet)
    results = api.undo(root, run)
    screen.show(lambda console: render_undo(results, console, quiet=quiet))
    return exits.of_undo(results)
