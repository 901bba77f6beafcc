"""PRM08: penalties on repeated words, which few providers take as OpenAI does.

Kimi refuses them, DeepSeek and Spark X2.5 take them without effect, others do not document them: there they are
dropped, and texts may repeat themselves more. Their range is kept where they are taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Level, Rule, Safety, Site
from migrate_cli.rules import parameter_support
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "PRM08",
    "penalties",
    "penalties on repeated words",
    5,
    Safety.SAFE,
    leaves="other providers' own penalties (repetition_penalty), which count otherwise",
)

NAMES = ("presence_penalty", "frequency_penalty")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for these parameters of a chat call; a penalty of 0 that may stay is not worth a word."""
    for name in NAMES:
        zero = all(a.literal == 0 for a in site.named(name))
        for finding in parameter_support.findings(RULE, site, target, (name,)):
            if not zero or finding.level is not Level.NOTE:
                yield finding


_CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[], presence_penalty=0.6)\n',
        _CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[])\n',
        "kimi",
    ),
    Example(
        _CLIENT + "client.chat.completions.create(model=m, messages=[], frequency_penalty=0)\n",
        _CLIENT + "client.chat.completions.create(model=m, messages=[])\n",
        "deepseek",
    ),
    Example(
        _CLIENT + "client.chat.completions.create(model=m, messages=[], presence_penalty=3)\n",
        _CLIENT + "client.chat.completions.create(model=m, messages=[], presence_penalty=2)\n",
        "doubao",
    ),
    Example.silent(
        _CLIENT + "client.chat.completions.create(model=m, messages=[], presence_penalty=0.6)\n", "doubao"
    ),
    Example.silent(_CLIENT + "client.chat.completions.create(model=m, messages=[], presence_penalty=0)\n"),
    Example.untouched("score(presence_penalty=0.6)\n", "kimi"),
)
