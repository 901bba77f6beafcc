"""TOL02: a tool choice that forces a call.

DeepSeek, Qwen and Kimi K2.6 refuse it while the model thinks: thinking is switched off, the choice stays. Where only
another form is taken and there is one tool, that form says the same: Qwen knows a named function but not `required`,
Hunyuan `required` but not a name. GLM, SenseNova, Baichuan and models that always think can only be asked: `auto` is
written with --review, and the program has to bear an answer without a call.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import (
    Argument,
    Compatibility,
    Finding,
    Operation,
    Options,
    Origin,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
)
from migrate_cli.rules.conversation import is_conversation
from migrate_cli.rules.support import Example, Situation, edit, manual, models_of, note, put_in, review
from migrate_cli.rules.tools.choices import Forced, How, Verdict, calm, forced, verdict
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TOL02",
    "forced-tool-choice",
    "a tool choice that forces a call",
    15,
    Safety.SAFE,
    leaves="choices that are only known at run time (`--guard` turns those into `auto`)",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for a tool choice that the target's model does not take as it is."""
    if not is_conversation(site):
        return
    for argument in site.named("tool_choice"):
        choice = forced(argument)
        if choice is not None:
            yield from judge(site, target, argument, choice)
        elif argument.literal is None and any(v.origin is Origin.DYNAMIC for v in argument.values):
            yield from open_choice(site, target)
    for argument in site.named("function_call"):
        choice = forced(argument)
        found = verdict(site, target, choice) if choice is not None else Verdict(How.KEEP)
        if found.calm:
            yield from calmed(site, target, found, ())


def judge(site: Site, target: Target, argument: Argument, choice: Forced) -> Iterator[Finding]:
    """What happens to one forced choice."""
    found = verdict(site, target, choice)
    if found.how is How.KEEP:
        return
    if found.how is How.CALM:
        yield from calmed(site, target, found, ())
        return
    changes = (rewritten(site, argument, str(found.code)),)
    if found.how is How.SWAP:
        words = f"{found.words}; with one tool {found.code} says the same"
        if found.calm:
            yield from calmed(site, target, found, changes)
        else:
            yield edit(RULE, site, target, words, *changes, source=found.source)
        return
    advice = "say in the prompt that the tool has to be called, and bear an answer without a call"
    words = f"{found.words}; `auto` only asks for a call"
    yield review(RULE, site, target, words, *changes, advice=advice, source=found.source)


def rewritten(site: Site, argument: Argument, code: str) -> Operation:
    """The choice in other words, at the call where it has other users."""
    alone = argument.shape is None or argument.shape.span == argument.span
    return put_in(site, argument, code) if alone else ReplaceExpression(argument.path, argument.span, code)


def calmed(site: Site, target: Target, found: Verdict, changes: tuple[Operation, ...]) -> Iterator[Finding]:
    """The finding that switches thinking off, with what else belongs to it."""
    off = calm(site, target, found)
    words = (
        f"{found.words or 'a forced tool choice is refused while the model thinks'}: thinking switched off"
    )
    if off is None:
        where = "the body" if site.kind is SiteKind.REQUEST else "extra_body"
        advice = f"merge what switches thinking off into {where}"
        yield manual(
            RULE,
            site,
            target,
            words,
            compatibility=Compatibility.UNSUPPORTED,
            advice=advice,
            source=found.source,
        )
    elif off or changes:
        make = edit if models_of(site, target) else review
        yield make(RULE, site, target, words, *changes, *off, source=found.source)


def open_choice(site: Site, target: Target) -> Iterator[Finding]:
    """A choice that is only known at run time, where some choices are refused."""
    for form in ("required", "named"):
        found = verdict(site, target, Forced(form))
        if found.how in (How.CALM, How.AUTO):
            words = f"`tool_choice` is only known at run time: {found.words}"
            yield note(RULE, site, target, words, source=found.source)
            return


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
MUST = HEAD + 'client.chat.completions.create(model="gpt-4o", messages=m, tools=t, tool_choice="required")\n'
NAMED = (
    HEAD + 'TOOLS = [{"type": "function", "function": {"name": "f"}}]\n'
    'client.chat.completions.create(model="gpt-4o", messages=m, tools=TOOLS, '
    'tool_choice={"type": "function", "function": {"name": "f"}})\n'
)
EITHER = HEAD + (
    'params = {"model": "gpt-4o", "tool_choice": "auto"}\nif must:\n    params["tool_choice"] = "required"\n'
    "client.chat.completions.create(messages=m, tools=t, **params)\n"
)
EXAMPLES = (
    Example(
        MUST,
        MUST.replace('"required")', '"required", extra_body={"thinking": {"type": "disabled"}})'),
        "deepseek",
    ),
    Example(
        NAMED,
        NAMED.replace('{"type": "function", "function": {"name": "f"}})', '"required")'),
        "hunyuan",
    ),
    Example.told(MUST, "`auto` only asks", "glm"),
    Example(EITHER, EITHER.replace('"required"', '"auto"'), "glm", options=Options(review=True)),
    Example.untouched(EITHER, "glm"),
    Example.silent(MUST, "doubao"),
    Example.silent(MUST.replace('"required"', '"auto"'), "deepseek"),
    Example.silent(MUST.replace('"required"', '"none"'), "glm"),
)
