"""THK01: a model that thinks by default replaces one that did not.

Thinking makes answers slower and dearer, ignores sampling parameters and eats the output limit. Where the OpenAI
model did not reason and the new one does, or may, unless told otherwise, the switch is set.

Does not handle: calls whose model is only known at run time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from migrate_cli.catalogue.types import TargetModel
from migrate_cli.model import Finding, Operation, Rule, SetItem, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, edit, manual, note, put, review
from migrate_cli.targets.endpoint import Target

# our own judgement: shorter answers than this are often used up by the thinking alone
SMALL_LIMIT = 1024
RULE = Rule("THK01", "thinking-default", "target model thinks by default", 5)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding when a model that did not reason becomes one that does."""
    if site.kind is not SiteKind.CALL or site.endpoint != "chat.completions":
        return
    names = {
        v.literal for a in site.model_arguments for v in a.values if isinstance(v.literal, str) and v.literal
    }
    models = {m.id: m for name in sorted(names) if (m := replaced(target, name)) is not None and m.thinking}
    if len({(m.thinking.default, repr(m.thinking.off)) for m in models.values() if m.thinking}) > 1:
        words = f"thinking is switched differently on {', '.join(models)}"
        yield manual(
            RULE, site, target, words, advice="choose one model for this call, or switch it beside the name"
        )
        return
    for model in models.values():
        if model.thinking is None:
            continue
        if model.thinking.default == "always":
            yield from always(site, target, model)
        elif model.thinking.default in ("on", "unknown"):
            yield from switch_off(site, target, model)


def always(site: Site, target: Target, model: TargetModel) -> Iterator[Finding]:
    """A model that cannot stop thinking; a small output limit can leave no room for its answer (PRM02)."""
    yield note(
        RULE, site, target, f"{model.id} always thinks: slower, dearer, and max_tokens includes the thinking"
    )
    for name in ("max_tokens", "max_completion_tokens"):
        for value in (v for a in site.named(name) for v in a.values):
            if isinstance(value.literal, int) and value.literal < SMALL_LIMIT:
                words = (
                    f"{name}={value.literal} includes the thinking of {model.id}, which may leave no answer"
                )
                yield review(RULE, site, target, words, advice=f"allow {SMALL_LIMIT} or more")


def replaced(target: Target, name: str) -> TargetModel | None:
    """The target model for an OpenAI model that does not reason; None when it does, or nobody knows."""
    old = target.catalogue.openai_model(name)
    choice = target.choose(name)
    if old is None or old.reasoning is not False or choice is None or choice.to is None:
        return None
    return target.model(choice.to)


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
    change = merged(site, thinking.off)
    if change is None:
        code = python(thinking.off)
        yield manual(RULE, site, target, words, advice=f"merge {code} into extra_body")
    elif change:
        yield edit(RULE, site, target, words, *change, source=source)


def merged(site: Site, off: Any) -> list[Operation] | None:
    """Operations that add `off` to the request; [] when it is there, None when extra_body cannot be read.

    openai<1 has no `extra_body`: it sends unknown keywords as they are.
    """
    if site.legacy:
        return [put(site, k, python(v)) for k, v in off.items() if site.argument(k) is None]
    body = site.argument("extra_body")
    if body is None:
        return [put(site, "extra_body", python(off))]
    if all(f'"{k}"' in body.code or f"'{k}'" in body.code for k in off):
        return []
    if not body.code.lstrip().startswith("{"):
        return None
    return [SetItem(body.path, body.span, k, python(v)) for k, v in off.items()]


def python(value: Any) -> str:
    """A JSON-like value as Python source with double quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {python(v)}" for k, v in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


EXAMPLES = (
    Example(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model="gpt-4o-mini", messages=[])\n',
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model="gpt-4o-mini", messages=[], '
        'extra_body={"thinking": {"type": "disabled"}})\n',
        "deepseek",
    ),
    Example.untouched(
        'from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model="o3", messages=[])\n',
        "deepseek",
    ),
    Example.untouched(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.chat.completions.create(model="gpt-4o-mini", messages=[])\n'
    ),
)
