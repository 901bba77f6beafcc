"""`migrate catalog`: the age and agreement of the facts, and newer ones on request."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.cli.options import AsOf, Color, Colored, Format, Output, read_date, read_decimal
from migrate_cli.cli.screen import Screen
from migrate_cli.model import UserError

if TYPE_CHECKING:
    from migrate_cli.update.failure import UpdateFailed

_SHA256 = re.compile(r"[0-9a-fA-F]{64}")

catalog = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@catalog.callback()
def group() -> None:
    """Show, check, update or export the facts that reports rest on.

    \b
    migrate catalog show
    migrate catalog check --against model_prices_and_context_window.json
    migrate catalog update --from https://intranet.example/catalogue.json --dry-run
    """


@catalog.command()
def show(output: Output = None, color: Colored = Color.AUTO) -> int:
    """Say which catalogue is in use, of what date and from where."""
    from migrate_cli import api_catalog
    from migrate_cli.report.catalog_text import render_in_use

    found, compiled = api_catalog.in_use(), api_catalog.compiled()
    Screen(color, output=output).show(lambda console: render_in_use(found, compiled, console))
    return exits.OK


@catalog.command()
def path() -> int:
    """Print the directory of the catalogue in use."""
    from migrate_cli import api_catalog

    Screen().write(f"{api_catalog.in_use().directory}\n")
    return exits.OK


@catalog.command()
def export(output: Output = None) -> int:
    """Write the catalogue in use as one JSON file.

    A company can change it and host it for `migrate catalog update`.
    """
    from migrate_cli import api_catalog

    Screen(output=output).write(api_catalog.export())
    return exits.OK


@catalog.command()
def check(
    against: Annotated[
        list[Path] | None,
        typer.Option(
            "--against",
            metavar="FILE",
            help="Price data of litellm, genai-prices or models.dev, told by its content; repeatable.",
        ),
    ] = None,
    fx: Annotated[
        str | None,
        typer.Option("--fx", metavar="RATE", help="Yuan per US dollar; the catalogue's rate without."),
    ] = None,
    as_of: AsOf = None,
    report_format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: Output = None,
    color: Colored = Color.AUTO,
) -> int:
    """List old facts, and prices that differ from open data.

    Old is more than 60 days. A list price differs when the data in a file given is more than 5% off, after conversion;
    nothing is written into the catalogue. Exit code 1 when a price differs.
    """
    from migrate_cli import api_catalog
    from migrate_cli.report.catalog_check import check_json, render_check

    rate, day = read_decimal(fx, "--fx"), read_date(as_of, "--as-of")
    found = api_catalog.check(against or (), as_of=day, cny_per_usd=rate)
    screen = Screen(color, output=output)
    if report_format is Format.JSON:
        screen.write_json(check_json(found))
    else:
        screen.show(lambda console: render_check(found, console))
    return exits.FINDINGS if found.differs else exits.OK


@catalog.command()
def update(
    place: Annotated[
        str, typer.Option("--from", metavar="PLACE", help="A bundle: a file, file:// or https:// address.")
    ],
    sha256: Annotated[
        str | None,
        typer.Option("--sha256", metavar="HASH", help="Take the bundle only if it has this hash."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")
    ] = False,
    color: Colored = Color.AUTO,
) -> int:
    """Take a newer catalogue into use.

    It has the form that `migrate catalog export` writes. Only this command can reach the network, and only the address
    given. Whatever goes wrong, the catalogue in use stays, and the exit code is 3.
    """
    from migrate_cli import api_catalog
    from migrate_cli.report.catalog_text import render_update
    from migrate_cli.update.failure import UpdateFailed

    if sha256 is not None and not _SHA256.fullmatch(sha256):
        raise UserError("--sha256 wants the 64 hexadecimal digits of a sha256")
    screen = Screen(color)
    try:
        done = api_catalog.update(place, sha256=sha256, dry_run=dry_run)
    except UpdateFailed as error:
        return _failed(error, screen)
    if done is None:
        screen.write("Nothing is new there.\n")
        return exits.OK
    overridden = api_catalog.in_use().origin == "environment"
    screen.show(lambda console: render_update(done, console, overridden=overridden))
    return exits.OK


@catalog.command()
def rollback() -> int:
    """Go back to the update before, or to the packaged one."""
    from migrate_cli import api_catalog
    from migrate_cli.update.failure import UpdateFailed

    screen = Screen()
    try:
        edition = api_catalog.rollback()
    except UpdateFailed as error:
        return _failed(error, screen)
    told = f"The update of {edition.compiled}" if edition else "The packaged catalogue"
    screen.write(f"{told} is in use again.\n")
    return exits.OK


def _failed(error: UpdateFailed, screen: Screen) -> int:
    from migrate_cli.files.secrets import mask

    screen.complain([mask(f"{error}; the catalogue in use is unchanged")])
    return exits.PROBLEM
