"""SDK23: a client that already points somewhere else is left alone.

Its base URL is a literal and its host is neither OpenAI's nor the target's: a gateway, a local server, another
provider. Whoever wrote it meant it.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Level, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, migrated, skip
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK23",
    "foreign-client",
    "client that already points to another provider",
    5,
    leaves="gateways whose address is only known at run time",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every client, setting and call whose base URL is another provider's."""
    if site.elsewhere is None or site.kind not in (SiteKind.CLIENT, SiteKind.SETTING, SiteKind.CALL):
        return
    if target.owns(site.elsewhere):
        if site.kind is not SiteKind.CALL:
            yield migrated(RULE, site, target, f"already points to {target.provider.name}")
        return
    if not apart(site, situation):
        yield skip(RULE, site, target, f"already points to {site.elsewhere}; left alone")


def apart(site: Site, situation: Situation) -> bool:
    """Whether a call goes to a provider of its own, while its client has moved to the main one."""
    named = (site.endpoint or "").partition(".")[0] in situation.others and bool(site.clients)
    return named and all(situation.levels.get(c) is Level.MIGRATED for c in site.clients)


EXAMPLES = (
    Example.untouched('from openai import OpenAI\n\nclient = OpenAI(base_url="http://localhost:11434/v1")\n'),
    Example.untouched('import openai\n\nopenai.api_base = "https://api.groq.com/openai/v1"\n'),
)
