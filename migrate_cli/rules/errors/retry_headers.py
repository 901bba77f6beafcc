"""ERR05: the waiting time is taken from a header of the answer.

`e.response.headers["retry-after"]` and the `x-ratelimit-…` headers are OpenAI's. No source says that another provider
sends them; without them the handler fails with a KeyError. Reading them with a default waits a moment instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Finding, HopKind, Options, ReplaceExpression, Rule, Safety, Site, SiteKind, Use
from migrate_cli.rules.support import Example, Situation, edit, quoted, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ERR05",
    "retry-headers",
    "waiting time from a header of the error",
    5,
    Safety.REVIEW,
    leaves="headers of good answers (SDK20); headers that are parsed elsewhere",
)

HEADERS = ("retry-after", "retry-after-ms", "x-ratelimit-")
# Seconds to wait where no header says it, as text, as headers are: our own judgement.
DEFAULT = "5"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every such header of a caught error that is read as if it were there."""
    if site.kind is not SiteKind.EXCEPTION or target.id in ("azure", "local"):
        return
    known = target.behaviour("errors.retry_after")
    if known is None or known.holds:
        return
    for use in (u for u in site.uses if demanded(u)):
        header = str(use.route[-1])
        words = f"`{header}` is OpenAI's: {target.provider.name} may not send it, and the handler then fails"
        make = edit if known.holds is False else review
        change = softened(use, header)
        found = make(RULE, site, target, words, change, source=known.fact.source)
        yield replace(found, place=use.location)


def demanded(use: Use) -> bool:
    """Whether a use reads a header with `[…]`, untested."""
    if len(use.route) < 2 or use.route[-2] != "headers" or use.guarded or not use.hops:
        return False
    name, last = use.route[-1], use.hops[-1]
    caught = {"KeyError", "LookupError", "Exception", "BaseException"} & set(use.caught)
    return (
        last.kind is HopKind.ITEM
        and not caught
        and isinstance(name, str)
        and name.lower().startswith(HEADERS)
        and last.end == use.span.end
    )


def softened(use: Use, header: str) -> ReplaceExpression:
    """The edit that reads the header with a default."""
    code = use.code
    headers = code[: code.rindex("[")]
    return ReplaceExpression(use.path, use.span, f"{headers}.get({quoted(header)}, {quoted(DEFAULT)})")


REVIEWED = Options(review=True)
CALL = (
    "import time\n\nimport openai\n\nclient = openai.OpenAI()\n\n\ndef ask(messages):\n    try:\n"
    '        return client.chat.completions.create(model="gpt-4o", messages=messages)\n'
    "    except openai.RateLimitError as e:\n"
)
EXAMPLES = (
    Example(
        CALL + '        time.sleep(int(e.response.headers["retry-after"]))\n',
        CALL + '        time.sleep(int(e.response.headers.get("retry-after", "5")))\n',
        "glm",
        options=REVIEWED,
    ),
    Example.told(
        CALL + '        time.sleep(int(e.response.headers["Retry-After"]))\n', "may not send it", "kimi"
    ),
    Example.silent(CALL + '        time.sleep(int(e.response.headers.get("retry-after", "1")))\n', "glm"),
    Example.silent(CALL + '        print(e.response.headers["content-type"])\n', "glm"),
    Example.silent(CALL + '        time.sleep(int(e.response.headers["retry-after"]))\n', "azure"),
)
