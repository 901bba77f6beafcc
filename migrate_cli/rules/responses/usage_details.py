"""RSP02: details of the usage that are missing, or have another name.

`usage.prompt_tokens_details` may be None, and reading on from it fails. DeepSeek and Kimi count cached tokens under a
name of their own, directly in `usage`. The read is written so that it finds either and fails on neither.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, ReplaceExpression, Rule, Safety, Site, Use, Way
from migrate_cli.rules.reading import at, first_of_each, is_chat, of_usage, read_as_attribute
from migrate_cli.rules.support import Example, Situation, edit, quoted, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "RSP02",
    "usage-details",
    "details of the usage",
    5,
    Safety.SAFE,
    leaves="code that prices tokens, and details other than cached tokens",
)
DETAILS = ("prompt_tokens_details", "cached_tokens")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """An edit for each read of the cached tokens, where they have another name."""
    known = target.behaviour("responses.cache_counters")
    if not is_chat(site) or known is None or not known.holds:
        return
    for use in first_of_each(of_usage(site, *DETAILS)):
        if use.way is Way.STORE or not written_out(use):
            continue
        words = f"{target.provider.name} counts cached tokens in usage.{known.data}; {DETAILS[0]} may be None"
        code = both(use, known.data)
        if code is None:
            advice = f"read usage.{known.data} too, and expect None on the way"
            yield at(review(RULE, site, target, words, advice=advice, source=known.fact.source), use)
        else:
            change = ReplaceExpression(use.path, use.span, code)
            yield at(edit(RULE, site, target, words, change, source=known.fact.source), use)


def written_out(use: Use) -> bool:
    """Whether the last step is written here, and nothing tested what it is read from."""
    return bool(use.hops) and not any(route[-1:] == (DETAILS[0],) for route in use.tested) and not use.guarded


def both(use: Use, name: str) -> str | None:
    """The read under either name; None where the usage itself is not named in the expression."""
    keys = tuple(hop.key for hop in use.hops[-2:])
    if (
        keys != DETAILS
        or not read_as_attribute(use)
        or len(use.code.encode()) != use.span.end - use.span.start
    ):
        return None
    end = use.hops[-3].end - use.span.start if len(use.hops) > 2 else None
    usage = use.code.encode("utf-8")[:end].decode("utf-8") if end is not None else use.base
    details = f"getattr(getattr({usage}, {quoted(DETAILS[0])}, None), {quoted(DETAILS[1])}, None)"
    return f"({details} or getattr({usage}, {quoted(name)}, None) or 0)"


_HEAD = "from openai import OpenAI\n\nclient = OpenAI()\nr = client.chat.completions.create(model=m, messages=[])\n"
EXAMPLES = (
    Example(
        _HEAD + "hits = r.usage.prompt_tokens_details.cached_tokens\n",
        _HEAD + 'hits = (getattr(getattr(r.usage, "prompt_tokens_details", None), "cached_tokens", None) '
        'or getattr(r.usage, "prompt_cache_hit_tokens", None) or 0)\n',
        "deepseek",
    ),
    Example(
        _HEAD + "usage = r.usage\nhits = usage.prompt_tokens_details.cached_tokens\n",
        _HEAD + "usage = r.usage\n"
        'hits = (getattr(getattr(usage, "prompt_tokens_details", None), "cached_tokens", None) '
        'or getattr(usage, "cached_tokens", None) or 0)\n',
        "kimi",
    ),
    Example.silent(_HEAD + "hits = r.usage.prompt_tokens_details.cached_tokens\n", "ernie"),
    Example.silent(_HEAD + "print(r.usage.total_tokens)\n", "deepseek"),
    Example.silent("hits = r.usage.prompt_tokens_details.cached_tokens\n", "deepseek"),
)
