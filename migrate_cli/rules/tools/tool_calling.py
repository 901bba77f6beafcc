"""TOL01: tools, forced tool choice, and the `functions` that came before them.

A tool choice that the provider refuses is named; `functions` and `function_call` need a rewrite by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules import parameter_support
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule("TOL01", "tool-calling", "tools, and what came before them", 15)

NAMES = ("functions", "function_call", "tools", "tool_choice")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for these parameters of a chat call."""
    yield from parameter_support.findings(RULE, site, target, NAMES)


EXAMPLES = (
    Example.untouched(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model=m, messages=[], tools=[t], tool_choice="auto")\n'
    ),
    Example.untouched(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        "client.chat.completions.create(model=m, messages=[], functions=[f])\n"
    ),
    Example.untouched("toolbox.run(tools=[t])\n"),
)
