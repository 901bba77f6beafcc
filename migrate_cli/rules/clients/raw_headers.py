"""SDK20: headers that only OpenAI sends.

`x-ratelimit-*`, `openai-processing-ms`, `openai-version` and `x-request-id` come with OpenAI's answers. Elsewhere they
are missing: `headers["…"]` is a KeyError, and a throttle that waits for them never opens.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, HopKind, Rule, Safety, Site, SiteKind, Use
from migrate_cli.rules.reading import at, first_of_each
from migrate_cli.rules.support import Example, Situation, note, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "SDK20",
    "raw-headers",
    "headers of OpenAI's answers",
    10,
    Safety.ADVICE,
    leaves="headers that are read in a hook of the HTTP client",
)
PREFIXES = ("x-ratelimit-", "openai-")
NAMES = ("x-request-id",)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each read of such a header, a note where it may well be sent."""
    if site.kind is not SiteKind.CALL or target.id == "azure":
        return
    known = target.behaviour("responses.foreign_headers")
    for use in first_of_each(u for u in site.uses if theirs(u)):
        name = use.route[-1]
        words = f"`{name}` is a header of OpenAI's: {target.provider.name} is not known to send it"
        if use.hops and use.hops[-1].kind is HopKind.ITEM:
            advice = f'read it with .headers.get("{name}"), and do without it'
            yield at(review(RULE, site, target, words, advice=advice), use)
        elif known is not None and known.holds:
            yield at(review(RULE, site, target, words, advice=known.data, source=known.fact.source), use)
        else:
            yield at(note(RULE, site, target, words), use)


def theirs(use: Use) -> bool:
    """Whether a use reads a header that OpenAI sends."""
    name = use.route[-1] if len(use.route) > 1 and "headers" in use.route[:-1] else None
    return (
        isinstance(name, str)
        and bool(use.hops)
        and (name.lower().startswith(PREFIXES) or name.lower() in NAMES)
    )


_HEAD = (
    "from openai import OpenAI\n\nclient = OpenAI()\n"
    "raw = client.chat.completions.with_raw_response.create(model=m, messages=[])\n"
)
EXAMPLES = (
    Example.told(_HEAD + 'left = raw.headers["x-ratelimit-remaining-requests"]\n', "a header of OpenAI's"),
    Example.told(_HEAD + 'left = raw.headers.get("openai-processing-ms")\n', "not known to send it"),
    Example.silent(_HEAD + 'kind = raw.headers["content-type"]\n'),
    Example.silent(_HEAD + "print(raw.parse().choices[0].message.content)\n"),
    Example.silent('left = raw.headers["x-ratelimit-remaining-requests"]\n'),
)
