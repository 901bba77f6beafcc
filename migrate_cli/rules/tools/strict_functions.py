"""TOL04: `strict` in the description of a function.

GLM, SenseNova and Kimi want it left out; DeepSeek knows it at its beta address only. Without it nothing promises that
the arguments match their schema: the program has to check them.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Safety, Shape, Site
from migrate_cli.rules.conversation import at, entry, lists, without
from migrate_cli.rules.support import Example, Situation, edit, note
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TOL04",
    "strict-functions",
    "functions whose arguments must match their schema",
    10,
    Safety.SAFE,
    leaves="tools that openai.pydantic_function_tool and frameworks describe (`--guard` takes strict out of those)",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each tool that asks for what the provider does not enforce."""
    known = target.behaviour("tools.strict")
    if known is None or not known.holds:
        return
    name, source = target.provider.name, known.fact.source
    for function in functions(site):
        found = entry(function, "strict")
        if found is None or found.shape.value is False:
            continue
        if known.data == "left out":
            words = f"`strict` dropped: {name} does not promise that arguments match their schema"
            change = without(function, "strict")
            kind = Compatibility.DIFFERS
            yield at(edit(RULE, site, target, words, change, compatibility=kind, source=source), function)
        else:
            words = f"`strict` is not enforced on {name}: {known.note or 'check the arguments'}"
            yield at(note(RULE, site, target, words, source=source), function)


def functions(site: Site) -> Iterator[Shape]:
    """The descriptions of functions that a call offers, as far as they are written out."""
    for found in lists(site, "tools"):
        for item in found.items:
            inner = item.get("function")
            if inner is not None:
                yield inner


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
TOOL = (
    'TOOLS = [{"type": "function", "function": {"name": "f", "strict": True, "parameters": P}}]\n'
    "client.chat.completions.create(model=m, messages=q, tools=TOOLS)\n"
)
EXAMPLES = (
    Example(HEAD + TOOL, HEAD + TOOL.replace('"strict": True, ', ""), "kimi"),
    Example.told(HEAD + TOOL, "beta address", "deepseek"),
    Example.silent(HEAD + TOOL, "doubao"),
    Example.silent(HEAD + TOOL.replace("True", "False"), "kimi"),
    Example.silent(HEAD + 'OPTIONS = {"function": {"strict": True}}\n', "kimi"),
)
