"""`migrate verify`: the user's own program, run against a strict local stand-in of the provider."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.cli.options import Color, Colored, Format, Output, Quiet, TextOrJson
from migrate_cli.cli.screen import Screen
from migrate_cli.model import UserError

if TYPE_CHECKING:
    from migrate_cli.runtime.verify.verdict import Verification

# Options of the command itself are not ours: whatever follows its first word is passed on.
SETTINGS = {"allow_interspersed_args": False, "ignore_unknown_options": False}


class Strictness(str, Enum):
    """What else makes a run fail."""

    IGNORED = "ignored"
    NOT_PROVEN = "not-proven"
    ESCAPED = "escaped"
    HOSTILE = "hostile"


Command = Annotated[
    list[str] | None,
    typer.Argument(metavar="-- COMMAND [ARGUMENTS]...", help="What to run.", show_default=False),
]
To = Annotated[
    list[str] | None,
    typer.Option(
        "--to",
        metavar="PROVIDER",
        help="Provider to play (openai for a program that stays); repeat it where calls are split.",
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option("--timeout", metavar="SECONDS", min=0.1, help="Stop the command after so long."),
]
Fail = Annotated[
    list[Strictness] | None,
    typer.Option("--fail-on", help="Fail also for these; repeatable.", show_choices=True),
]
Compare = Annotated[
    str | None,
    typer.Option(
        "--compare",
        metavar="BEFORE",
        help="Also run it as it was, in this directory or git revision, and compare.",
    ),
]
Allow = Annotated[
    list[str] | None,
    typer.Option(
        "--allow", metavar="HOST", help="Leave this host within reach, such as a database; repeatable."
    ),
]
Address = Annotated[
    list[str] | None,
    typer.Option(
        "--base-url",
        metavar="VARIABLE",
        help="Put the stand-in's address into this variable, for programs neither Python nor Node; repeatable.",
    ),
]
Hostile = Annotated[
    bool,
    typer.Option(
        "--hostile",
        help="Then run it again for each answer that breaks programs, about 20 times, unseen.",
    ),
]
Items = Annotated[
    str | None,
    typer.Option(
        "--items",
        metavar="NAME,NAME",
        help="Only these hostile answers; `list` names them all and runs nothing.",
        show_default=False,
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Also list the requests that were answered.")]


def verify(
    command: Command = None,
    to: To = None,
    compare: Compare = None,
    hostile: Hostile = False,
    items: Items = None,
    timeout: Timeout = None,
    fail_on: Fail = None,
    allow: Allow = None,
    base_url: Address = None,
    report_format: TextOrJson = Format.TEXT,
    output: Output = None,
    color: Colored = Color.AUTO,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Run your program or tests against a strict stand-in of the provider, on this machine.

    \b
    migrate verify --to glm -- python app.py       every request is judged; nothing leaves
    migrate verify --to glm -- pytest -x
    migrate verify --to glm --compare HEAD~1 -- python app.py     asks it what it asked before?
    migrate verify --to glm --hostile --compare HEAD~1 -- python app.py    does it take what breaks programs?
    migrate verify --to deepseek --to qwen -- python app.py       embeddings at another provider
    migrate verify --to glm -- node app.js
    migrate verify --to glm --base-url OPENAI_BASE_URL -- ./app       neither Python nor Node

    The program is not touched: its requests to providers and to OpenAI go to the stand-in, other connections are
    refused and listed, and its keys are made up. Its exit code is passed on; 1 when a request would be refused,
    went elsewhere, carried a foreign key, or when there was none. With --format json its output goes to standard error.
    With --hostile it is also 1 when an answer that the provider may give breaks the program but not the original of
    --compare; without an original only what it did is told, unless you ask for --fail-on hostile.
    """
    from migrate_cli.api_verify import verify as run
    from migrate_cli.runtime.verify.verdict import FailOn

    names = _names(items) if hostile or items is not None else None
    if names == ["list"]:
        return _list(to, Screen(color, quiet, verbose, output))
    if names is None and Strictness.HOSTILE in (fail_on or ()):
        raise UserError("--fail-on hostile is about hostile answers: add --hostile")
    if not to:
        raise UserError("say which provider to play with --to; `migrate providers` lists them")
    screen = Screen(color, quiet, verbose, output)
    screen.check()
    as_json = report_format is Format.JSON
    done = run(
        command or (),
        to,
        timeout=timeout,
        allow=allow or (),
        addresses=base_url or (),
        fail_on=[FailOn(each.value) for each in fail_on or ()],
        before=compare,
        hostile=names,
        told=screen.progress("hostile answers"),
        reading=screen.progress("Reading files"),
        stdout=2 if as_json and output is None else None,
    )
    _show(done, screen, as_json=as_json)
    return exits.of_verification(done)


def _names(items: str | None) -> list[str]:
    """The names in a list with commas; none of them means all."""
    return [name.strip() for name in (items or "").split(",") if name.strip()]


def _list(to: list[str] | None, screen: Screen) -> int:
    """Name the hostile answers, with what is known of them at the provider, if one is given."""
    from migrate_cli import api
    from migrate_cli.report.verify_hostile_text import render_items

    provider = api.provider(to[0]) if to else None
    screen.show(lambda c: render_items(provider, c))
    return exits.OK


def _show(done: Verification, screen: Screen, *, as_json: bool) -> None:
    if as_json:
        from migrate_cli.report.verify_json import verify_json

        screen.write_json(verify_json(done))
        return
    from migrate_cli.report.verify_text import render_verification

    if screen.output is None:
        screen.write("\n")  # the program's last line may have no end
    screen.show(lambda c: render_verification(done, c, quiet=screen.quiet, verbose=screen.verbose))
