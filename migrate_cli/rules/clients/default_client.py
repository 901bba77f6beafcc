"""SDK21: calls through the module's own client (`openai.chat.completions.create` from openai 1.0 on).

There is no constructor to edit: the client is made on the first call from `openai.api_key`, `openai.base_url`,
`openai.api_type` and the environment. SDK01 sets address and key at the import or beside the other settings; since
they hold for the whole process, a second provider needs a client of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, note
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK21",
    "default-client",
    "calls through the module's own client",
    10,
    Safety.ADVICE,
    leaves="the settings themselves, which SDK01 writes",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A word about each call without a client."""
    if site.kind is SiteKind.CALL and site.symbol.startswith("openai.") and not site.legacy:
        words = "calls through the module's own client, whose address and key hold for the whole process"
        yield note(RULE, site, target, words)


EXAMPLES = (
    Example.told(
        'import openai\n\nopenai.chat.completions.create(model="gpt-4o", messages=[])\n',
        "for the whole process",
    ),
    Example.silent('import openai\n\nopenai.ChatCompletion.create(model="gpt-4o", messages=[])\n'),
    Example.silent(
        'from openai import OpenAI\n\nOpenAI().chat.completions.create(model="gpt-4o", messages=[])\n'
    ),
)
