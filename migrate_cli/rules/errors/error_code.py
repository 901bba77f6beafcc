"""ERR02: comparisons of the error's code with OpenAI's codes.

`context_length_exceeded`, `insufficient_quota`, `content_policy_violation`, …: each provider has codes of its own, so
the branch never runs and the program does not shrink, wait or skip. Where the catalogue knows the provider's codes,
types, status or text, the comparison is widened by them; OpenAI's code stays in it. Where the provider's error is of a
class that the clause does not catch, the finding says which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import (
    Finding,
    ReplaceExpression,
    Rule,
    Safety,
    Site,
    SiteKind,
    Use,
    Way,
    WrapExpression,
)
from migrate_cli.rules.errors.meanings import (
    TOPICS,
    WORDS,
    Answer,
    answer,
    answered,
    catches,
    class_of,
    conditions,
    is_legacy,
    listed,
    near,
    sent,
)
from migrate_cli.rules.support import Example, Situation, edit, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ERR02",
    "error-code",
    "comparison with a code of OpenAI's errors",
    10,
    Safety.SAFE,
    leaves="codes looked up in a table; handlers of Exception; what a provider sends where no source says it",
    covers=("ERR02", "ERR06", "ERR07"),
)

EQUAL, UNEQUAL = ("==", "in"), ("!=", "not in")
ATTRIBUTES = ("code", "type")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every comparison of the code or type of a caught error."""
    if site.kind is not SiteKind.EXCEPTION or site.caught is None or site.caught.name is None:
        return
    for use in site.uses:
        if use.way is not Way.COMPARE or not use.route or use.route[-1] not in ATTRIBUTES:
            continue
        texts = [v for v in use.literals if isinstance(v, str)]
        for topic in dict.fromkeys(TOPICS[t] for t in texts if t in TOPICS):
            found = answer(target, topic)
            if found is not None and not answered(site, use, found):
                yield replace(judged(site, target, use, found), place=use.location)


def judged(site: Site, target: Target, use: Use, found: Answer) -> Finding:
    """The finding for one comparison: an edit where the clause sees the error and it can be told."""
    caught, legacy = site.caught, is_legacy(site)
    assert caught is not None
    name = class_of(found.status, legacy=legacy) if found.status is not None else None
    words = f"{target.provider.name} answers {WORDS[found.topic]} with {sent(found, legacy=legacy)}"
    if name is not None and not catches(caught.classes, name, legacy=legacy):
        module = "openai.error" if legacy else "openai"
        test = " or ".join(conditions(found, "error", legacy=legacy)) or f"status {found.status}"
        advice = f"treat it in a clause for {module}.{name}: `{test}`"
        return review(
            RULE, site, target, f"{words}, which this clause does not see", advice=advice, source=found.source
        )
    change = widened(site, use, found) if near(caught, use) else None
    if change is None:
        tests = conditions(found, str(caught.name), legacy=legacy)
        advice = f"test `{' or '.join(tests)}` as well" if tests else "tell it by the message"
        return review(RULE, site, target, words, advice=advice, source=found.source)
    return edit(RULE, site, target, f"comparison widened: {words}", change, source=found.source)


def widened(site: Site, use: Use, found: Answer) -> ReplaceExpression | WrapExpression | None:
    """The edit that lets the comparison be true for the provider's error as well; None where it cannot be made."""
    if use.outer is None or use.detail not in (*EQUAL, *UNEQUAL):
        return None
    tests = conditions(found, str(site.caught.name if site.caught else ""), legacy=is_legacy(site))
    if not tests:
        return None
    plain = found.codes and len(tests) == 1 and use.route[-1] == "code" and all(use.literals)
    if plain and len(use.literals) == 1 and use.detail in ("==", "!="):
        values = tuple(dict.fromkeys((*[v for v in use.literals if isinstance(v, (str, int))], *found.codes)))
        word = "in" if use.detail == "==" else "not in"
        return ReplaceExpression(use.path, use.outer, f"{use.code} {word} {listed(values)}")
    return wrapped(use, tests)


def wrapped(use: Use, tests: list[str]) -> WrapExpression | None:
    """The comparison with further tests beside it, true when any of them is (or, where it is negated, when none is)."""
    assert use.outer is not None
    if use.detail in (*EQUAL, "holds"):
        return WrapExpression(use.path, use.outer, "(", f" or {' or '.join(tests)})")
    if use.detail in (*UNEQUAL, "lacks"):
        return WrapExpression(use.path, use.outer, "(", f" and not ({' or '.join(tests)}))")
    return None


CALL = (
    "import openai\n\nclient = openai.OpenAI()\n\n\ndef ask(messages):\n    try:\n"
    '        return client.chat.completions.create(model="gpt-4o", messages=messages)\n'
)
EXAMPLES = (
    Example(
        CALL + "    except openai.BadRequestError as e:\n"
        '        if e.code == "context_length_exceeded":\n            return ask(messages[-4:])\n        raise\n',
        CALL + "    except openai.BadRequestError as e:\n"
        '        if e.code in ("context_length_exceeded", "1261"):\n'
        "            return ask(messages[-4:])\n        raise\n",
        "glm",
    ),
    Example(
        CALL + "    except openai.APIError as e:\n"
        '        if e.code != "insufficient_quota":\n            raise\n',
        CALL + "    except openai.APIError as e:\n"
        '        if (e.code != "insufficient_quota" and not ("Insufficient Balance" in str(e))):\n            raise\n',
        "deepseek",
    ),
    Example.told(
        CALL + "    except openai.RateLimitError as e:\n"
        '        if e.code == "insufficient_quota":\n            raise SystemExit("no money left")\n',
        "HTTP 402 (openai.APIStatusError)",
        "deepseek",
    ),
    Example.told(
        CALL + "    except openai.BadRequestError as e:\n"
        '        if e.code == "content_policy_violation":\n            return None\n        raise\n',
        "HTTP 451 (openai.APIStatusError), code 451001, which this clause does not see",
        "hunyuan",
    ),
    Example.silent(
        CALL + "    except openai.BadRequestError as e:\n"
        '        if e.code == "context_length_exceeded":\n            return None\n        raise\n',
        "stepfun",
    ),
    Example.silent(
        CALL + "    except openai.BadRequestError as e:\n"
        '        if e.code in ("context_length_exceeded", "1261"):\n            return None\n        raise\n',
        "glm",
    ),
    Example.silent(
        CALL
        + '    except OSError as e:\n        if e.code == "context_length_exceeded":\n            raise\n',
        "glm",
    ),
)
