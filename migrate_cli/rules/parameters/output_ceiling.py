"""PRM03: an output limit above what the new model can give.

Baichuan takes 2048 at most, SiliconFlow 16384, older GLM and Qwen models about as little, and answer 400 to more. The
number is lowered to the documented ceiling of the parameter. A ceiling that is only known of the model waits for a
look: not every provider refuses what it cannot give.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Action
from migrate_cli.model import Argument, Finding, Options, Origin, ReplaceExpression, Rule, Safety, Site
from migrate_cli.rules.parameter_support import breaks, entries_of, restricted
from migrate_cli.rules.support import Example, Situation, models_of, review
from migrate_cli.rules.thinking_support import is_chat
from migrate_cli.targets.endpoint import Target

NAMES = ("max_tokens", "max_completion_tokens")
RULE = Rule(
    "PRM03",
    "output-ceiling",
    "output limit above the new model's ceiling",
    5,
    Safety.SAFE,
    leaves="limits that are only known at run time (`--guard` lowers those)",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every limit that is too large for the provider, or else for the model."""
    if not is_chat(site):
        return
    for name in NAMES:
        found = False
        for argument, entry in entries_of(site, target, name):
            if entry.action is not Action.RENAME and breaks(entry.restriction, argument):
                found = True
                yield from restricted(RULE, site, target, argument, entry)
        for argument in () if found else site.named(name):
            yield from above_model(site, target, argument)


def above_model(site: Site, target: Target, argument: Argument) -> Iterator[Finding]:
    """A limit above what the least able of the new models can give."""
    models = [m for name in models_of(site, target) if (m := target.model(name)) is not None]
    model = min((m for m in models if m.max_output), key=lambda m: m.max_output or 0, default=None)
    for value in argument.values:
        if model is None or not model.max_output or type(value.literal) is not int:
            continue
        if value.literal > model.max_output:
            words = f"{argument.name}={value.literal} is above what {model.id} can give ({model.max_output})"
            change = ReplaceExpression(value.path, value.span, str(model.max_output))
            changes = [change] if value.origin is Origin.LITERAL else []
            yield review(RULE, site, target, words, *changes, source=model.fact.source)


_CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o-mini", messages=[], max_tokens=4096)\n',
        _CLIENT + 'client.chat.completions.create(model="gpt-4o-mini", messages=[], max_tokens=2048)\n',
        "baichuan",
    ),
    Example(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o-mini", messages=[], max_tokens=16384)\n',
        _CLIENT + 'client.chat.completions.create(model="gpt-4o-mini", messages=[], max_tokens=12288)\n',
        "ernie",
        options=Options(review=True),
    ),
    Example.told(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o-mini", messages=[], max_tokens=16384)\n',
        "above what ernie-4.5-turbo-128k can give",
    ),
    Example.silent(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o-mini", messages=[], max_tokens=4096)\n',
        "deepseek",
    ),
    Example.silent(
        _CLIENT + 'client.chat.completions.create(model="gpt-4o-mini", messages=[], max_tokens=limit)\n',
        "baichuan",
    ),
    Example.silent("client.run(max_tokens=100000)\n", "baichuan"),
)
