"""PRM10: stop sequences: how many, how long, and whether a bare string is taken.

A bare string becomes a list of one where the provider takes only lists. A list that is too long is named: what goes
beyond it has to be cut off after the call.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules import parameter_support
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "PRM10",
    "stop-sequences",
    "stop sequences",
    3,
    Safety.SAFE,
    leaves="sequences that are only known at run time; more of them than are taken",
)

NAMES = ("stop",)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for these parameters of a chat call."""
    yield from parameter_support.findings(RULE, site, target, NAMES)


_CALL = (
    "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model=m, messages=[], "
)
EXAMPLES = (
    Example(_CALL + 'stop="END")\n', _CALL + 'stop=["END"])\n'),
    Example.told(_CALL + 'stop=["A", "B"])\n', "2 items, and 1 at most are taken", "glm"),
    Example.told(_CALL + 'stop=["a", "b", "c", "d", "e"])\n', "5 items", "hunyuan"),
    Example.told(_CALL + 'stop=["Here ends what I have to say"])\n', "longer than 20 characters"),
    Example.silent(_CALL + 'stop=["END"])\n'),
    Example.silent(_CALL + 'stop=["A", "B"])\n', "deepseek"),
    Example.silent(_CALL + 'stop="END")\n', "qwen"),
    Example.untouched('server.run(stop="END")\n'),
)
