"""MSG04: neighbours of one role.

ERNIE documents strict alternation of user and assistant for some models, in an earlier revision of its page. Two
messages that stand beside each other in a list, with texts that are written out, can become one: with --review.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from migrate_cli.model import Finding, Options, ReplaceExpression, Rule, Safety, Shape, Site
from migrate_cli.rules.conversation import at, lists, role, written
from migrate_cli.rules.splice import joined_texts, without_items
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "MSG04",
    "same-role-twice",
    "two messages of one role in a row",
    10,
    Safety.REVIEW,
    leaves="histories that are built at run time (`--guard` merges their neighbours)",
)
SPEAKERS = ("user", "assistant")
PLAIN = {"role", "content"}


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each pair of neighbours that the provider may refuse."""
    known = target.behaviour("messages.alternation")
    if known is None or not known.holds:
        return
    for found in lists(site):
        for first, second in pairwise(found.items):
            sure = not (first.optional or second.optional)
            if sure and role(first) == role(second) and role(first) in SPEAKERS:
                words = f"two messages of the {role(first)} in a row: {target.provider.name} wants them to alternate"
                change = merged(found, first, second)
                advice = None if change else "make them one message"
                changes = (change,) if change else ()
                yield at(
                    review(RULE, site, target, words, *changes, advice=advice, source=known.fact.source),
                    second,
                )


def merged(found: Shape, first: Shape, second: Shape) -> ReplaceExpression | None:
    """The list with two neighbours as one message; None where they hold more than text that is written out."""
    contents = [m.get("content") for m in (first, second)]
    plain = all({e.key for e in m.entries} == PLAIN and m.complete for m in (first, second))
    text = joined_texts([c for c in contents if c is not None], "\n\n")
    if not plain or text is None or contents[0] is None or contents[1] is None:
        return None
    code = without_items(found, [second], {written(contents[0])[1]: text})
    return ReplaceExpression(found.path, found.span, code) if code is not None else None


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
TWICE = (
    HEAD + 'client.chat.completions.create(model=m, messages=[{"role": "user", "content": "Hi."}, '
    '{"role": "user", "content": "Who are you?"}])\n'
)
EXAMPLES = (
    Example.told(TWICE, "in a row", "ernie"),
    Example(
        TWICE,
        HEAD + 'client.chat.completions.create(model=m, messages=[{"role": "user", '
        '"content": "Hi.\\n\\nWho are you?"}])\n',
        "ernie",
        options=Options(review=True),
    ),
    Example.silent(TWICE, "deepseek"),
    Example.silent(
        HEAD + 'client.chat.completions.create(model=m, messages=[{"role": "user", "content": "Hi."}, *more, '
        '{"role": "user", "content": "Who are you?"}])\n',
    ),
    Example.silent(
        HEAD + 'client.chat.completions.create(model=m, messages=[{"role": "user", "content": "Hi."}, '
        '{"role": "assistant", "content": "Hello."}, {"role": "user", "content": "Who are you?"}])\n',
    ),
)
