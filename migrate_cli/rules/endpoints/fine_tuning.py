"""END08: fine-tuning jobs and fine-tuned models.

No provider takes OpenAI's jobs, and a model that was tuned there (`ft:gpt-4o-mini:org::id`) cannot be moved: the
model that takes its place has not seen the training data. Training anew goes through the provider's console or API.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.endpoints.service import absent, asks_for
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "END08",
    "fine-tuning",
    "fine-tuning jobs and fine-tuned models",
    480,
    Safety.ADVICE,
    leaves="training files",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every job, and for every call of a fine-tuned model."""
    if asks_for(site, ("fine_tuning",)) and (missing := absent(RULE, site, target)) is not None:
        yield missing
    if site.kind is not SiteKind.CALL or site.endpoint == "fine_tuning":
        return
    names = {v.literal for a in site.model_arguments for v in a.values if isinstance(v.literal, str)}
    for name in sorted(n for n in names if n.startswith("ft:") and n not in target.overrides):
        yield review(
            RULE,
            site,
            target,
            f"{name} was trained for you at OpenAI and cannot be moved",
            advice="train a model anew, or see how one that was not trained answers with examples in the prompt",
        )


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
TUNED = 'client.chat.completions.create(model="ft:gpt-4o-mini-2024-07-18:acme::abc", messages=[])\n'
EXAMPLES = (
    Example.told(
        CLIENT + "client.fine_tuning.jobs.create(model=m, training_file=f)\n", "does not offer fine_tuning"
    ),
    Example.told(CLIENT + TUNED, "cannot be moved", "deepseek"),
    Example.silent(CLIENT + 'client.chat.completions.create(model="gpt-4o-mini", messages=[])\n'),
    Example.silent("from together import Together\n\nTogether().fine_tuning.create(model=m)\n"),
)
