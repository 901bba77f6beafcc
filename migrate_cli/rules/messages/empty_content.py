"""MSG06: messages that say nothing.

Kimi, GLM and MiniMax refuse a message with empty content, ERNIE one at the end. Kimi takes a single space in its
place; elsewhere a person has to find words. A message that carries tool calls says something by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrate_cli.model import Compatibility, Finding, ReplaceExpression, Rule, Safety, Shape, ShapeKind, Site
from migrate_cli.rules.conversation import at, lists, messages, role, written
from migrate_cli.rules.support import Example, Situation, edit, manual, quoted
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MSG06",
    "empty-messages",
    "messages that say nothing",
    5,
    Safety.SAFE,
    leaves="texts that are empty at run time only (`--guard` leaves such messages out)",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each message without a word that the provider refuses."""
    known = target.behaviour("messages.empty_content")
    if known is None or not known.holds:
        return
    last = {found.items[-1].span for found in lists(site) if found.complete and found.items}
    for message in messages(site):
        content = message.get("content")
        if content is None or not says_nothing(message, content, known.data):
            continue
        if known.data["last"] and message.span not in last:
            continue
        words = f"a message of the {role(message)} says nothing: {target.provider.name} refuses that"
        source, text = known.fact.source, known.data["text"]
        if text is not None and not content.added:
            change = ReplaceExpression(message.path, written(content)[1], quoted(text))
            kind = Compatibility.DIFFERS
            yield at(edit(RULE, site, target, words, change, compatibility=kind, source=source), message)
        else:
            advice = "leave the message out, or give it words"
            kind = Compatibility.UNSUPPORTED
            yield at(
                manual(RULE, site, target, words, compatibility=kind, advice=advice, source=source), message
            )


def says_nothing(message: Shape, content: Shape, data: Any) -> bool:
    """Whether a message is known to be empty, and of a role for which that matters."""
    empty = content.kind is ShapeKind.CONSTANT and content.value in ("", None)
    spoken = any(message.get(key) is not None for key in ("tool_calls", "function_call", "refusal", "audio"))
    return empty and not spoken and message.complete and role(message) in data["roles"]


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
EMPTY = HEAD + 'client.chat.completions.create(model=m, messages=[{"role": "user", "content": ""}])\n'
EXAMPLES = (
    Example(EMPTY, EMPTY.replace('""', '" "'), "kimi"),
    Example.told(EMPTY, "says nothing", "glm"),
    Example.silent(EMPTY, "qwen"),
    Example.silent(
        HEAD + 'message = {"role": "user", "content": ""}\nmessage["content"] = text\n'
        "client.chat.completions.create(model=m, messages=[message])\n",
        "kimi",
    ),
    Example.silent(
        HEAD + "client.chat.completions.create(model=m, messages=[*history, "
        '{"role": "assistant", "content": None, "tool_calls": calls}])\n',
        "kimi",
    ),
)
