"""`migrate probe`: a few cheap requests to the real endpoint, held against the catalogue."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.cli.options import Color, Colored, Format, Output, Quiet, Site, TextOrJson
from migrate_cli.cli.screen import Screen, console
from migrate_cli.model import UserError

if TYPE_CHECKING:
    from rich.console import Console

    from migrate_cli.costs.small_bill import SmallBill
    from migrate_cli.runtime.probe.aim import Aim
    from migrate_cli.runtime.probe.verdict import Run

To = Annotated[
    str | None,
    typer.Option("--to", metavar="PROVIDER", help="Provider to ask, as `migrate providers` lists it."),
]
Full = Annotated[
    bool, typer.Option("--full", help="Ask about every field, form and model that can be asked about.")
]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="The model to ask; the usual replacement without."),
]
Address = Annotated[
    str | None,
    typer.Option("--base-url", metavar="URL", help="Ask at this address, which gets the key."),
]
KeyName = Annotated[
    str | None,
    typer.Option(
        "--key-env", metavar="NAME", help="The variable that holds the key; the provider's own without."
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="List the requests and what they cost; send nothing.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Send without asking first.")]
Timeout = Annotated[
    float, typer.Option("--timeout", metavar="SECONDS", min=1, max=600, help="Wait so long for each answer.")
]
Concurrency = Annotated[
    int, typer.Option("--concurrency", metavar="N", min=1, max=4, help="Requests at a time.")
]
Listing = Annotated[bool, typer.Option("--list", help="List what was observed so far; send nothing.")]
Forget = Annotated[
    bool, typer.Option("--forget", help="Remove what was observed, of one provider with --to; send nothing.")
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Also list what agrees with the catalogue.")]


def probe(
    to: To = None,
    full: Full = False,
    model: Model = None,
    site: Site = None,
    base_url: Address = None,
    key_env: KeyName = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    timeout: Timeout = 60,
    concurrency: Concurrency = 1,
    listing: Listing = False,
    forget: Forget = False,
    report_format: TextOrJson = Format.TEXT,
    output: Output = None,
    color: Colored = Color.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Ask the real endpoint, with your key, whether it does what the catalogue says.

    \b
    migrate probe --to deepseek --dry-run    the requests, and what they cost
    migrate probe --to deepseek              about twenty cheap requests; asks before it sends
    migrate probe --to qwen --site international --model qwen-plus --yes
    migrate probe --to glm --full            every field, form and model, still one request at a time
    migrate probe --list                     what was observed so far
    migrate probe --to glm --forget

    The key is read from the provider's variable and sent to that host only. What is observed is kept, and scan,
    rewrite, verify and standin prefer it to older facts (MIGRATE_NO_PROBE=1: they do not). A refusal counts when it
    comes twice; that a field was accepted never counts as a promise that it works. Not asked: forbidden content, huge
    prompts, wrong keys, many requests at once, images, speech, web search, files. Exit code 1 when something differs
    from the catalogue, 2 when it could not run or not to its end.
    """
    screen = Screen(color, quiet, verbose, output)
    screen.check()
    as_json = report_format is Format.JSON
    if listing or forget:
        return _record(to, screen, listing=listing, forget=forget, as_json=as_json)
    from migrate_cli import api_probe

    if not to:
        raise UserError("say which provider to ask with --to; `migrate providers` lists them")
    aim = api_probe.aim(to, site=site, base_url=base_url, model=model, full=full)
    bill = api_probe.estimate(aim)
    if dry_run:
        return _dry(aim, bill, screen, as_json=as_json)
    key = api_probe.read_key(aim, key_env)
    _agree(aim, bill, screen, yes=yes)
    done = api_probe.probe(
        aim, key, timeout=timeout, concurrency=concurrency, progress=screen.progress("asking")
    )
    if done.stopped and exits.told_nothing(done):
        raise UserError(f"{aim.host} could not be probed: {done.stopped}")
    _show(aim, bill, done, api_probe.keep(aim, done), screen, as_json=as_json)
    return exits.of_probe(done)


def _record(to: str | None, screen: Screen, *, listing: bool, forget: bool, as_json: bool) -> int:
    from migrate_cli import api_probe
    from migrate_cli.report.probe_json import record_json
    from migrate_cli.report.probe_text import render_record
    from migrate_cli.report.words import plural

    if listing and forget:
        raise UserError("--list shows what was observed and --forget removes it: give one of them")
    if forget:
        screen.write(f"{plural(api_probe.forget(to), 'run')} forgotten.\n")
        return exits.OK
    found = api_probe.on_record(to)
    if as_json:
        screen.write_json(record_json(found))
    else:
        screen.show(lambda page: render_record(found, page))
    return exits.OK


def _dry(aim: Aim, bill: SmallBill, screen: Screen, *, as_json: bool) -> int:
    from migrate_cli.report.probe_json import aim_json
    from migrate_cli.report.probe_text import render_aim, render_questions

    if as_json:
        screen.write_json(aim_json(aim, bill))
        return exits.OK

    def draw(page: Console) -> None:
        render_questions(aim, page)
        render_aim(aim, bill, page)

    screen.show(draw)
    return exits.OK


def _agree(aim: Aim, bill: SmallBill, screen: Screen, *, yes: bool) -> None:
    """Say what will be sent and what it costs, and ask. Raises UserError when nobody can be asked or says no."""
    from migrate_cli.report.probe_text import render_aim

    if not yes and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UserError(
            f"add --yes to send {len(aim.questions)} requests to {aim.host}, or --dry-run to see them"
        )
    if yes:
        screen.aside(lambda page: render_aim(aim, bill, page))
        return
    ask = console(sys.stderr, screen.color)
    render_aim(aim, bill, ask)
    try:
        answer = ask.input("send them [y,n]? ", markup=False).strip().lower()
    except EOFError:
        answer = ""
    if answer not in ("y", "yes"):
        raise UserError("nothing was sent")


def _show(aim: Aim, bill: SmallBill, done: Run, kept: Path | None, screen: Screen, *, as_json: bool) -> None:
    from migrate_cli.report.probe_json import probe_json
    from migrate_cli.report.probe_text import render_kept, render_probe

    if as_json:
        screen.write_json(probe_json(aim, bill, done, kept))
        return
    screen.show(lambda page: render_probe(aim, done, page, quiet=screen.quiet, verbose=screen.verbose))
    if kept is not None:
        screen.aside(lambda page: render_kept(aim, kept, page))
