"""PRM15: request fields that only OpenAI takes, or that a provider takes in its own way.

What the catalogue advises is done: drop, rename, or leave for a person. A field whose support is unknown is left and
named, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules import parameter_support
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule("PRM15", "request-fields", "request fields that the provider does not take", 3)

NAMES = (
    "n",
    "logprobs",
    "top_logprobs",
    "logit_bias",
    "seed",
    "user",
    "store",
    "metadata",
    "service_tier",
    "prediction",
    "parallel_tool_calls",
    "stream_options",
    "modalities",
    "audio",
    "reasoning_effort",
    "verbosity",
    "safety_identifier",
    "prompt_cache_key",
    "web_search_options",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for these parameters of a chat call."""
    yield from parameter_support.findings(RULE, site, target, NAMES)


EXAMPLES = (
    Example(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        "client.chat.completions.create(model=m, messages=[], store=True, logit_bias={1: 2})\n",
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        "client.chat.completions.create(model=m, messages=[])\n",
    ),
    Example.untouched(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model=m, messages=[], user="u")\n'
    ),
    Example.untouched("cache.write(store=True)\n"),
)
