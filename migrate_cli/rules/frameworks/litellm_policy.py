"""FRM12: LiteLLM drops parameters that it thinks a provider does not take.

With `drop_params` a parameter that is not in LiteLLM's list for the model goes without a word (a JSON schema among
them), so that answers change and nothing fails. Without it LiteLLM refuses such a call itself
(`UnsupportedParamsError`), also where the provider would take the parameter; `allowed_openai_params` lets it pass.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual, note
from migrate_cli.sites.hints.topics import DROPPING
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM12",
    "litellm-policy",
    "LiteLLM drops parameters without a word",
    10,
    Safety.ADVICE,
    leaves="drop_params in the configuration of LiteLLM's proxy, and in dictionaries that cannot be followed",
)

WORDS = (
    "drop_params: parameters that LiteLLM does not know of a model vanish without an error; "
    "name them in additional_drop_params"
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A remark where LiteLLM is told to drop parameters, at a call or for all of them."""
    hinted = site.kind is SiteKind.HINT and site.symbol == DROPPING
    called = site.kind is SiteKind.FRAMEWORK and site.framework == "litellm" and site.elsewhere is None
    given = site.argument("drop_params") if called else None
    if hinted:
        yield manual(RULE, site, target, WORDS, compatibility=Compatibility.DIFFERS, source="measured")
    elif given is not None and given.literal is True:
        yield note(RULE, site, target, WORDS, compatibility=Compatibility.DIFFERS, source="measured")


EXAMPLES = (
    Example.told(
        'import litellm\n\nlitellm.drop_params = True\nlitellm.completion(model="gpt-4o", messages=[])\n',
        "vanish without an error",
    ),
    Example.told(
        'import litellm\n\nlitellm.completion(model="gpt-4o", messages=[], drop_params=True)\n',
        "vanish without an error",
    ),
    Example.silent('import litellm\n\nlitellm.completion(model="gpt-4o", messages=[])\n'),
    Example.silent(
        'import litellm\n\nlitellm.drop_params = False\nlitellm.completion(model="gpt-4o", messages=[])\n'
    ),
)
