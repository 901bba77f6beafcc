"""TOL03: `parallel_tool_calls`.

Qwen, ERNIE and Doubao document it; Qwen makes one call at a time unless it is sent. Where nobody documents it, it is
dropped, and a program that sent False and reads the first call only is told: the others would be lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Action, Support
from migrate_cli.model import Compatibility, Finding, HopKind, Rule, Safety, Site, Use, Way
from migrate_cli.rules.parameter_support import entries_of
from migrate_cli.rules.reading import at, of_message
from migrate_cli.rules.support import Example, Situation, drop, edit, note
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TOL03",
    "parallel-tool-calls",
    "how many tools one answer may call",
    5,
    Safety.SAFE,
    leaves="answers whose calls are read in another program",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding where the parameter is not taken, and where its absence shows."""
    name = target.provider.name
    for argument, entry in entries_of(site, target, "parallel_tool_calls"):
        if entry.action is not Action.DROP or entry.support is Support.SUPPORTED:
            continue
        words = f"`parallel_tool_calls` dropped: {name} does not document it"
        source, kind = entry.fact.source, Compatibility.DIFFERS
        yield edit(RULE, site, target, words, drop(site, argument), compatibility=kind, source=source)
        if argument.literal is False:
            for use in only_first(site):
                words = f"only the first tool call is read, and {name} may make several at once"
                yield at(note(RULE, site, target, words, source=source), use)
                break


def only_first(site: Site) -> list[Use]:
    """Reads of the first tool call of an answer, where nothing goes through all of them."""
    uses = [*of_message(site, "tool_calls"), *of_message(site, "tool_calls", None)]
    if any(u.way is Way.ITERATE or any(h.kind is HopKind.LOOP for h in u.hops) for u in uses):
        return []
    deep = [u for u in site.uses if "tool_calls" in u.route]
    return [u for u in deep if any(h.kind is HopKind.INDEX and h.key == 0 for h in u.hops)]


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
ONE = "r = client.chat.completions.create(model=m, messages=q, tools=t, parallel_tool_calls=False)\n"
READ = "print(r.choices[0].message.tool_calls[0].function.name)\n"
EXAMPLES = (
    Example(HEAD + ONE + READ, HEAD + ONE.replace(", parallel_tool_calls=False", "") + READ, "glm"),
    Example.silent(HEAD + ONE + READ, "qwen"),
    Example.silent(HEAD + ONE + READ, "doubao"),
    Example.silent(HEAD + ONE.replace(", parallel_tool_calls=False", "") + READ, "glm"),
)
