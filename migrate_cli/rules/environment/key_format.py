"""ENV08: a check of what OpenAI's keys look like.

`key.startswith("sk-")` refuses valid keys of providers whose keys are built otherwise (`bce-v3/…`, `id.secret`,
`key:secret`, a UUID). The check becomes one for a key at all. A regular expression with a length may refuse the `sk-`
keys of the others too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Finding, Level, ReplaceExpression, Rule, Safety, Site, SiteKind, Use, Way
from migrate_cli.rules.support import Example, Situation, edit, note, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ENV08",
    "key-format",
    "check of what a key looks like",
    5,
    Safety.SAFE,
    leaves="keys that are not read from the environment; rules of secret scanners, which look for sk-",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every such check of a key that becomes the provider's."""
    known = target.behaviour("clients.key_format")
    if site.kind is not SiteKind.ENVIRONMENT or known is None or known.holds is None:
        return
    for use in (u for u in site.uses if u.literals == ("sk-",)):
        if known.holds and moves(site, situation):
            words = f"keys of {target.provider.name} do not start with sk- but are {known.data}"
            yield replace(judged(site, target, use, words, known.fact.source), place=use.location)
        elif use.way is Way.ARGUMENT:
            words = f"keys of {target.provider.name} start with sk-, but need not be as long as this pattern wants"
            yield replace(note(RULE, site, target, words, source=known.fact.source), place=use.location)


def moves(site: Site, situation: Situation) -> bool:
    """Whether the key that is read here becomes the provider's."""
    client = situation.feeds.get((site.path, site.span))
    level = situation.levels.get(client) if client is not None else None
    return level in (Level.EDIT, Level.MIGRATED) or (level is None and situation.everything_moves())


def judged(site: Site, target: Target, use: Use, words: str, source: str | None) -> Finding:
    """The finding for one check; `startswith` becomes the key itself, which is empty where there is none."""
    if use.way is Way.METHOD and use.outer is not None and use.code.isidentifier():
        return edit(
            RULE, site, target, words, ReplaceExpression(use.path, use.outer, use.code), source=source
        )
    advice = "test that there is a key, not what it looks like"
    return review(RULE, site, target, words, advice=advice, source=source)


START = 'import os\nfrom openai import OpenAI\n\nkey = os.getenv("OPENAI_API_KEY", "")\n'
EXAMPLES = (
    Example(
        START + 'assert key.startswith("sk-")\nclient = OpenAI(api_key=key)\n',
        START + 'assert key\nclient = OpenAI(api_key=key, base_url="https://open.bigmodel.cn/api/paas/v4")\n',
        "glm",
        beside=("SDK08",),
    ),
    Example.untouched(START + 'assert key.startswith("sk-")\nclient = OpenAI(api_key=key)\n', "deepseek"),
    Example.silent(START + 'assert key.startswith("sk-")\n', "glm"),
    Example.silent(START + 'name.startswith("sk-")\nclient = OpenAI(api_key=key)\n', "glm"),
)
