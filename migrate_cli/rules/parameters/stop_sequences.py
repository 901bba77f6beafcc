"""PRM10: stop sequences: how many, how long, and whether a bare string is taken.

A bare string becomes a list of one where the provider takes only lists.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules import parameter_support
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule("PRM10", "stop-sequences", "stop sequences", 3)

NAMES = ("stop",)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for these parameters of a chat call."""
    yield from parameter_support.findings(RULE, site, target, NAMES)


EXAMPLES = (
    Example(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model=m, messages=[], stop="END")\n',
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model=m, messages=[], stop=["END"])\n',
    ),
    Example.untouched(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model=m, messages=[], stop=["END"])\n'
    ),
    Example.untouched('server.run(stop="END")\n'),
)
