"""ENV09: keys that only work where they were issued.

Several providers run platforms, regions and plans side by side, each with keys of its own: a key from the other one
is answered with 401. This cannot be seen in the source; it is said once, where the client gets its address.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, note
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ENV09",
    "key-scope",
    "keys bound to a platform, region or plan",
    5,
    Safety.ADVICE,
    leaves="which platform a key is from: only a request tells",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A word about each client that goes to a provider with such keys."""
    if site.kind is not SiteKind.CLIENT or site.elsewhere is not None:
        return
    known = target.behaviour("clients.keys_bound")
    if known is not None and known.holds:
        words = f"a key of {target.provider.name} only works on what issued it: {known.data}"
        yield note(RULE, site, target, words, source=known.fact.source)


EXAMPLES = (
    Example.told("from openai import OpenAI\n\nclient = OpenAI()\n", "only works on what issued it", "kimi"),
    Example.silent("from openai import OpenAI\n\nclient = OpenAI()\n", "deepseek"),
    Example.silent(
        'from openai import OpenAI\n\nclient = OpenAI(base_url="http://localhost:8000/v1")\n', "kimi"
    ),
)
