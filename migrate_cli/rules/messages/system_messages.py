"""MSG02: several system messages, or one behind the start of a conversation.

MiniMax refuses both with 400, code 2013. Neighbours at the start whose texts are written out become one message; a
system message further on is named, because moving it changes what the model is told, and when.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from migrate_cli.model import Compatibility, Finding, ReplaceExpression, Rule, Safety, Shape, Site
from migrate_cli.rules.conversation import at, certain, line, lists, role, written
from migrate_cli.rules.splice import joined_texts, without_items
from migrate_cli.rules.support import Example, Situation, edit, manual, quoted
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MSG02",
    "several-system-messages",
    "more than one system message, or one behind the start",
    10,
    Safety.SAFE,
    leaves="histories that are built at run time (`--guard` merges their system messages)",
)
SYSTEM = ("system", "developer")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for system messages that the provider refuses."""
    known = target.behaviour("messages.one_system")
    if known is None or not known.holds:
        return
    for found in lists(site):
        leading, late = split(found)
        if len(leading) > 1:
            change = merged(found, leading, target)
            words = f"{len(leading)} system messages: {target.provider.name} takes one ({known.data})"
            if change is not None and not late:
                yield edit(RULE, site, target, f"{words}; they become one", change, source=known.fact.source)
            else:
                yield by_hand(site, target, words, leading[1], known.fact.source)
        for message in late:
            words = (
                f"system message behind the start: {target.provider.name} takes one, and first ({known.data})"
            )
            yield by_hand(site, target, words, message, known.fact.source)


def split(found: Shape) -> tuple[list[Shape], list[Shape]]:
    """The system messages at the start of a list, and those further on."""
    items = certain(found)
    leading = list(takewhile(lambda m: role(m) in SYSTEM, items))
    return leading, [m for m in items[len(leading) :] if role(m) in SYSTEM]


def merged_lists(site: Site, target: Target) -> Iterator[Shape]:
    """The lists of a call that are written anew as a whole, roles included."""
    known = target.behaviour("messages.one_system")
    for found in lists(site) if known is not None and known.holds else ():
        leading, late = split(found)
        if len(leading) > 1 and not late and merged(found, leading, target) is not None:
            yield found


def merged(found: Shape, leading: list[Shape], target: Target) -> ReplaceExpression | None:
    """The list with its first messages as one; None where a text or a place is not written out."""
    contents = [m.get("content") for m in leading]
    text = joined_texts([c for c in contents if c is not None], "\n\n")
    if text is None or len(contents) != len(leading) or contents[0] is None:
        return None
    instead = {written(contents[0])[1]: text}
    spoken = leading[0].get("role")
    if role(leading[0]) == "developer" and spoken is not None:
        entry = target.parameter("role_developer", None)
        instead[written(spoken)[1]] = quoted(entry.rename_to if entry and entry.rename_to else "system")
    code = without_items(found, leading[1:], instead)
    return ReplaceExpression(found.path, found.span, code) if code is not None else None


def by_hand(site: Site, target: Target, words: str, message: Shape, source: str | None) -> Finding:
    """The finding for what only a person can settle."""
    advice = f"put what {line(message)} says into the first system message, or send it as the user's"
    kind = Compatibility.UNSUPPORTED
    return at(manual(RULE, site, target, words, compatibility=kind, advice=advice, source=source), message)


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
TWO = (
    "client.chat.completions.create(\n    model=m,\n    messages=[\n"
    '        {"role": "system", "content": "Be brief."},\n        {"role": "system", "content": "Answer in French."},\n'
    '        {"role": "user", "content": q},\n    ],\n)\n'
)
EXAMPLES = (
    Example(
        HEAD + TWO,
        HEAD + "client.chat.completions.create(\n    model=m,\n    messages=[\n"
        '        {"role": "system", "content": "Be brief.\\n\\nAnswer in French."},\n'
        '        {"role": "user", "content": q},\n    ],\n)\n',
        "minimax",
    ),
    Example.silent(HEAD + TWO, "qwen"),
    Example.told(
        HEAD + 'messages = [{"role": "system", "content": s}]\nmessages += history\n'
        'messages.append({"role": "system", "content": "Mind the time."})\n'
        "client.chat.completions.create(model=m, messages=messages)\n",
        "behind the start",
        "minimax",
    ),
    Example.silent(
        HEAD
        + 'client.chat.completions.create(model=m, messages=[{"role": "system", "content": s}, *history])\n',
        "minimax",
    ),
)
