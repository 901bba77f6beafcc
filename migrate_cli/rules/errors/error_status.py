"""ERR01: which errors a clause sees at this provider.

The SDK makes a class of the HTTP status: 402, 451 and 434 are a plain `APIStatusError`, 422 is
`UnprocessableEntityError`, 403 `PermissionDeniedError`. Where a provider answers with another status than OpenAI, a
clause for OpenAI's class does not run and the error goes past it. For bad parameters with 422 the class is added (after
a look); for refused content the finding says what to catch; a balance that has run out is only worth a word.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.behaviours import Behaviour
from migrate_cli.model import (
    AddImport,
    Caught,
    Finding,
    Operation,
    Options,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
)
from migrate_cli.rules.errors.meanings import catches, class_of, is_legacy
from migrate_cli.rules.support import Example, Situation, note, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ERR01",
    "error-status",
    "clause that does not see the provider's status",
    10,
    Safety.REVIEW,
    leaves="classes that are kept in a variable; retry helpers, which ERR04 looks at",
)

SPECIFIC = ("UnprocessableEntityError", "PermissionDeniedError", "NotFoundError", "ConflictError")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each status that passes the clause of `site` by."""
    caught = site.caught
    if site.kind is not SiteKind.EXCEPTION or caught is None or caught.way != "except":
        return
    known = target.behaviour("errors.statuses")
    if known is None or not known.holds:
        return
    legacy, own = is_legacy(site), site.symbol.rsplit(".", 1)[-1]
    for status, case in ((int(k), v) for k, v in known.data.items()):
        name, usual = class_of(status, legacy=legacy), class_of(case["openai"], legacy=legacy)
        if own != usual or catches((*caught.classes, *caught.beside), name, legacy=legacy):
            continue
        yield judged(site, target, caught, name, status, case, known)


def judged(
    site: Site,
    target: Target,
    caught: Caught,
    name: str,
    status: int,
    case: dict[str, object],
    known: Behaviour,
) -> Finding:
    """The finding for one status."""
    module = "openai.error" if is_legacy(site) else "openai"
    provider, source = target.provider.name, known.fact.source
    words = f"{provider} answers {case['case']} with HTTP {status} ({module}.{name}), which this clause does not see"
    if case["openai"] in (404, 429) or "raise" in caught.does:
        return note(RULE, site, target, words, source=source)
    if name in SPECIFIC and not is_legacy(site):
        return review(
            RULE, site, target, words, *added(site, caught, name), advice=f"catch {name} too", source=source
        )
    advice = f"add a clause for {module}.{name} and test for {status} there"
    return review(RULE, site, target, words, advice=advice, source=source)


def added(site: Site, caught: Caught, name: str) -> list[Operation]:
    """The edits that put one more class into the clause."""
    prefix = site.code.rpartition(".")[0]
    full = f"{prefix}.{name}" if prefix else name
    inner = caught.code[1:-1].rstrip().rstrip(",") if caught.code.startswith("(") else caught.code
    edits: list[Operation] = [ReplaceExpression(caught.path, caught.span, f"({inner}, {full})")]
    return edits if prefix else [*edits, AddImport(caught.path, f"from openai import {name}")]


REVIEWED = Options(review=True)
CALL = (
    "import openai\n\nclient = openai.OpenAI()\n\n\ndef ask(messages):\n    try:\n"
    '        return client.chat.completions.create(model="gpt-4o", messages=messages)\n'
)
EXAMPLES = (
    Example(
        CALL + "    except openai.BadRequestError:\n        return None\n",
        CALL + "    except (openai.BadRequestError, openai.UnprocessableEntityError):\n        return None\n",
        "deepseek",
        options=REVIEWED,
    ),
    Example.told(CALL + "    except openai.BadRequestError:\n        return None\n", "HTTP 422", "deepseek"),
    Example.told(CALL + "    except openai.BadRequestError:\n        return None\n", "HTTP 451", "hunyuan"),
    Example.told(
        CALL + "    except openai.RateLimitError:\n        return None\n",
        "an empty balance with HTTP 402",
        "deepseek",
    ),
    Example.silent(CALL + "    except openai.BadRequestError:\n        return None\n", "glm"),
    Example.silent(CALL + "    except openai.APIStatusError:\n        return None\n", "deepseek"),
    Example.silent(
        CALL
        + "    except openai.BadRequestError:\n        return None\n    except Exception:\n        raise\n",
        "deepseek",
    ),
)
