"""THK06: models whose thinking cannot be switched off.

A program that came from a model without thinking gets slower and dearer answers from them; the finding names models
of the same provider that can be told not to think (`--model gpt-4o=…`). A request that tells such a model to stop
thinking is refused with 400: the switch is taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from migrate_cli.model import (
    Compatibility,
    Finding,
    Operation,
    RemoveArgument,
    RemoveItem,
    Rule,
    Safety,
    ShapeKind,
    Site,
)
from migrate_cli.rules.body import is_display, plain, python
from migrate_cli.rules.support import Example, Situation, edit, manual, models_of, note
from migrate_cli.rules.thinking_support import always_thinking, is_chat, named, replaced, switchable
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "THK06",
    "thinking-stays-on",
    "model whose thinking cannot be switched off",
    5,
    Safety.SAFE,
    leaves="switches that are put into the request at run time",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """What a model that always thinks means for a call, and for a switch that it refuses."""
    if not is_chat(site):
        return
    for model in always_thinking(site, target):
        words = f"{model.id} always thinks: slower, dearer, and max_tokens includes the thinking"
        calm = list(islice(switchable(target, model), 2))
        old = next((n for n in named(site) if replaced(target, n) is model), None)
        hint = f"; {' or '.join(calm)} need not (`--model {old}={calm[0]}`)" if calm and old else ""
        source = model.thinking.fact.source if model.thinking and model.thinking.fact else None
        yield note(RULE, site, target, words + hint, compatibility=Compatibility.DIFFERS, source=source)
    yield from refused(site, target)


def refused(site: Site, target: Target) -> Iterator[Finding]:
    """The switch that the models of this call refuse."""
    known = target.behaviour("thinking.off_refused")
    body = site.argument("extra_body")
    if (
        known is None
        or not known.holds
        or body is None
        or body.shape is None
        or body.shape.kind is not ShapeKind.DICT
    ):
        return
    models = models_of(site, target)
    held = [name for name, off in known.data.items() if plain(body.shape.get(name)) == off]
    if not held or not set(models) <= set(known.models) or not known.concerns(models):
        return
    switch = python({name: known.data[name] for name in held})
    words = f"{switch} is refused: the thinking of {', '.join(models)} cannot be switched off"
    if not is_display(body.shape):
        yield manual(
            RULE, site, target, words, compatibility=Compatibility.UNSUPPORTED, source=known.fact.source
        )
        return
    changes: list[Operation] = [RemoveItem(body.shape.path, body.shape.span, name) for name in held]
    if len(held) == len(body.shape.entries) and body.dictionary is None and body.statement is None:
        changes = [RemoveArgument(site.path, site.span, "extra_body")]
    yield edit(RULE, site, target, words, *changes, source=known.fact.source)


_CLIENT = 'from openai import OpenAI\n\nclient = OpenAI(base_url="https://api.moonshot.cn/v1")\n'
_OFF = '"thinking": {"type": "disabled"}'
EXAMPLES = (
    Example(
        _CLIENT + f'client.chat.completions.create(model="kimi-k3", messages=[], extra_body={{{_OFF}}})\n',
        _CLIENT + 'client.chat.completions.create(model="kimi-k3", messages=[])\n',
        "kimi",
    ),
    Example(
        _CLIENT
        + f'client.chat.completions.create(model="kimi-k3", messages=[], extra_body={{"a": 1, {_OFF}}})\n',
        _CLIENT + 'client.chat.completions.create(model="kimi-k3", messages=[], extra_body={"a": 1})\n',
        "kimi",
    ),
    Example.told(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model="gpt-4o", messages=[])\n',
        "glm-5.3-flash always thinks",
        "glm",
    ),
    Example.silent(
        _CLIENT + f'client.chat.completions.create(model="kimi-k2.6", messages=[], extra_body={{{_OFF}}})\n',
        "kimi",
    ),
    Example.silent(
        _CLIENT + 'client.chat.completions.create(model="kimi-k3", messages=[], '
        'extra_body={"thinking": {"type": "enabled"}})\n',
        "kimi",
    ),
    Example.silent(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model="o3", messages=[])\n',
        "glm",
    ),
)
