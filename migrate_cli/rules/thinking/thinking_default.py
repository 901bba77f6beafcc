"""THK01: a model that thinks by default replaces one that did not.

Thinking makes answers slower and dearer, ignores sampling parameters and eats the output limit. Where the OpenAI
model did not reason and the new one does, or may, unless told otherwise, the switch is set.

Does not handle: calls whose model is only known at run time.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import TargetModel
from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules.body import into_body, python
from migrate_cli.rules.support import Example, Situation, edit, manual, note, put
from migrate_cli.rules.thinking_support import is_chat, replacements
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "THK01",
    "thinking-default",
    "target model thinks by default",
    5,
    Safety.SAFE,
    leaves="models that are only known at run time (`--guard` switches those)",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding when a model that did not reason becomes one that does."""
    if not is_chat(site):
        return
    models = [m for m in replacements(site, target) if m.thinking]
    if len({(m.thinking.default, repr(m.thinking.off)) for m in models if m.thinking}) > 1:
        words = f"thinking is switched differently on {', '.join(m.id for m in models)}"
        yield manual(
            RULE, site, target, words, advice="choose one model for this call, or switch it beside the name"
        )
        return
    for model in models:
        if model.thinking is not None and model.thinking.default in ("on", "unknown"):
            yield from switch_off(site, target, model)


def switch_off(site: Site, target: Target, model: TargetModel) -> Iterator[Finding]:
    """The edit that switches thinking off."""
    thinking = model.thinking
    assert thinking is not None
    source = thinking.fact.source if thinking.fact else None
    habit = "thinks by default" if thinking.default == "on" else "may think by default"
    words = f"thinking switched off: {model.id} {habit}, the old model did not"
    if thinking.off_argument is not None:
        name, value = thinking.off_argument
        if site.argument(name) is None:
            yield edit(RULE, site, target, words, put(site, name, python(value)), source=source)
        return
    if thinking.off is None:
        yield note(RULE, site, target, f"{model.id} {habit}; how to switch it off is unknown")
        return
    change = into_body(site, thinking.off)
    if change is None:
        code = python(thinking.off)
        yield manual(RULE, site, target, words, advice=f"merge {code} into extra_body", source=source)
    elif change:
        yield edit(RULE, site, target, words, *change, source=source)


_ASKED = (
    "from openai import OpenAI\n\nclient = OpenAI()\n"
    'client.chat.completions.create(model="gpt-4o-mini", messages=[]{})\n'
)
EXAMPLES = (
    Example(_ASKED.format(""), _ASKED.format(', extra_body={"thinking": {"type": "disabled"}}'), "deepseek"),
    Example(_ASKED.format(""), _ASKED.format(', extra_body={"enable_thinking": False}'), "qwen"),
    Example(
        _ASKED.format(', extra_body={"top_k": 20}'),
        _ASKED.format(', extra_body={"top_k": 20, "enable_thinking": False}'),
        "qwen",
    ),
    Example.untouched(_ASKED.format("").replace("gpt-4o-mini", "o3"), "deepseek"),
    Example.untouched(_ASKED.format(', extra_body={"enable_thinking": True}'), "qwen"),
    Example.untouched(_ASKED.format("")),
)
