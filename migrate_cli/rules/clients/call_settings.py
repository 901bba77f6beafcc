"""SDK05: openai<1 takes the connection with each call: `create(api_base=…, api_key=…, api_type=…)`.

Base URL and key are treated like the module's settings, Azure's and the organisation are dropped.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Operation, Origin, ReplaceExpression, Rule, Safety, Site, SiteKind
from migrate_cli.rules.clients.addresses import pointed, replaceable
from migrate_cli.rules.clients.client_endpoint import (
    imported,
    is_target_url,
    key_given_by,
    renamed_where_read,
)
from migrate_cli.rules.support import Example, Situation, drop, edit, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK05",
    "call-settings",
    "connection settings passed with a call of openai<1",
    5,
    Safety.SAFE,
    leaves="settings in a dictionary that cannot be followed, and which model an Azure deployment stands for",
)

DROPPED = ("api_type", "api_version", "organization")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for the settings among a legacy call's arguments."""
    if site.kind is not SiteKind.CALL or not site.legacy or target.id == "azure" or target.is_template:
        return
    for name in DROPPED:
        for argument in site.named(name):
            yield edit(RULE, site, target, f"`{name}` dropped", drop(site, argument))
    if situation.upgrade.moves(site):
        return  # they become options of the client, together with the call
    yield from url(site, target)
    yield from key(site, target)


def url(site: Site, target: Target) -> Iterator[Finding]:
    """`api_base=`: None means the module's own setting, which moves by itself."""
    for argument in site.named("api_base"):
        values = [v for v in argument.values if v.origin is not Origin.NONE and not is_target_url(v, target)]
        if values and all(replaceable(v) for v in values):
            yield edit(RULE, site, target, f"call points to {target.base_url}", *pointed(values, target))
        elif values:
            yield review(RULE, site, target, f"the base URL is given by `{argument.code}`: {target.base_url}")


def key(site: Site, target: Target) -> Iterator[Finding]:
    """`api_key=`: a literal becomes an environment read, anything else must hold the provider's key."""
    for argument in site.named("api_key"):
        edits: list[Operation] = []
        for value in argument.values:
            if value.origin is Origin.LITERAL:
                edits.append(ReplaceExpression(value.path, value.span, target.key_code))
                edits += imported(value.path, target.key_code)
        if edits:
            yield edit(RULE, site, target, "key read from the environment", *edits)
        elif any(not renamed_where_read(v) for v in argument.values if v.origin is not Origin.NONE):
            yield review(RULE, site, target, key_given_by(argument.code, target))


EXAMPLES = (
    Example(
        "import openai\n\n"
        'openai.ChatCompletion.create(model=m, messages=[], api_base="https://api.openai.com/v1", api_version="1")\n',
        "import openai\n\n"
        'openai.ChatCompletion.create(model=m, messages=[], api_base="https://qianfan.baidubce.com/v2")\n',
    ),
    Example.untouched("import openai\n\nopenai.ChatCompletion.create(model=m, messages=[], api_base=None)\n"),
    Example.untouched('import boto3\n\nboto3.client("s3", api_version="2006")\n'),
)
