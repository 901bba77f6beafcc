"""MSG03: a conversation without a user's message, or one that ends with the assistant.

GLM refuses a list of system messages alone (error 1214), ERNIE wants the user or a tool to speak last: where there
is nothing else, the last text is sent as the user's.
A trailing assistant message is meant to be continued: Kimi does so when it carries `"partial": True`, DeepSeek only
at its beta address, ERNIE refuses it. Elsewhere nothing is known, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import (
    Compatibility,
    Finding,
    Options,
    ReplaceExpression,
    Rule,
    Safety,
    SetItem,
    Shape,
    Site,
)
from migrate_cli.rules.conversation import at, lists, role, settled, written
from migrate_cli.rules.support import Example, Situation, edit, manual, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MSG03",
    "last-turn",
    "no message of the user, or the assistant speaks last",
    10,
    Safety.SAFE,
    leaves="histories that are built at run time (`--guard` warns of those)",
)
SYSTEM = ("system", "developer")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for a conversation whose shape the provider refuses."""
    for found in lists(site):
        if not settled(found):
            continue
        if all(role(m) in SYSTEM for m in found.items):
            yield from no_user(site, target, found)
        elif role(found.items[-1]) == "assistant":
            yield from prefilled(site, target, found.items[-1])


def no_user(site: Site, target: Target, found: Shape) -> Iterator[Finding]:
    """System messages alone, where the provider wants one of the user."""
    told = (target.behaviour(name) for name in ("messages.user_turn", "messages.last_turn"))
    known = next((b for b in told if b is not None and b.holds), None)
    spoken = found.items[-1].get("role")
    if known is None or spoken is None:
        return
    words = f"only system messages: {target.provider.name} wants one of the user"
    change = ReplaceExpression(found.items[-1].path, written(spoken)[1], '"user"')
    yield at(
        edit(
            RULE,
            site,
            target,
            f"{words}; the last becomes one",
            change,
            compatibility=Compatibility.DIFFERS,
            source=known.fact.source,
        ),
        found.items[-1],
    )


def prefilled(site: Site, target: Target, last: Shape) -> Iterator[Finding]:
    """A trailing assistant message, which is there to be continued."""
    name = target.provider.name
    known = target.behaviour("messages.prefill")
    if known is not None and known.holds:
        flag, address = known.data["flag"], known.data.get("base_url")
        if last.get(flag) is not None:
            return
        words = f"the assistant's last message is only continued with `{flag}` on {name}"
        if address is None and not last.added:
            change = SetItem(last.path, last.span, flag, "True")
            yield at(review(RULE, site, target, words, change, source=known.fact.source), last)
        else:
            where = f" and a client for {address}" if address else ""
            advice = f'give the message "{flag}": True{where}, or ask for the start of the answer in words'
            yield at(manual(RULE, site, target, words, advice=advice, source=known.fact.source), last)
        return
    ending = target.behaviour("messages.last_turn")
    if ending is not None and ending.holds:
        words = f"the assistant speaks last: {name} wants {' or '.join(ending.data)} at the end"
        advice = "ask for the start of the answer in the user's message"
        kind = Compatibility.UNSUPPORTED
        yield at(
            manual(RULE, site, target, words, compatibility=kind, advice=advice, source=ending.fact.source),
            last,
        )


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
ALONE = HEAD + 'client.chat.completions.create(model=m, messages=[{"role": "system", "content": p}])\n'
STARTED = (
    HEAD + 'client.chat.completions.create(model=m, messages=[{"role": "user", "content": q}, '
    '{"role": "assistant", "content": "{"}])\n'
)
EXAMPLES = (
    Example(ALONE, ALONE.replace('"system"', '"user"'), "glm"),
    Example.silent(ALONE, "deepseek"),
    Example(
        STARTED,
        STARTED.replace('"content": "{"}', '"content": "{", "partial": True}'),
        "kimi",
        options=Options(review=True),
    ),
    Example.told(STARTED, "`prefix`", "deepseek"),
    Example.told(STARTED, "at the end", "ernie"),
    Example.silent(STARTED, "qwen"),
    Example.silent(
        HEAD
        + 'client.chat.completions.create(model=m, messages=[{"role": "system", "content": p}, *history])\n',
        "glm",
    ),
    Example.silent(
        HEAD + 'client.chat.completions.create(model=m, messages=[{"role": "user", "content": q}])\n', "kimi"
    ),
)
