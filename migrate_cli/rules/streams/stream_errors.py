"""STR05: an error in the middle of a stream passes the handlers by.

A stream that began well can end in an error event. The SDK raises it as `openai.APIError`, which is no
`APIStatusError`: a loop whose `try` only knows errors with a status lets it through. Where the provider is known to
end streams so (a content filter that withdraws what was sent), the handler has to be wider.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site, Use, Way
from migrate_cli.rules.reading import at, handles, is_chat
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "STR05",
    "stream-errors",
    "errors in the middle of a stream",
    5,
    Safety.ADVICE,
    leaves="handlers further out than the innermost `try`, and calls that have none",
)
WITH_STATUS = (
    "APIStatusError", "RateLimitError", "BadRequestError", "AuthenticationError", "PermissionDeniedError",
    "NotFoundError", "ConflictError", "UnprocessableEntityError", "InternalServerError",
)  # fmt: skip
WIDE = ("APIError", "OpenAIError", "Exception", "BaseException")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for the first loop over the stream whose handlers are too narrow."""
    known = target.behaviour("streams.error_in_stream")
    if not is_chat(site) or known is None or not known.holds:
        return
    for use in (u for u in site.uses if is_loop(u) and narrow(u)):
        words = f"{target.provider.name} can end a stream with an error that is no APIStatusError: `except` misses it"
        advice = "catch openai.APIError around the loop"
        yield at(review(RULE, site, target, words, advice=advice, source=known.fact.source), use)
        return


def is_loop(use: Use) -> bool:
    """Whether a use is the loop over the answer itself, which must then be a stream."""
    return use.way is Way.ITERATE and use.route == ()


def narrow(use: Use) -> bool:
    """Whether the `try` around a use only knows errors that have a status."""
    return handles(use, *WITH_STATUS) and not handles(use, *WIDE)


_HEAD = (
    "import openai\n\nclient = openai.OpenAI()\ntry:\n"
    "    for chunk in client.chat.completions.create(model=m, messages=[], stream=True):\n        show(chunk)\n"
)
EXAMPLES = (
    Example.told(_HEAD + "except openai.APIStatusError as e:\n    fail(e)\n", "no APIStatusError", "hunyuan"),
    Example.told(
        _HEAD + "except (openai.RateLimitError, ValueError) as e:\n    fail(e)\n",
        "no APIStatusError",
        "hunyuan",
    ),
    Example.silent(_HEAD + "except openai.APIError as e:\n    fail(e)\n", "hunyuan"),
    Example.silent(_HEAD + "except openai.APIStatusError as e:\n    fail(e)\n", "ernie"),
    Example.silent(_HEAD + "finally:\n    done()\n", "hunyuan"),
)
