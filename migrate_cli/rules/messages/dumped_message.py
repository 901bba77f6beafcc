"""MSG09: an answer is put into the history with all its empty fields.

`message.model_dump()` holds `refusal`, `audio`, `function_call` and others as null, and strict servers refuse them.
`exclude_none=True` sends only what the model said. Left alone where the dumped message is read again, as a missing key
would fail there.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, ReplaceExpression, Rule, Safety, Site, Use, Way
from migrate_cli.rules.reading import at, is_chat, of_message
from migrate_cli.rules.support import Example, Situation, edit
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MSG09",
    "dumped-message",
    "an answer put into the history with its empty fields",
    3,
    Safety.SAFE,
    leaves="dumps that are given a name first, stored, or come from a helper",
)
DUMPS = ("model_dump", "dict")
SOURCE = "https://github.com/CherryHQ/cherry-studio/issues/11314"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """An edit for each dump of the message that goes straight into a list."""
    if not is_chat(site) or target.id == "azure":
        return
    uses = list(of_message(site))
    kept = {
        use.statement for use in uses if use.way in (Way.APPEND, Way.BUILD) and use.through[-1:] in DUMPED
    }
    for use in uses:
        if use.statement in kept and bare_dump(use) and use.outer is not None:
            words = (
                f"`{use.code}.{use.detail}()` sends every empty field as null, which strict servers refuse"
            )
            code = f"{use.code}.{use.detail}(exclude_none=True)"
            change = ReplaceExpression(use.path, use.outer, code)
            yield at(edit(RULE, site, target, words, change, source=SOURCE), use)


DUMPED = tuple((name,) for name in DUMPS)


def bare_dump(use: Use) -> bool:
    """Whether a use dumps the message without saying what to leave out."""
    return use.way is Way.METHOD and use.detail in DUMPS and not use.keywords and not use.literals


_HEAD = "from openai import OpenAI\n\nclient = OpenAI()\nr = client.chat.completions.create(model=m, messages=ms)\n"
EXAMPLES = (
    Example(
        _HEAD + "ms.append(r.choices[0].message.model_dump())\n",
        _HEAD + "ms.append(r.choices[0].message.model_dump(exclude_none=True))\n",
    ),
    Example(
        _HEAD + "reply = r.choices[0].message\nms += [reply.model_dump()]\n",
        _HEAD + "reply = r.choices[0].message\nms += [reply.model_dump(exclude_none=True)]\n",
        "kimi",
    ),
    Example.silent(_HEAD + "ms.append(r.choices[0].message)\n"),
    Example.silent(_HEAD + "ms.append(r.choices[0].message.model_dump(exclude_unset=True))\n"),
    Example.silent(_HEAD + "log(r.choices[0].message.model_dump())\n"),
    Example.silent("ms.append(message.model_dump())\n"),
)
