"""PRM01: the output limit is called `max_tokens` at most providers.

OpenAI's newer name `max_completion_tokens` is renamed where the provider does not document it. Thinking shares the
limit on models that think: a small limit can leave no room for the answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules import parameter_support
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule("PRM01", "output-limit", "name of the output limit", 2)

NAMES = ("max_completion_tokens", "max_tokens")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for these parameters of a chat call."""
    yield from parameter_support.findings(RULE, site, target, NAMES)


EXAMPLES = (
    Example(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        "client.chat.completions.create(model=m, messages=[], max_completion_tokens=50)\n",
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        "client.chat.completions.create(model=m, messages=[], max_tokens=50)\n",
    ),
    Example.untouched(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        "client.chat.completions.create(model=m, messages=[], max_tokens=50)\n"
    ),
    Example.untouched("run(max_completion_tokens=50)\n"),
)
