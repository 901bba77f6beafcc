"""PRM01: the output limit is called `max_tokens` at most providers.

OpenAI's newer name `max_completion_tokens` is renamed where the provider does not document it: DeepSeek passes over it
in silence, so that answers are not limited at all. Kimi documents the newer name only. How large the number may be is
PRM03, how small with a model that thinks PRM02.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Action, Support
from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules.parameter_support import entries_of, judge
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "PRM01",
    "output-limit",
    "name of the output limit",
    2,
    Safety.SAFE,
    leaves="requests put together at run time (`--guard` renames those)",
)

NAMES = ("max_completion_tokens", "max_tokens")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """The name of the limit; a limit of the limit is another rule's."""
    for name in NAMES:
        for argument, entry in entries_of(site, target, name):
            if entry.action is Action.RENAME or entry.support is Support.REJECTED:
                yield from judge(RULE, site, target, argument, entry)


_CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example(
        _CLIENT + "client.chat.completions.create(model=m, messages=[], max_completion_tokens=50)\n",
        _CLIENT + "client.chat.completions.create(model=m, messages=[], max_tokens=50)\n",
    ),
    Example(
        _CLIENT + "client.chat.completions.create(model=m, messages=[], max_tokens=50)\n",
        _CLIENT + "client.chat.completions.create(model=m, messages=[], max_completion_tokens=50)\n",
        "kimi",
    ),
    Example.untouched(_CLIENT + "client.chat.completions.create(model=m, messages=[], max_tokens=50)\n"),
    Example.silent(_CLIENT + "client.chat.completions.create(model=m, messages=[], max_tokens=50)\n", "qwen"),
    Example.untouched("run(max_completion_tokens=50)\n"),
)
