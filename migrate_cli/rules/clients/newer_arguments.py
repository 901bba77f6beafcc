"""SDK18: arguments of the client that only mean something at OpenAI.

`data_residency` (openai 3) cannot stand beside `base_url`: the constructor raises. `websocket_base_url` would keep
sending realtime traffic, and the new key, to the old host. Both are dropped with the move of the client.
`provider` and `workload_identity` bring an address and a sign-in of their own and need a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Level, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, drop, edit, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK18",
    "newer-arguments",
    "arguments of the client that only OpenAI takes",
    5,
    Safety.SAFE,
    leaves="`with_options(data_residency=…)`; admin keys, which only calls of the admin API send",
)

DROPPED = {
    "data_residency": "it cannot stand beside base_url, and no other provider keeps that promise",
    "websocket_base_url": "it is an address of OpenAI's",
}
OWN_SIGN_IN = ("provider", "workload_identity")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for a client that moves or has moved."""
    if site.kind is not SiteKind.CLIENT or target.id == "azure":
        return
    if site.elsewhere is not None and not target.owns(site.elsewhere):
        return
    if situation.levels.get(site.id, Level.EDIT) not in (Level.EDIT, Level.MIGRATED):
        return
    for name, because in DROPPED.items():
        for argument in site.named(name):
            yield edit(RULE, site, target, f"`{name}` dropped: {because}", drop(site, argument))
    for name in OWN_SIGN_IN:
        if site.argument(name) is not None:
            advice = f"construct the client with base_url={target.base_url!r} and api_key only"
            yield manual(
                RULE, site, target, f"`{name}` brings an address and a sign-in of its own", advice=advice
            )


EXAMPLES = (
    Example(
        'from openai import OpenAI\n\nclient = OpenAI(data_residency="eu", timeout=5)\n',
        "from openai import OpenAI\n\nclient = OpenAI(timeout=5)\n",
    ),
    Example.told(
        "from openai import OpenAI\n\nclient = OpenAI(workload_identity=who)\n", "a sign-in of its own"
    ),
    Example.silent('from openai import OpenAI\n\nclient = OpenAI(webhook_secret="w")\n'),
    Example.silent(
        'from openai import OpenAI\n\nclient = OpenAI(base_url="http://localhost/v1", websocket_base_url=u)\n'
    ),
)
