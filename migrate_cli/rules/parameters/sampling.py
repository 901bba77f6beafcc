"""PRM06: sampling parameters that the provider refuses or limits.

A literal outside the range is moved to the nearest value that is taken; a parameter that is fixed (Kimi, Spark X2.5:
even OpenAI's own default, written out, is refused) is dropped. `temperature=0` becomes 0.01 where 0 is refused
(MiniMax, ERNIE): answers repeat as little as before, which no provider promises. A temperature above 1 is lowered to
the maximum, never scaled. A value that is computed is left and its limits are named.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules import parameter_support
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "PRM06",
    "sampling",
    "sampling parameters outside the provider's range",
    3,
    Safety.SAFE,
    leaves="values that are only known at run time (`--guard` keeps those in range)",
    covers=("PRM04", "PRM05", "PRM06", "PRM07"),
)

NAMES = ("temperature", "top_p")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for these parameters of a chat call."""
    yield from parameter_support.findings(RULE, site, target, NAMES)


_CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example(
        _CLIENT + "client.chat.completions.create(model=m, messages=[], temperature=0)\n",
        _CLIENT + "client.chat.completions.create(model=m, messages=[], temperature=0.01)\n",
    ),
    Example(
        _CLIENT + "client.chat.completions.create(model=m, messages=[], temperature=1.3)\n",
        _CLIENT + "client.chat.completions.create(model=m, messages=[], temperature=1)\n",
        "glm",
    ),
    Example(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[], temperature=0.7, top_p=1)\n',
        _CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[])\n',
        "kimi",
    ),
    Example(
        _CLIENT + "client.chat.completions.create(model=m, messages=[], top_p=0)\n",
        _CLIENT + "client.chat.completions.create(model=m, messages=[], top_p=0.01)\n",
        "minimax",
    ),
    Example(
        _CLIENT + "client.chat.completions.create(model=m, messages=[], temperature=2.5)\n",
        _CLIENT + "client.chat.completions.create(model=m, messages=[], temperature=2)\n",
        "doubao",
    ),
    Example.silent(_CLIENT + "client.chat.completions.create(model=m, messages=[], temperature=0.7)\n"),
    Example.silent(_CLIENT + "client.chat.completions.create(model=m, messages=[], temperature=0)\n", "qwen"),
    Example.silent(
        _CLIENT + "client.chat.completions.create(model=m, messages=[], temperature=t)\n", "doubao"
    ),
    Example.untouched(_CLIENT + "client.chat.completions.create(model=m, messages=[], temperature=t)\n"),
    Example.untouched("model.fit(temperature=0)\n"),
)
