"""PRM15: request fields that only OpenAI takes, or that a provider takes in its own way.

What the catalogue advises is done: drop, rename, or leave for a person. SenseNova refuses every field it does not
list, with an error that does not name it: there an OpenAI-only field is dropped. Elsewhere a field whose support is
unknown is left and named, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules import parameter_support
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "PRM15",
    "request-fields",
    "request fields that the provider does not take",
    3,
    Safety.SAFE,
    leaves="fields of requests put together at run time (`--guard` drops those)",
)

NAMES = (
    "store",
    "metadata",
    "service_tier",
    "prediction",
    "stream_options",
    "modalities",
    "verbosity",
    "web_search_options",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for these parameters of a chat call."""
    yield from parameter_support.findings(RULE, site, target, NAMES)


_CALL = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model=m, messages=[]"
EXAMPLES = (
    Example(_CALL + ", store=True, service_tier=tier)\n", _CALL + ")\n"),
    Example(_CALL + ', verbosity="low")\n', _CALL + ")\n", "sensenova"),
    Example.told(
        _CALL + ", web_search_options={})\n", "`web_search_options` is not known to be taken", "qwen"
    ),
    Example.told(_CALL + ", store=True)\n", "`store` is not known to be taken", "qwen"),
    Example.untouched(_CALL + ', verbosity="low")\n', "deepseek"),
    Example.silent(_CALL + ', metadata={"team": "a"})\n'),
    Example.silent(_CALL + ', service_tier="flex")\n', "doubao"),
    Example.silent("cache.write(store=True)\n"),
)
