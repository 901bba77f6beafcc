"""SDK15: the program decides by the model's name what it sends or expects.

`if model.startswith("gpt-4")`, `model in ("o1", "o3")`: after the change none of these comparisons is true any more,
and the program silently takes its other branch: another context size, no vision, no JSON mode, a price of 0. Which
branch is right for the new model only a person can say; the finding names the line. Only comparisons that the present
name passes count: those that it fails stay untrue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Finding, Location, Rule, Safety, Site, SiteKind, Value
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK15",
    "model-switches",
    "behaviour that is switched on the model's name",
    15,
    Safety.ADVICE,
    leaves="comparisons in another file than the name and the call; tables with the name as key",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each comparison of a name that is about to change."""
    if site.kind is not SiteKind.CALL or target.id == "azure":
        return
    told: set[str] = set()
    for value in (v for a in site.model_arguments for v in a.values):
        new = changed(target, value)
        if new is None or value.guarded is None or value.guarded in told:
            continue
        if any(value.guarded in guards(call) for call in before(site, situation)):
            continue
        told.add(value.guarded)
        words = f"{value.guarded} compares the model with OpenAI's names: none of them matches {new}"
        advice = f"see which branch {new} has to take, and ask for what the model can do, not for its name"
        yield replace(review(RULE, site, target, words, advice=advice), place=line(value.guarded))


def before(site: Site, situation: Situation) -> list[Site]:
    """The calls of the same client that stand before this one: one word about a comparison is enough."""
    calls = [c for client in site.clients for c in situation.calls.get(client, ())]
    return [c for c in calls if (c.path, c.span) < (site.path, site.span)]


def guards(call: Site) -> set[str | None]:
    """Where the program compares the model of a call with names."""
    return {v.guarded for a in call.model_arguments for v in a.values}


def changed(target: Target, value: Value) -> str | None:
    """The name that replaces this one, None when it stays or has no replacement."""
    if not isinstance(value.literal, str) or target.serves(value.literal):
        return None
    choice = target.choose(value.literal)
    return choice.to if choice is not None else None


def line(place: str) -> Location:
    """The location of `program.py:12`."""
    path, _, number = place.rpartition(":")
    return Location(path, int(number), 1, int(number), 1)


START = 'from openai import OpenAI\n\nMODEL = "gpt-4o"\n'
CALL = "OpenAI().chat.completions.create(model=MODEL, messages=[])\n"
EXAMPLES = (
    Example.told(
        START + 'if MODEL.startswith("gpt-4"):\n    limit = 8192\n' + CALL,
        "program.py:4 compares",
        "deepseek",
    ),
    Example.told(START + 'vision = MODEL in ("gpt-4o", "gpt-4-turbo")\n' + CALL, "none of them", "kimi"),
    Example.silent(START + CALL, "deepseek"),
    Example.silent(START + 'if MODEL == "qwen3.7-plus":\n    limit = 1\n' + CALL, "qwen"),
)
