"""RSP01: `finish_reason` has other values.

Providers send values of their own, and the SDK passes them on as they are. A branch for a value that OpenAI sends and
this provider never does is dead code: `content_filter` at GLM and Hunyuan, which say `sensitive`. That comparison gets
the other value too, after a look. Values that OpenAI does not know are told of.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrate_cli.model import Finding, ReplaceExpression, Rule, Site, Use, Way
from migrate_cli.rules.reading import at, fits, is_chat
from migrate_cli.rules.support import Example, Situation, note, quoted, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "RSP01",
    "finish-reasons",
    "values of finish_reason",
    10,
    leaves="values that are looked up in a table, or compared where the answer cannot be followed",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for the comparisons of finish_reason; one note when none of them is wrong."""
    known = target.behaviour("responses.finish_reasons")
    if not is_chat(site) or known is None or not known.holds:
        return
    compared = [u for u in site.uses if u.way is Way.COMPARE and is_reason(u)]
    dead = [u for u in compared if missing(u, known.data)]
    for use in dead:
        yield at(reworded(site, target, use, known.data, known.fact.source), use)
    if compared and not dead:
        words = f"{target.provider.name} has other finish reasons as well: {', '.join(known.data['extra'])}"
        yield at(note(RULE, site, target, words, source=known.fact.source), compared[0])


def is_reason(use: Use) -> bool:
    """Whether a use is of the finish reason of a choice, of a whole answer or of a chunk."""
    tail = use.route[1:] if use.route[:1] == (None,) else use.route
    return fits(tail, "choices", None, "finish_reason")


def missing(use: Use, data: dict[str, Any]) -> dict[str, str]:
    """Values in the comparison that are never sent, with those that are sent instead and not compared with."""
    instead = data["instead"]
    return {
        v: instead[v]
        for v in use.literals
        if isinstance(v, str) and v in instead and instead[v] not in use.literals
    }


def reworded(site: Site, target: Target, use: Use, data: dict[str, Any], source: str | None) -> Finding:
    """The comparison with both values where it is a plain one, else words."""
    old, new = next(iter(missing(use, data).items()))
    words = f"{target.provider.name} says {quoted(new)} where OpenAI says {quoted(old)}: the branch is never taken"
    if use.detail == "==" and use.outer is not None and use.literals == (old,):
        code = f"{use.code} in ({quoted(old)}, {quoted(new)})"
        return review(RULE, site, target, words, ReplaceExpression(use.path, use.outer, code), source=source)
    return review(RULE, site, target, words, advice=f"compare with {quoted(new)} as well", source=source)


_HEAD = "from openai import OpenAI\n\nclient = OpenAI()\nr = client.chat.completions.create(model=m, messages=[])\n"
EXAMPLES = (
    Example.told(
        _HEAD + 'if r.choices[0].finish_reason == "content_filter":\n    refuse()\n',
        'says "sensitive"',
        "glm",
    ),
    Example.told(
        _HEAD + 'if r.choices[0].finish_reason in ("stop", "content_filter"):\n    end()\n',
        'says "sensitive"',
        "hunyuan",
    ),
    Example.told(
        _HEAD + 'if r.choices[0].finish_reason == "length":\n    more()\n',
        "insufficient_system_resource",
        "deepseek",
    ),
    Example.silent(_HEAD + 'if r.choices[0].finish_reason == "length":\n    more()\n', "ernie"),
    Example.silent(_HEAD + "print(r.choices[0].finish_reason)\n", "glm"),
    Example.silent('if reason == "content_filter":\n    refuse()\n', "glm"),
)
