"""TOL08: parts of tool calls in a stream that are written in another way.

The index of a part may be missing or -1 (Kimi, GLM), its id may be missing, and Spark sends one object in place of a
list. A loop that sorts the parts by their index fails on None. The index is read as 0 then, after a look: several
calls at once would still be mixed up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrate_cli.model import Finding, Options, Rule, Safety, Site, Use, WrapExpression
from migrate_cli.rules.reading import at, first_of_each, is_chat, of_delta
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TOL08",
    "tool-deltas",
    "parts of tool calls in a stream",
    20,
    Safety.REVIEW,
    leaves="several calls in one answer without an index, and parts that are put together in another function",
)
ADVICE = "begin a new call when a part brings a name, and go on with the last one otherwise"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for the reads that expect parts as OpenAI writes them."""
    known = target.behaviour("streams.tool_call_deltas")
    if not is_chat(site) or known is None or not known.holds:
        return
    name, source = target.provider.name, known.fact.source
    if "index" in known.data:
        for use in unguarded(of_delta(site, "tool_calls", None, "index")):
            words = f"{name} may send a tool call without an index, or with -1: `{use.code}`"
            change = WrapExpression(use.path, use.span, "max(", " or 0, 0)")
            yield at(review(RULE, site, target, words, change, advice=ADVICE, source=source), use)
    if "object" in known.data:
        for use in [u for u in first_of_each(of_delta(site, "tool_calls", None)) if u.hops][:1]:
            words = f"{name} may send one object in place of the list of tool calls, and no id: `{use.code}`"
            yield at(review(RULE, site, target, words, advice=ADVICE, source=source), use)


def unguarded(indexes: Iterable[Use]) -> list[Use]:
    """Where the index is read, unless something takes care of one that is missing at each of these places.

    All or none: what is stored under one index has to be found under it.
    """
    read = first_of_each(use for use in indexes if use.hops)
    return [] if all(use.guarded for use in read) else list(read)


_HEAD = (
    "from openai import OpenAI\n\nclient = OpenAI()\n"
    "for chunk in client.chat.completions.create(model=m, messages=[], tools=t, stream=True):\n"
    "    for part in chunk.choices[0].delta.tool_calls or []:\n"
)
EXAMPLES = (
    Example(
        _HEAD + "        calls[part.index] += part.function.arguments\n",
        _HEAD + "        calls[max(part.index or 0, 0)] += part.function.arguments\n",
        "kimi",
        options=Options(review=True),
    ),
    Example(
        _HEAD + "        if part.index not in calls:\n            calls[part.index] = {}\n"
        "        calls[part.index].update(part)\n",
        _HEAD + "        if max(part.index or 0, 0) not in calls:\n"
        "            calls[max(part.index or 0, 0)] = {}\n"
        "        calls[max(part.index or 0, 0)].update(part)\n",
        "kimi",
        options=Options(review=True),
    ),
    Example.told(_HEAD + "        calls[part.index] += part.function.arguments\n", "without an index", "glm"),
    Example.silent(_HEAD + "        calls[part.index or 0] += part.function.arguments\n", "kimi"),
    Example.silent(_HEAD + "        calls[part.index] += part.function.arguments\n", "ernie"),
    Example.silent(_HEAD + "        show(part.function.name)\n", "kimi"),
)
