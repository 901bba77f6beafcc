"""FRM03: what LangChain's `bind_tools` adds to the tools: a forced choice, `strict`, `parallel_tool_calls`.

`tool_choice="any"` goes out as `required`. Where the provider refuses that, `auto` is proposed, which leaves the
choice to the model. `parallel_tool_calls` is dropped where the provider does not take it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.catalogue.types import Action
from migrate_cli.model import (
    Argument,
    Compatibility,
    Finding,
    RemoveArgument,
    Rule,
    Safety,
    SetArgument,
    Site,
    Use,
)
from migrate_cli.rules.frameworks.forcing import Fit, Names, forced_fit
from migrate_cli.rules.frameworks.langchain_structured import LANGCHAIN
from migrate_cli.rules.frameworks.models import pairs
from migrate_cli.rules.frameworks.moving import move_of
from migrate_cli.rules.support import Example, Situation, edit, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM03",
    "langchain-bind-tools",
    "options of LangChain's bind_tools that a provider refuses",
    10,
    Safety.SAFE,
    leaves="`strict` in the schema of a tool, where nothing is known of how providers take it",
)
OPEN = ("auto", "none", None, False)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for the tools that are bound to one chat object."""
    move = move_of(site)
    if move is None or move.rule not in LANGCHAIN:
        return
    if site.elsewhere is not None and not target.owns(site.elsewhere):
        return
    names = pairs(site, target, move.default)
    for use in site.uses:
        given = {a.name: a for a in use.arguments if a.dictionary is None and a.statement is None}
        if use.detail != "bind_tools" or use.outer is None:
            continue
        if "tool_choice" in given:
            yield from forced(site, target, use, given["tool_choice"], names)
        if "parallel_tool_calls" in given:
            yield from parallel(site, target, use, names)


def forced(site: Site, target: Target, use: Use, choice: Argument, names: Names) -> Iterator[Finding]:
    """A tool choice that is not left to the model."""
    assert use.outer is not None
    named = choice.code.lstrip().startswith("{")
    if (not named and choice.literal in OPEN) or not choice.values:
        return
    form = "required" if choice.literal in ("any", "required", True) else "named"
    if form == "named" and not named and not isinstance(choice.literal, str):
        return
    if forced_fit(target, names, form, site.code) is not Fit.REFUSED:
        return
    words = f"bind_tools: {target.provider.name} refuses a tool choice that is {form}, so it becomes auto"
    change = SetArgument(use.path, use.outer, "tool_choice", '"auto"')
    advice = "the model may then answer without calling the tool: say in the prompt that it must"
    yield replace(review(RULE, site, target, words, change, advice=advice), place=use.location)


def parallel(site: Site, target: Target, use: Use, names: Names) -> Iterator[Finding]:
    """`parallel_tool_calls` where it is not taken."""
    assert use.outer is not None
    entry = target.parameter("parallel_tool_calls", names[0][1] if names else None)
    if entry is None or entry.action is not Action.DROP:
        return
    words = f"bind_tools: `parallel_tool_calls` dropped: {entry.support.value} on {target.provider.name}"
    change = RemoveArgument(use.path, use.outer, "parallel_tool_calls")
    found = edit(
        RULE, site, target, words, change, compatibility=Compatibility.DIFFERS, source=entry.fact.source
    )
    yield replace(found, place=use.location)


_GLM = (
    "from langchain_openai import ChatOpenAI\n\n"
    'llm = ChatOpenAI(model="glm-5.3-flash", base_url="https://open.bigmodel.cn/api/paas/v4", api_key=key())\n'
)
EXAMPLES = (
    Example(
        _GLM + "bound = llm.bind_tools([look_up], parallel_tool_calls=False)\n",
        _GLM + "bound = llm.bind_tools([look_up])\n",
        "glm",
    ),
    Example.told(
        _GLM + 'bound = llm.bind_tools([look_up], tool_choice="any")\n', "so it becomes auto", "glm"
    ),
    Example.silent(_GLM + 'bound = llm.bind_tools([look_up], tool_choice="auto")\n', "glm"),
    Example.silent(_GLM + "bound = llm.bind_tools([look_up], tool_choice=choice())\n", "glm"),
    Example.silent('menu.bind_tools([look_up], tool_choice="any")\n', "glm"),
)
