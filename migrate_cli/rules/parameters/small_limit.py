"""PRM02: a small output limit and a model that always thinks.

The thinking counts against the limit: the answer comes back empty, with finish_reason "length" and no error. Where
thinking can be switched off, THK01 does that and the limit may stay. Where it cannot, the limit has to be raised;
Kimi's makers advise 16000 or more.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Options, Origin, ReplaceExpression, Rule, Safety, Site
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.rules.thinking_support import always_thinking
from migrate_cli.targets.endpoint import Target

SMALL = 2000  # reports of empty answers end about there
ENOUGH = 16000
NAMES = ("max_tokens", "max_completion_tokens")
RULE = Rule(
    "PRM02",
    "small-limit",
    "small output limit for a model that always thinks",
    5,
    Safety.REVIEW,
    leaves="limits that are only known at run time",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every small limit of a call whose new model cannot stop thinking."""
    for argument in (a for name in NAMES for a in site.named(name)):
        small = [v for v in argument.values if type(v.literal) is int and 0 < v.literal < SMALL]
        for model in always_thinking(site, target) if small else ():
            raised = min(ENOUGH, model.max_output or ENOUGH)
            source = model.thinking.fact.source if model.thinking and model.thinking.fact else None
            for value in small:
                words = f"{argument.name}={value.literal} includes the thinking of {model.id}: no answer may be left"
                change = ReplaceExpression(value.path, value.span, str(raised))
                changes = [change] if value.origin is Origin.LITERAL else []
                advice = f"allow {raised}, or choose a model whose thinking can be switched off with --model"
                yield review(RULE, site, target, words, *changes, advice=advice, source=source)


_CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[], max_tokens=200)\n',
        _CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[], max_tokens=16000)\n',
        "glm",
        options=Options(review=True),
    ),
    Example.told(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[], max_tokens=200)\n',
        "no answer may be left",
        "glm",
    ),
    Example.silent(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[], max_tokens=4000)\n', "glm"
    ),
    Example.silent(
        _CLIENT + 'client.chat.completions.create(model="o3", messages=[], max_completion_tokens=200)\n',
        "glm",
    ),
    Example.silent(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o", messages=[], max_tokens=200)\n', "deepseek"
    ),
)
