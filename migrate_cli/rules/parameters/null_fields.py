"""PRM17: arguments that are written as None.

The openai package sends null for them, which OpenAI takes for "not given". Where a provider refuses null (GLM), the
argument is left out: that asks for the same. An argument that may be None at run time is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Origin, Rule, Safety, Site
from migrate_cli.rules.support import Example, Situation, drop, edit, note
from migrate_cli.rules.thinking_support import is_chat
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "PRM17",
    "null-fields",
    "arguments written as None",
    2,
    Safety.SAFE,
    leaves="arguments that are None only at times (`--guard` leaves those out)",
)

OWN = {"timeout", "request_timeout", "extra_headers", "extra_query", "extra_body", "headers"}  # not sent


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every argument of a chat call that is None, or may be."""
    known = target.behaviour("parameters.null_fields")
    if not is_chat(site) or known is None or not known.holds:
        return
    source, provider = known.fact.source, target.provider.name
    for argument in site.arguments:
        if argument.name in OWN or not any(v.origin is Origin.NONE for v in argument.values):
            continue
        if argument.code == "None":
            words = f"`{argument.name}=None` dropped: it is sent as null, which {provider} refuses"
            yield edit(RULE, site, target, words, drop(site, argument), source=source)
        elif not situation.options.guard:
            words = f"`{argument.name}` may be None: it is then sent as null, which {provider} refuses"
            yield note(RULE, site, target, f"{words}; `--guard` leaves it out", source=source)


_CALL = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model=m, messages=[]"
EXAMPLES = (
    Example(_CALL + ", stop=None, seed=None, n=1)\n", _CALL + ", n=1)\n", "glm"),
    Example(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'options = {"model": m, "stop": None}\nclient.chat.completions.create(messages=[], **options)\n',
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'options = {"model": m}\nclient.chat.completions.create(messages=[], **options)\n',
        "glm",
    ),
    Example.silent(_CALL + ", timeout=None)\n", "glm"),
    Example.silent(_CALL + ", stop=None)\n", "deepseek"),
    Example.silent("store(stop=None)\n", "glm"),
)
