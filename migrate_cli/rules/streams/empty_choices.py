"""STR01: a chunk without choices ends the loop with an IndexError.

The chunk with the usage, which a request asks for with `include_usage`, has empty `choices`, and some providers send
such chunks without being asked. A loop over the stream that reads `choices[0]` without a test fails there, after a
good answer. The loop gets a test in front of its first such statement. Where it reads more of such a chunk later, the
usage for instance, that reading would be left out, so the edit waits for a look. A comprehension, and a function that
is handed one chunk, are named.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from migrate_cli.catalogue.types import Support
from migrate_cli.model import Finding, HopKind, InsertStatement, Rule, Safety, Site, Use, Way
from migrate_cli.rules.reading import at, first_of_each, fits, handles, is_chat, same_loop
from migrate_cli.rules.support import Example, Situation, edit, models_of, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "STR01",
    "empty-choices",
    "chunks without choices in a stream",
    3,
    Safety.SAFE,
    leaves="streams that are looped over where the code is not known (a web framework, a callback)",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each loop over the stream that takes its choices for granted."""
    why = cause(site, target) if is_chat(site) else None
    if why is None:
        return
    seen: list[Use] = []
    for use in first_of_each(u for u in site.uses if unguarded(u)):
        if not any(same_loop(use, other) for other in seen):
            seen.append(use)
            yield at(finding(site, target, use, *why), use)


def cause(site: Site, target: Target) -> tuple[str, str | None] | None:
    """Why a chunk without choices is to be expected, and the source; None where it is not."""
    known = target.behaviour("streams.empty_choices")
    asks = asks_for_usage(site)
    if known is not None and known.holds and (asks or known.data == "always"):
        return f"{target.provider.name} sends chunks without choices", known.fact.source
    option = target.parameter("stream_options", next(iter(models_of(site, target)), None))
    taken = option is not None and option.support in (Support.SUPPORTED, Support.RESTRICTED)
    late = target.behaviour("streams.usage_with_content")
    if asks and taken and option is not None and not (late is not None and late.holds):
        return "the usage that is asked for comes in a chunk without choices", option.fact.source
    return None


def asks_for_usage(site: Site) -> bool:
    """Whether the request asks for the usage of the stream."""
    return any("include_usage" in a.code and "False" not in a.code for a in site.named("stream_options"))


def unguarded(use: Use) -> bool:
    """Whether a use reads one certain choice of a chunk, and nothing asked whether there is one."""
    if use.route[:2] != (None, "choices") or len(use.route) < 3 or not isinstance(use.route[2], int):
        return False
    keys = [hop.key for hop in use.hops]
    # a name can stand for the choices: then the index is the first step that is written here
    at_once = len(use.route) - len(keys) == 2 and keys[:1] == [use.route[2]]
    written = at_once or ("choices", use.route[2]) in pairwise(keys)
    tested = any(fits(route, None, "choices") or fits(route, None, "choices", None) for route in use.tested)
    return written and not tested and not handles(use, "IndexError", "LookupError")


def finding(site: Site, target: Target, use: Use, why: str, source: str | None) -> Finding:
    """The edit where there is room for it, else words."""
    words = f"{why}: `{use.code}` fails on it"
    test = f"if not {use.base}{written_choices(use)}"
    if use.loop is None or use.part is None or not written_choices(use):
        return review(RULE, site, target, words, advice="skip a chunk whose choices are empty", source=source)
    change = InsertStatement(use.path, use.part, f"{test}:\n    continue", after=False)
    begin = use.part.start
    later = [u for u in site.uses if same_loop(u, use) and beside_choices(u) and u.span.start >= begin]
    if later:
        advice = f"use `{later[0].code}` before the test: a chunk without choices is skipped there"
        return review(RULE, site, target, words, change, advice=advice, source=source)
    return edit(RULE, site, target, words, change, source=source)


def written_choices(use: Use) -> str:
    """How the choices are read from the chunk: `.choices`; empty where another name stands for them."""
    first = use.hops[0]
    if first.key != "choices":
        return ""
    return {HopKind.ATTRIBUTE: ".choices", HopKind.ITEM: '["choices"]'}.get(first.kind, "")


def beside_choices(use: Use) -> bool:
    """Whether a use takes something of the chunk that is not its choices, or hands on the whole chunk."""
    if len(use.route) == 1:
        return use.route[0] is None and use.way not in (Way.ALIAS, Way.TEST)
    return use.route[0] is None and use.route[1] != "choices" and bool(use.hops)


_HEAD = "from openai import OpenAI\n\nclient = OpenAI()\nstream = client.chat.completions.create(\n"
_ASKED = _HEAD + '    model=m, messages=[], stream=True, stream_options={"include_usage": True}\n)\n'
_PLAIN = _HEAD + "    model=m, messages=[], stream=True\n)\n"
EXAMPLES = (
    Example(
        _ASKED + 'for chunk in stream:\n    print(chunk.choices[0].delta.content or "")\n',
        _ASKED + "for chunk in stream:\n    if not chunk.choices:\n        continue\n"
        '    print(chunk.choices[0].delta.content or "")\n',
        "deepseek",
    ),
    Example(
        _PLAIN + "for chunk in stream:\n    if chunk.choices[0].delta.content:\n        show(1)\n",
        _PLAIN + "for chunk in stream:\n    if not chunk.choices:\n        continue\n"
        "    if chunk.choices[0].delta.content:\n        show(1)\n",
        "qwen",
    ),
    Example(
        _ASKED + "for chunk in stream:\n    if chunk.usage:\n        total = chunk.usage.total_tokens\n"
        "    delta = chunk.choices[0].delta\n",
        _ASKED + "for chunk in stream:\n    if chunk.usage:\n        total = chunk.usage.total_tokens\n"
        "    if not chunk.choices:\n        continue\n    delta = chunk.choices[0].delta\n",
        "doubao",
    ),
    Example.told(
        _ASKED + "for chunk in stream:\n    delta = chunk.choices[0].delta\n    used = chunk.usage\n",
        "chunks without choices",
        "deepseek",
    ),
    Example.told(
        _ASKED + "for chunk in stream:\n    if chunk.choices[0].delta.content:\n        show(chunk)\n",
        "chunks without choices",
        "deepseek",
    ),
    Example.told(
        _ASKED + 'text = "".join(c.choices[0].delta.content or "" for c in stream)\n',
        "chunks without choices",
        "deepseek",
    ),
    Example.silent(
        _ASKED
        + "for chunk in stream:\n    if chunk.choices and chunk.choices[0].delta:\n        show(chunk)\n",
        "deepseek",
    ),
    Example.silent(
        _ASKED + "for chunk in stream:\n    if len(chunk.choices) == 0:\n        continue\n"
        "    show(chunk.choices[0])\n",
        "deepseek",
    ),
    Example.silent(_PLAIN + "for chunk in stream:\n    show(chunk.choices[0])\n", "deepseek"),
    Example.silent(_PLAIN + "for chunk in stream:\n    show(chunk.choices[0])\n", "ernie"),
    Example.silent(_ASKED + "for chunk in stream:\n    show(chunk.choices[0])\n", "glm"),
    Example.silent("for chunk in stream:\n    show(chunk.choices[0])\n", "qwen"),
)
