"""STR02: the usage of a stream stays None, or comes elsewhere.

A program that reads `chunk.usage` asks for it with `stream_options`. Where the provider does not take that parameter,
or it is left out because nothing documents it, meters record nothing. Kimi puts the usage into the last choice. Spark
and GLM send it with the last content: a loop that reads it only from a chunk without choices misses it.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Action, Support
from migrate_cli.model import Finding, Rule, Safety, Site, Use
from migrate_cli.rules.reading import at, first_of_each, is_chat, lines, of_usage
from migrate_cli.rules.support import Example, Situation, models_of, note, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "STR02",
    "stream-usage",
    "the usage of a stream",
    10,
    Safety.ADVICE,
    leaves="meters that are fed outside the loop over the stream",
)

REFUSED = (Support.REJECTED, Support.IGNORED)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding when the program reads the usage of a stream and may not get it."""
    reads = [u for u in first_of_each(of_usage(site)) if u.route[:1] == (None,)] if is_chat(site) else []
    reads += (
        [u for u in first_of_each(of_usage(site, None)) if u.route[:1] == (None,)] if is_chat(site) else []
    )
    if not reads:
        return
    model = next(iter(models_of(site, target)), None)
    known = target.parameter("stream_options", model)
    if known is not None and (known.support in REFUSED or known.action is Action.DROP):
        yield at(missing(site, target, reads), reads[0])
        return
    choice = target.behaviour("streams.usage_in_choice")
    late = target.behaviour("streams.usage_with_content")
    if choice is not None and choice.holds:
        words = (
            f"{target.provider.name} may put the usage of a stream into `choices[0].usage` of the last chunk"
        )
        yield at(note(RULE, site, target, words, source=choice.fact.source), reads[0])
    elif late is not None and late.holds and any(skips_content(u) for u in reads):
        words = f"{target.provider.name} sends the usage with the last content: {lines(reads)} would miss it"
        advice = "read chunk.usage of every chunk, not only of those without choices"
        yield at(review(RULE, site, target, words, advice=advice, source=late.fact.source), reads[0])


def missing(site: Site, target: Target, reads: list[Use]) -> Finding:
    """What to say where nothing documents that the usage can be had."""
    words = (
        f"{target.provider.name} is not known to send the usage of a stream, which is read in {lines(reads)}"
    )
    advice = "count a chunk without usage, or ask without stream=True where tokens must be counted"
    return review(RULE, site, target, words, advice=advice)


def skips_content(use: Use) -> bool:
    """Whether the usage is only read where the choices were tested and found empty."""
    return any(route[:2] == (None, "choices") for route in use.tested)


_HEAD = (
    "from openai import OpenAI\n\nclient = OpenAI()\nstream = client.chat.completions.create(\n"
    '    model="gpt-4o-mini", messages=[], stream=True, stream_options={"include_usage": True}\n)\n'
)
_READ = _HEAD + "for chunk in stream:\n    if chunk.usage:\n        print(chunk.usage.total_tokens)\n"
EXAMPLES = (
    Example.told(_READ, "not known to send the usage of a stream", "baichuan"),
    Example.told(_READ, "into `choices[0].usage`", "kimi"),
    Example.silent(_READ, "deepseek"),
    Example.silent(_READ, "ernie"),
    Example.silent(_HEAD + "for chunk in stream:\n    print(chunk)\n", "baichuan"),
)
