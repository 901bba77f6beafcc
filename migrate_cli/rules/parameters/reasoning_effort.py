"""PRM16: steps of `reasoning_effort` differ from provider to provider.

DeepSeek knows low to ultra, Kimi K3 low, high and max (and passes over anything else in silence), Qwen3.8-Max low,
medium and xhigh, GLM 5.3 low, high and max; older models have none. `none` and `minimal` become the switch that turns
thinking off where there is one. Another step becomes the nearest that is taken, upwards if two are as near: as it is,
the request would be refused or the step passed over. Where a model has no steps the argument is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Action, Parameter, Support
from migrate_cli.model import (
    Argument,
    Compatibility,
    Finding,
    Operation,
    Origin,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
)
from migrate_cli.rules.body import into_body
from migrate_cli.rules.parameter_support import entries_of, judge
from migrate_cli.rules.support import Example, Situation, drop, edit, manual, models_of, quoted
from migrate_cli.targets.endpoint import Target

STEPS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")
OFF = ("none", "minimal")
RULE = Rule(
    "PRM16",
    "reasoning-effort",
    "steps of reasoning effort",
    5,
    Safety.SAFE,
    leaves="steps that are only known at run time (`--guard` maps those)",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for the effort that a chat call asks for."""
    for argument, entry in entries_of(site, target, "reasoning_effort"):
        yield from effort(site, target, argument, entry)


def effort(site: Site, target: Target, argument: Argument, entry: Parameter) -> Iterator[Finding]:
    """One value against the steps of the model."""
    step = argument.literal
    allowed = entry.restriction.allowed if entry.restriction else None
    if isinstance(step, str) and allowed is not None and step in allowed:
        return
    off = calmed(site, target, argument) if step in OFF else None
    if off is not None:
        words = f"reasoning_effort={step!r} becomes the switch that turns thinking off"
        yield edit(RULE, site, target, words, *off, source=entry.fact.source)
    elif allowed is not None:
        yield from nearest_step(site, target, argument, entry, allowed)
    elif entry.action is Action.DROP or entry.support is Support.UNKNOWN:
        yield from judge(RULE, site, target, argument, entry)


def calmed(site: Site, target: Target, argument: Argument) -> list[Operation] | None:
    """The edits that replace a step by the switch, None where the new models share none."""
    models = [target.model(name) for name in models_of(site, target)]
    switches = [m.thinking.off if m is not None and m.thinking is not None else None for m in models]
    off = switches[0] if switches else None
    if not off or any(other != off for other in switches):
        return None
    body = into_body(site, off)
    return None if body is None else [drop(site, argument), *body]


def nearest_step(
    site: Site, target: Target, argument: Argument, entry: Parameter, allowed: tuple[object, ...]
) -> Iterator[Finding]:
    """Every literal step that is not taken, with the nearest one."""
    for value in argument.values:
        step = value.literal
        if not isinstance(step, str) or step in allowed:
            continue
        steps = ", ".join(map(str, allowed))
        words = f"reasoning_effort={step!r} is no step on {target.provider.name}, which knows {steps}"
        if step not in STEPS or value.origin is not Origin.LITERAL:
            yield manual(
                RULE, site, target, words, compatibility=Compatibility.UNSUPPORTED, source=entry.fact.source
            )
            continue
        near = nearest(step, [a for a in STEPS if a in allowed])
        change = ReplaceExpression(value.path, value.span, quoted(near))
        yield edit(
            RULE,
            site,
            target,
            f"{words}: {near} is the nearest",
            change,
            compatibility=Compatibility.DIFFERS,
            source=entry.fact.source,
        )


def nearest(step: str, allowed: list[str]) -> str:
    """The nearest of the steps that are taken, the higher of two."""
    wanted = STEPS.index(step)
    return min(allowed, key=lambda a: (abs(STEPS.index(a) - wanted), -STEPS.index(a)))


_CALL = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(messages=[], model="
EXAMPLES = (
    Example(
        _CALL + '"gpt-5-mini", reasoning_effort="minimal")\n',
        _CALL + '"gpt-5-mini", extra_body={"thinking": {"type": "disabled"}})\n',
        "kimi",
    ),
    Example(_CALL + '"gpt-5-mini", reasoning_effort="high")\n', _CALL + '"gpt-5-mini")\n', "kimi"),
    Example(
        _CALL + '"kimi-k3", reasoning_effort="medium")\n',
        _CALL + '"kimi-k3", reasoning_effort="high")\n',
        "kimi",
    ),
    Example(
        _CALL + '"gpt-5-mini", reasoning_effort="none")\n', _CALL + '"gpt-5-mini", reasoning_effort="low")\n'
    ),
    Example.told(_CALL + '"kimi-k3", reasoning_effort="ultra")\n', "which knows low, high, max", "kimi"),
    Example.silent(_CALL + '"gpt-5-mini", reasoning_effort="high")\n', "deepseek"),
    Example.silent(_CALL + '"gpt-5-mini", reasoning_effort="low")\n', "doubao"),
    Example.silent(_CALL + '"gpt-5-mini", reasoning_effort=effort)\n', "doubao"),
    Example.silent('plan(reasoning_effort="minimal")\n', "kimi"),
)
