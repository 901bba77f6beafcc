"""SDK22: the list of models as a health check or a menu.

`client.models.list()` gives the new provider's ids: a search for OpenAI's names finds none, and filters on prefixes or
on `owned_by` empty the menu. Where the endpoint is missing, END00 says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Finding, Rule, Safety, Site, SiteKind, Use, Way
from migrate_cli.rules.support import Example, Situation, note, review
from migrate_cli.sites.guards import MODEL
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK22",
    "model-list",
    "list of models as a health check or a menu",
    10,
    Safety.ADVICE,
    leaves="lists that are handed to a page or a cache and filtered there",
)

STEMS = ("gpt", "davinci", "dall-e", "whisper", "tts")  # of OpenAI's names, looked for without a version


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each place where OpenAI's names are looked for, else a word about the list."""
    if site.kind is not SiteKind.CALL or site.endpoint != "models" or target.id == "azure":
        return
    entry = target.endpoint("models")
    if entry is None or entry.support.value != "supported" or not site.symbol.endswith("list"):
        return
    searched = [use for use in site.uses if named(use)]
    for use in searched:
        words = f"looks for {', '.join(named(use))} in a list that will hold {target.provider.name}'s ids"
        advice = "ask for the model that the program uses, or send a request of one token instead"
        yield replace(review(RULE, site, target, words, advice=advice), place=use.location)
    if not searched:
        words = f"lists the models of {target.provider.name}; filters on OpenAI's names or `owned_by` find nothing"
        yield note(RULE, site, target, words, source=entry.fact.source)


def named(use: Use) -> list[str]:
    """OpenAI's model names, or their beginnings, that this use looks for."""
    if use.way not in (Way.COMPARE, Way.METHOD):
        return []
    return [v for v in use.literals if isinstance(v, str) and (v.lower() in STEMS or MODEL.match(v))]


EXAMPLES = (
    Example.told(
        "from openai import OpenAI\n\nclient = OpenAI()\nnames = [m.id for m in client.models.list()]\n",
        "find nothing",
    ),
    Example.told(
        "from openai import OpenAI\n\nclient = OpenAI()\nfound = client.models.list()\n"
        'names = [m.id for m in found if "gpt" in m.id]\n',
        "looks for gpt in a list",
    ),
    Example.silent('from openai import OpenAI\n\nclient = OpenAI()\nclient.models.delete("ft:x")\n'),
    Example.silent("from openai import OpenAI\n\nclient = OpenAI()\nclient.models.list()\n", "spark"),
)
