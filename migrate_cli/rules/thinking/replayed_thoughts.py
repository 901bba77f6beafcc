"""THK03: the history of a tool loop leaves out the thoughts.

While a model thinks, DeepSeek and Kimi refuse the second request of a tool loop when the assistant's message in it has
tool calls and no `reasoning_content`. A message that is written out by hand loses them; the SDK's own message keeps
them. The dictionary gets the field where it is copied from a message.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, HopKind, Rule, Safety, SetItem, Site, Use, Way
from migrate_cli.rules.reading import at, is_chat, of_message, owner, still_thinks
from migrate_cli.rules.support import Example, Situation, edit, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "THK03",
    "replayed-thoughts",
    "thoughts that must be sent back with tool calls",
    15,
    Safety.SAFE,
    leaves="histories that are put together from a stream, stored in a database, or by a framework",
)
FIELD = "reasoning_content"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """An edit for each assistant message with tool calls that is written out without its thoughts."""
    known = target.behaviour("responses.reasoning_replay")
    if not is_chat(site) or known is None or not known.holds or not still_thinks(site, target):
        return
    seen: set[object] = set()
    for use in of_message(site, None):
        if not rebuilt(use) or use.outer in seen:
            continue
        seen.add(use.outer)
        yield at(finding(site, target, use, known.data, known.fact.source), use)


def rebuilt(use: Use) -> bool:
    """Whether a part of the message is put into one of the program's own that has tool calls and no thoughts."""
    return use.way is Way.BUILD and "tool_calls" in use.literals and FIELD not in use.literals


def finding(site: Site, target: Target, use: Use, refusal: str, source: str | None) -> Finding:
    """The message with its thoughts, where it is clear what it is copied from."""
    words = f"{target.provider.name} answers `{refusal}` when a message with tool calls has no {FIELD}"
    message = owner(use)
    if message is None or use.outer is None:
        advice = f'append the SDK\'s own message, or add "{FIELD}" from it'
        return manual(RULE, site, target, words, advice=advice, source=source)
    if use.hops[-1].kind is HopKind.ATTRIBUTE:
        code = f'getattr({message}, "{FIELD}", None)'
    else:
        code = f'{message}.get("{FIELD}")'
    return edit(RULE, site, target, words, SetItem(use.path, use.outer, FIELD, code), source=source)


_HEAD = (
    "from openai import OpenAI\n\nclient = OpenAI()\n"
    'r = client.chat.completions.create(model="o3", messages=ms, tools=t)\nm = r.choices[0].message\n'
)
EXAMPLES = (
    Example(
        _HEAD + 'ms.append({"role": "assistant", "content": m.content, "tool_calls": m.tool_calls})\n',
        _HEAD + 'ms.append({"role": "assistant", "content": m.content, "tool_calls": m.tool_calls, '
        '"reasoning_content": getattr(m, "reasoning_content", None)})\n',
        "deepseek",
    ),
    Example.silent(_HEAD + "ms.append(m)\n", "deepseek"),
    Example.silent(_HEAD + 'ms.append({"role": "assistant", "content": m.content})\n', "deepseek"),
    Example.silent(
        _HEAD + 'ms.append({"role": "assistant", "content": m.content, "tool_calls": m.tool_calls})\n',
        "ernie",
    ),
    Example.silent(
        _HEAD.replace('"o3"', '"gpt-4o"')
        + 'ms.append({"role": "assistant", "content": m.content, "tool_calls": m.tool_calls})\n',
        "deepseek",
    ),
)
