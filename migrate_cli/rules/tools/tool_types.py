"""TOL06: tools that are no functions, and models that take no tools.

DeepSeek and ERNIE refuse any type but `function`; GLM, Kimi, Baichuan, Spark and StepFun have tools of their own,
under other names and at other prices. OpenAI's own (`web_search`, `file_search`, `code_interpreter`, `mcp`, `custom`)
exist nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Support
from migrate_cli.model import Compatibility, Finding, Level, Rule, Site
from migrate_cli.rules.conversation import at, lists
from migrate_cli.rules.parameter_support import entries_of, judge
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TOL06",
    "tool-types",
    "tools that are no functions",
    30,
    leaves="lists of tools that are put together at run time",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each tool that the provider does not have, or for all where the model takes none."""
    for argument, entry in entries_of(site, target, "tools"):
        if entry.support is Support.REJECTED:
            yield from (f for f in judge(RULE, site, target, argument, entry) if f.level is Level.MANUAL)
            return
    known = target.behaviour("tools.types")
    if known is None or not known.holds:
        return
    for found in lists(site, "tools"):
        for tool in found.items:
            kind = tool.text("type")
            if kind is None or kind in known.data:
                continue
            taken = ", ".join(known.data)
            words = f"tool of type {kind}: {target.provider.name} takes only {taken}"
            advice = "offer a function of your own that does it"
            if len(known.data) > 1:
                advice += (
                    f", or see what the provider's {', '.join(t for t in known.data if t != 'function')} does"
                )
            yield at(
                manual(
                    RULE,
                    site,
                    target,
                    words,
                    compatibility=Compatibility.UNSUPPORTED,
                    advice=advice,
                    source=known.fact.source,
                ),
                tool,
            )


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
SEARCH = HEAD + 'client.chat.completions.create(model=m, messages=q, tools=[{"type": "web_search"}, *more])\n'
EXAMPLES = (
    Example.told(SEARCH, "web_search", "deepseek"),
    Example.silent(SEARCH, "glm"),
    Example.silent(SEARCH, "doubao"),
    Example.silent(SEARCH.replace('"web_search"', '"function", "function": f'), "deepseek"),
)
