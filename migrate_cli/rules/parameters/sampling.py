"""PRM06: sampling parameters that the provider refuses or limits.

A literal outside the range is moved to the nearest value that is taken; a parameter that is refused outright is
dropped. A value that is computed is left and its limits are named.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules import parameter_support
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule("PRM06", "sampling", "sampling parameters outside the provider's range", 3)

NAMES = ("temperature", "top_p", "presence_penalty", "frequency_penalty")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for these parameters of a chat call."""
    yield from parameter_support.findings(RULE, site, target, NAMES)


EXAMPLES = (
    Example(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        "client.chat.completions.create(model=m, messages=[], temperature=0)\n",
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        "client.chat.completions.create(model=m, messages=[], temperature=0.01)\n",
    ),
    Example.untouched(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        "client.chat.completions.create(model=m, messages=[], temperature=0.7)\n"
    ),
    Example.untouched(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        "client.chat.completions.create(model=m, messages=[], temperature=t)\n"
    ),
    Example.untouched("model.fit(temperature=0)\n"),
)
