"""THK07: thoughts are billed as output.

`usage.completion_tokens` includes the thoughts of the new model, so a cost that is worked out from it rises with them,
and `completion_tokens_details`, which would tell how much, can be missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site, Way
from migrate_cli.rules.reading import at, first_of_each, is_chat, of_usage, still_thinks
from migrate_cli.rules.support import Example, Situation, note
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "THK07",
    "counted-thoughts",
    "thoughts in the usage and the cost",
    10,
    Safety.ADVICE,
    leaves="costs that are worked out elsewhere from stored numbers",
)
SUMS = ("Mult", "Div", "Mult=")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A note where a cost is worked out from the tokens of a model that thinks."""
    if not is_chat(site) or not still_thinks(site, target):
        return
    for use in first_of_each(of_usage(site, "completion_tokens")):
        if use.way is Way.JOIN and use.detail in SUMS:
            words = "completion_tokens includes the thoughts of the new model: the cost rises with them"
            yield at(note(RULE, site, target, words), use)
            return


_HEAD = (
    "from openai import OpenAI\n\nclient = OpenAI()\n"
    'r = client.chat.completions.create(model="o3", messages=[])\n'
)
EXAMPLES = (
    Example.told(_HEAD + "cost = r.usage.completion_tokens * price\n", "includes the thoughts", "deepseek"),
    Example.silent(_HEAD + "print(r.usage.completion_tokens)\n", "deepseek"),
    Example.silent(
        _HEAD.replace('"o3"', '"gpt-4o"') + "cost = r.usage.completion_tokens * price\n", "deepseek"
    ),
)
