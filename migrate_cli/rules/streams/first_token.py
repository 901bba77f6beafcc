"""STR07: while a model thinks, `delta.content` is None.

The thoughts are streamed first, in a field of their own; the text begins seconds or minutes later. Until then a loop
that hands `delta.content` on hands on None: to a template, a websocket, a console. `or ""` keeps the text as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site, Use, Way, WrapExpression
from migrate_cli.rules.reading import at, first_of_each, is_chat, of_delta, still_thinks
from migrate_cli.rules.support import Example, Situation, edit
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "STR07",
    "first-token",
    "text that begins late in a stream",
    3,
    Safety.SAFE,
    leaves="streams whose chunks are handed on whole, and proxies that give up while nothing comes",
)
WAYS = (Way.YIELD, Way.JOIN)
SHOWN = ("print", "write", "send", "send_text", "send_json")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """An edit for each place where a part of the text is handed on as it comes, from a model that thinks."""
    if not is_chat(site) or not still_thinks(site, target):
        return
    texts = list(of_delta(site, "content"))
    if any(u.way is Way.COMPARE and None in u.literals for u in texts):
        return  # the program knows None
    for use in first_of_each(u for u in texts if shows(u)):
        words = f"the model thinks first: `{use.code}` is None until its text begins"
        change = WrapExpression(use.path, use.span, "(", ' or "")')
        yield at(edit(RULE, site, target, words, change), use)


def shows(use: Use) -> bool:
    """Whether None would be seen where a text is expected."""
    if use.guarded:
        return False
    word = (use.detail or "").rsplit(".", 1)[-1]
    return use.way in WAYS or (use.way is Way.ARGUMENT and word in SHOWN)


_HEAD = (
    "from openai import OpenAI\n\nclient = OpenAI()\n\ndef talk():\n"
    '    for c in client.chat.completions.create(model="o3", messages=[], stream=True):\n'
)
EXAMPLES = (
    Example(
        _HEAD + "        yield c.choices[0].delta.content\n",
        _HEAD + '        yield (c.choices[0].delta.content or "")\n',
        "deepseek",
    ),
    Example(
        _HEAD + '        print(c.choices[0].delta.content, end="")\n',
        _HEAD + '        print((c.choices[0].delta.content or ""), end="")\n',
        "deepseek",
    ),
    Example.silent(
        _HEAD + "        if c.choices[0].delta.content:\n            print(c.choices[0].delta.content)\n",
        "deepseek",
    ),
    Example.silent(_HEAD + '        yield c.choices[0].delta.content or ""\n', "deepseek"),
    Example.silent(
        _HEAD.replace('"o3"', '"gpt-4o"') + "        yield c.choices[0].delta.content\n", "deepseek"
    ),
)
