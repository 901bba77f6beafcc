"""PRM11: `logit_bias` names tokens by OpenAI's numbers.

Another model has other tokens under these numbers: where the parameter is taken (Doubao, vLLM), other words are
favoured or banned, in silence; elsewhere it is refused or passed over. The edit takes it out. An answer out of a
closed list is better asked for by a tool or a JSON enum.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Argument, Finding, Options, Rule, Safety, ShapeKind, Site
from migrate_cli.rules.parameter_support import NOT_GIVEN, is_off
from migrate_cli.rules.support import Example, Situation, drop, review
from migrate_cli.rules.thinking_support import is_chat
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "PRM11",
    "token-bias",
    "token numbers of OpenAI's models",
    20,
    Safety.REVIEW,
    leaves="what the bias was for: constrain the answer in another way",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every chat call with a bias."""
    known = target.behaviour("parameters.foreign_tokens")
    if not is_chat(site) or (known is not None and known.holds is False):
        return
    for argument in site.named("logit_bias"):
        if argument.code not in NOT_GIVEN and not is_off(argument) and not is_empty(argument):
            words = (
                "`logit_bias` holds token numbers of OpenAI's models, which mean other words to another model"
            )
            advice = "take it out; to get one answer of a list, use a tool or JSON with an enum"
            yield review(RULE, site, target, words, drop(site, argument), advice=advice)


def is_empty(argument: Argument) -> bool:
    """Whether a dictionary is written that holds nothing."""
    shape = argument.shape
    return shape is not None and shape.kind is ShapeKind.DICT and shape.complete and shape.code == "{}"


_CALL = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model=m, messages=[]"
EXAMPLES = (
    Example(_CALL + ", logit_bias={1: 2})\n", _CALL + ")\n", "doubao", options=Options(review=True)),
    Example.told(_CALL + ", logit_bias={1: 2})\n", "token numbers of OpenAI's models", "doubao"),
    Example.told(_CALL + ", logit_bias=bias)\n", "token numbers of OpenAI's models"),
    Example.silent(_CALL + ", logit_bias={})\n"),
    Example.silent(_CALL + ", logit_bias=None)\n"),
    Example.silent(_CALL + ", logit_bias={1: 2})\n", "azure"),
)
