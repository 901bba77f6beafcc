"""END10: moderations.

A moderation call is a safety control: deleting it takes the control away, and at the provider's address it is a 404
(or, where a path exists, an answer of unverified shape). The filters that providers run by themselves are no
replacement: other categories, no scores. The call can stay on OpenAI with a client of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules.endpoints.service import absent, asks_for
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "END10",
    "moderations",
    "moderation calls",
    60,
    leaves="moderation chains of frameworks",
)
KEEP = "never just delete it: keep it on OpenAI with a client of its own, or ask a content-safety service"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every moderation call."""
    if asks_for(site, ("moderations",)) and (missing := absent(RULE, site, target)) is not None:
        yield replace(missing, advice=KEEP)


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example.told(CLIENT + "client.moderations.create(input=text)\n", "nothing is known about moderations"),
    Example.told(CLIENT + "client.moderations.create(input=text)\n", "is not verified", "glm"),
    Example.silent(CLIENT + "client.chat.completions.create(model=m, messages=[])\n"),
    Example.silent("perspective.moderations.create(input=text)\n"),
)
