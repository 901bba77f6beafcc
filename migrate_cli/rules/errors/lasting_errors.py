"""ERR04: retries of what can never succeed.

With these providers an unpaid account, an expired plan or a daily quota is HTTP 429, as a request that came too fast
is. A retry on `RateLimitError` then waits for minutes in place of a clear message. The retry helpers of tenacity and
backoff get the codes (or types) that are final; loops by hand are pointed out.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import (
    AddImport,
    Caught,
    Finding,
    Operation,
    Options,
    Rule,
    Safety,
    SetArgument,
    Site,
    SiteKind,
    WrapExpression,
)
from migrate_cli.rules.errors.meanings import is_legacy, listed
from migrate_cli.rules.support import Example, Situation, note, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ERR04",
    "lasting-errors",
    "retry of an error that stays",
    10,
    Safety.REVIEW,
    leaves="retries of every exception; retry conditions that are combined or kept in a variable; openai<1",
)

TENACITY = "retry_if_exception_type"
BACKOFF = "backoff.on_exception"
BROAD = ("RateLimitError", "APIStatusError", "APIError", "OpenAIError")
WAITING = {"sleep", "continue"}


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each retry helper and each loop that waits for a rate limit."""
    caught = site.caught
    if site.kind is not SiteKind.EXCEPTION or caught is None or site.symbol.rsplit(".", 1)[-1] not in BROAD:
        return
    known = target.behaviour("errors.lasting_429")
    if known is None or not known.holds or any(settled(use.literals, known.data) for use in site.uses):
        return
    names = ", ".join(map(str, (*known.data["codes"], *known.data["types"])))
    words = f"retries HTTP 429 of {target.provider.name} also where it stays ({names})"
    if caught.way == "except":
        if WAITING & set(caught.does) and site.symbol.endswith("RateLimitError"):
            yield note(RULE, site, target, words, source=known.fact.source)
        return
    combined = "combined" in caught.does  # with a test of its own, or with ours
    change = guarded(caught, known.data) if caught.first and not combined and not is_legacy(site) else []
    if change:
        advice = "give up at once where the account, not the pace, is the reason"
        yield review(RULE, site, target, words, *change, advice=advice, source=known.fact.source)


def settled(literals: tuple[object, ...], data: dict[str, list[object]]) -> bool:
    """Whether the program knows one of the final codes already."""
    return bool({str(v) for v in literals} & {str(v) for v in (*data["codes"], *data["types"])})


def guarded(caught: Caught, data: dict[str, list[object]]) -> list[Operation]:
    """The edits that let a retry helper give up at once; none where it cannot be told how."""
    final = final_test(data)
    if caught.way.endswith(f".{TENACITY}") and len(caught.given) == 1 and not caught.keywords:
        prefix = caught.function.rpartition(".")[0]
        name = f"{prefix}.retry_if_exception" if prefix else "retry_if_exception"
        rest = (
            f" & {name}(lambda error: not ({final}))"  # beside it: the classes may change their names as well
        )
        edits: list[Operation] = [WrapExpression(caught.path, caught.span, "", rest)]
        return (
            edits if prefix else [*edits, AddImport(caught.path, "from tenacity import retry_if_exception")]
        )
    if caught.way == BACKOFF and "giveup" not in caught.keywords and "**" not in caught.keywords:
        return [SetArgument(caught.path, caught.span, "giveup", f"lambda error: {final}")]
    return []


def final_test(data: dict[str, list[object]]) -> str:
    """Python that tells an error which stays."""
    tests = [
        f'getattr(error, "{name}", None) in {listed([str(v) for v in data[f"{name}s"]])}'
        for name in ("code", "type")
        if data[f"{name}s"]
    ]
    return " or ".join(tests)


REVIEWED = Options(review=True)
BODY = 'def ask(m):\n    return client.chat.completions.create(model="gpt-4o", messages=m)\n'
EXAMPLES = (
    Example(
        "import openai\nimport tenacity\n\nclient = openai.OpenAI()\n\n\n"
        "@tenacity.retry(retry=tenacity.retry_if_exception_type(openai.RateLimitError))\n" + BODY,
        "import openai\nimport tenacity\n\nclient = openai.OpenAI()\n\n\n"
        "@tenacity.retry(retry=tenacity.retry_if_exception_type(openai.RateLimitError) & tenacity.retry_if_exception("
        'lambda error: not (getattr(error, "type", None) in ("exceeded_current_quota_error",))))\n' + BODY,
        "kimi",
        options=REVIEWED,
    ),
    Example(
        "import backoff\nimport openai\n\nclient = openai.OpenAI()\n\n\n"
        "@backoff.on_exception(backoff.expo, openai.RateLimitError, max_tries=9)\n" + BODY,
        "import backoff\nimport openai\n\nclient = openai.OpenAI()\n\n\n"
        "@backoff.on_exception(backoff.expo, openai.RateLimitError, max_tries=9, giveup=lambda error: "
        'getattr(error, "code", None) in ("Throttling.AllocationQuota",))\n' + BODY,
        "qwen",
        options=REVIEWED,
    ),
    Example.silent(
        "import openai\nimport tenacity\n\nclient = openai.OpenAI()\n\n\n"
        "@tenacity.retry(retry=tenacity.retry_if_exception_type(openai.RateLimitError) & test_of_mine)\n"
        + BODY,
        "kimi",
    ),
    Example.silent(
        "import backoff\nimport openai\n\nclient = openai.OpenAI()\n\n\n"
        "@backoff.on_exception(backoff.expo, openai.RateLimitError, max_tries=9)\n" + BODY,
        "deepseek",
    ),
    Example.silent(
        "import backoff\nimport openai\n\nclient = openai.OpenAI()\n\n\n"
        "@backoff.on_exception(backoff.expo, openai.APITimeoutError, max_tries=9)\n" + BODY,
        "glm",
    ),
    Example.silent(
        "import backoff\n\n\n@backoff.on_exception(backoff.expo, OSError, max_tries=9)\n" + BODY, "glm"
    ),
)
