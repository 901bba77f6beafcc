"""TOL07: a history that is cut by the number of its messages, in a program with tools.

DeepSeek, Qwen and MiniMax refuse a tool's answer without the call it answers, and a call without its answer, as
OpenAI does. `messages[-10:]` tears such pairs apart, though only in long conversations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules.conversation import is_conversation
from migrate_cli.rules.support import Example, Situation, note
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TOL07",
    "cut-history",
    "histories that are cut between a tool call and its answer",
    20,
    leaves="histories that are cut before they reach the call (`--guard` drops the halves of torn pairs)",
)
_CUT = re.compile(r"\[\s*-\s*[\w.]+\s*:\s*\]")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A note on a history that is cut at the call."""
    known = target.behaviour("tools.paired")
    offered = any(site.argument(name) is not None for name in ("tools", "functions"))
    if known is None or not known.holds or not offered or not is_conversation(site):
        return
    for argument in site.named("messages"):
        if _CUT.search(argument.code):
            words = f"the history is cut at the call: {target.provider.name} refuses a tool's answer without its call"
            yield note(RULE, site, target, words, source=known.fact.source)


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
CUT = HEAD + "client.chat.completions.create(model=m, messages=history[-10:], tools=TOOLS)\n"
EXAMPLES = (
    Example.told(CUT, "cut at the call", "qwen"),
    Example.silent(CUT, "doubao"),
    Example.silent(CUT.replace(", tools=TOOLS", ""), "qwen"),
    Example.silent(CUT.replace("[-10:]", ""), "qwen"),
)
