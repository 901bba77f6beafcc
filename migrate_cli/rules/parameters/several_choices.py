"""PRM09: several answers to one request.

MiniMax and Kimi give one, most providers document none or one, Doubao at most five. A provider that passes over `n`
sends one answer and no error: a vote among answers then has one voter, and `choices[1]` raises IndexError. Asking n
times instead pays for the prompt n times, so that is left to a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Parameter, Support
from migrate_cli.model import Argument, Compatibility, Finding, Rule, Site, Use
from migrate_cli.rules.parameter_support import breaks, entries_of, lines_of, support_words
from migrate_cli.rules.support import Example, Situation, manual, note
from migrate_cli.targets.endpoint import Target

RULE = Rule("PRM09", "several-choices", "several answers to one request", 20, leaves="the calls themselves")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every `n` above one that the provider may not honour."""
    for argument, entry in entries_of(site, target, "n"):
        wanted = [v.literal for v in argument.values if type(v.literal) is int]
        if max(wanted, default=0) > 1:
            yield from several(site, target, argument, entry, max(wanted))
        elif not wanted and entry.support in (Support.REJECTED, Support.RESTRICTED, Support.UNKNOWN):
            words = f"`n` is {support_words(entry.support)} on {target.provider.name}: there may be one answer only"
            yield note(RULE, site, target, words, source=entry.fact.source)


def several(
    site: Site, target: Target, argument: Argument, entry: Parameter, wanted: int
) -> Iterator[Finding]:
    """More than one answer is asked for."""
    if entry.support is Support.SUPPORTED and not breaks(entry.restriction, argument):
        return
    if entry.support is Support.RESTRICTED and entry.restriction and not breaks(entry.restriction, argument):
        return
    most = entry.restriction.max if entry.restriction else None
    limit = f"{most} at most" if most else support_words(entry.support)
    words = f"n={wanted}: {target.provider.name} may send fewer answers (`n` is {limit})"
    reads = [u for u in site.uses if beyond_first(u)]
    words += f"; {reads[0].code} is read in {lines_of(site, reads)}" if reads else ""
    known = entry.support in (Support.REJECTED, Support.RESTRICTED)
    yield manual(
        RULE,
        site,
        target,
        words,
        compatibility=Compatibility.UNSUPPORTED if known else Compatibility.UNKNOWN,
        advice="call once per answer (the prompt is then paid each time), or do with one answer",
        source=entry.fact.source,
    )


def beyond_first(use: Use) -> bool:
    """Whether something other than the first answer is read by its number."""
    return use.route[:1] == ("choices",) and any(type(k) is int and k > 0 for k in use.route[1:2])


_CALL = "from openai import OpenAI\n\nclient = OpenAI()\nr = client.chat.completions.create(model=m, messages=[], "
EXAMPLES = (
    Example.told(_CALL + "n=3)\n", "n=3: MiniMax may send fewer answers", "minimax"),
    Example.told(_CALL + "n=2)\nprint(r.choices[1].message)\n", "is read in line 5", "minimax"),
    Example.told(_CALL + "n=8)\n", "`n` is 5 at most", "doubao"),
    Example.silent(_CALL + "n=3)\n", "doubao"),
    Example.silent(_CALL + "n=3)\n", "qwen"),
    Example.silent(_CALL + "n=1)\n"),
    Example.silent("sample(n=3)\n"),
)
