"""`migrate standin`: a provider played on this machine, in the foreground, for people's own tests."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from migrate_cli.cli import exits
from migrate_cli.model import UserError

if TYPE_CHECKING:
    from migrate_cli.runtime.roles import Role
    from migrate_cli.runtime.standin import StandIn

PORT = 8399
EVERYONE = "all"
_LOOK = 0.2  # seconds between two looks at whether to stop


class Mode(str, Enum):
    """How the answers are."""

    HAPPY = "happy"
    HOSTILE = "hostile"


def standin(
    who: Annotated[
        str,
        typer.Option("--as", metavar="PROVIDER", help="Whom to play: a provider, openai, or all of them."),
    ],
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="Where to listen; 0 for a free port.")
    ] = PORT,
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="The address to listen on.")
    ] = "127.0.0.1",
    mode: Annotated[
        Mode,
        typer.Option(
            "--mode", help="happy answers well; hostile meets each request with what breaks programs."
        ),
    ] = Mode.HAPPY,
    slow: Annotated[
        bool, typer.Option("--slow", help="In hostile mode, also let the first byte wait for 20 seconds.")
    ] = False,
) -> int:
    """Play a provider on this machine until Ctrl-C: strict on requests, the same answers every time.

    \b
    migrate standin --as glm
    migrate standin --as glm --mode hostile   each request meets another unfriendly answer
    migrate standin --as all --port 0         every provider and OpenAI, each below its name: /glm, /qwen, /openai

    A provider's own SDK is understood as well: what leads it here is said at the start, and its dialect in the log.
    """
    from migrate_cli.runtime.hostile.server import Hostile
    from migrate_cli.runtime.log_line import line, summary
    from migrate_cli.runtime.serving import address_taken
    from migrate_cli.runtime.standin import StandIn

    if slow and mode is Mode.HAPPY:
        raise UserError("--slow is an answer of hostile mode: add --mode hostile")
    roles = _roles(who)
    hostile = Hostile(slow=slow) if mode is Mode.HOSTILE else None
    first = roles[0]
    try:
        server = StandIn(
            first.provider,
            first.key,
            at=(host, port),
            roles=roles,
            hostile=hostile,
            told=lambda exchange: print(line(exchange), flush=True),
        )
    except OSError as error:
        raise UserError(address_taken(host, port, error)) from None
    with server:
        for text in _greeting(server):
            print(text, flush=True)
        _wait()
    for text in summary(server.exchanges, hostile):
        print(text)
    return exits.OK


def _roles(who: str) -> tuple[Role, ...]:
    """Whom to play; raises UserError for a name that is nobody's."""
    from migrate_cli import api
    from migrate_cli.runtime.roles import OPENAI, Role, every_role, player, standin_key

    if who.strip().lower() == EVERYONE:
        return every_role(api.usable_providers()[0])
    found = player(who, api.provider)
    return (Role(found, standin_key(found.id if found else OPENAI)),)


def _greeting(server: StandIn) -> list[str]:
    """Where it listens, and what to set so that a program asks here, the provider's own SDKs included."""
    from migrate_cli.runtime.native import dialect as native

    lines = []
    for role in server.roles:
        first = role.addresses(server.origin)[:1]
        if not first:
            continue
        lines.append(f"{role.name} at {first[0]}  key {role.key}")
    if len(server.roles) == 1:
        role = server.roles[0]
        own = role.provider.key_variable if role.provider is not None else None
        named = dict.fromkeys(["OPENAI_API_KEY", *([own] if own else [])], role.key)
        lines += [f"  export OPENAI_BASE_URL={server.address}"]
        lines += [f"  export {name}={key}" for name, key in named.items()]
        told = native.pointers(role.provider, server.origin)
        lines += [f"  SDK {name}: {text}" for name, text in told]
    return [*lines, "Ctrl-C ends it."]


def _wait() -> None:
    """Return when the process is told to stop: Ctrl-C, or a polite kill."""
    import signal
    import threading

    stop = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        while not stop.wait(_LOOK):
            pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
