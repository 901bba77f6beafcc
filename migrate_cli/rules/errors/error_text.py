"""ERR03: a case is told by words of OpenAI's message.

`"maximum context length" in str(e)`: other providers have other texts, many of them Chinese, so the branch never runs.
From openai 3 on `str(e)` is the message alone, without the body, so that a code is not found in it either. The test is
widened by the codes, types or texts that the catalogue knows for the provider.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Finding, Rule, Safety, Site, SiteKind, Use, Way
from migrate_cli.rules.errors.error_code import wrapped
from migrate_cli.rules.errors.meanings import (
    PHRASES,
    WORDS,
    Answer,
    answer,
    answered,
    catches,
    class_of,
    conditions,
    is_legacy,
    near,
    sent,
)
from migrate_cli.rules.support import Example, Situation, edit, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ERR03",
    "error-text",
    "case told by the text of OpenAI's message",
    10,
    Safety.SAFE,
    leaves="regular expressions; handlers of Exception; texts that no source states",
)

TEXTS = ("str()", "message", "_message", "user_message")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every search in the text of a caught error."""
    if site.kind is not SiteKind.EXCEPTION or site.caught is None or site.caught.name is None:
        return
    known = [u for u in site.uses if u.way is Way.COMPARE and set(u.route) & set(TEXTS)]
    for use in known:
        found = meant(target, use)
        if found is not None and not answered(site, use, found):
            yield replace(judged(site, target, use, found), place=use.location)


def meant(target: Target, use: Use) -> Answer | None:
    """What the provider sends for the case that the words of this test stand for."""
    if use.detail not in ("holds", "lacks", "==", "!="):
        return None
    for text in (v.lower() for v in use.literals if isinstance(v, str)):
        topic = next((topic for phrase, topic in PHRASES.items() if phrase in text), None)
        found = answer(target, topic) if topic is not None else None
        if found is not None and not (found.generic and not found.texts):
            return found  # of a generic code without a known text nobody can say that the words differ
    return None


def judged(site: Site, target: Target, use: Use, found: Answer) -> Finding:
    """The finding for one test: an edit where the clause sees the error and it can be told."""
    caught, legacy = site.caught, is_legacy(site)
    assert caught is not None
    words = f"{target.provider.name} answers {WORDS[found.topic]} with {sent(found, legacy=legacy)}"
    name = class_of(found.status, legacy=legacy) if found.status is not None else None
    if name is not None and not catches(caught.classes, name, legacy=legacy):
        module = "openai.error" if legacy else "openai"
        test = " or ".join(conditions(found, "error", legacy=legacy)) or f"status {found.status}"
        advice = f"treat it in a clause for {module}.{name}: `{test}`"
        words += ", which this clause does not see"
        return review(RULE, site, target, words, advice=advice, source=found.source)
    tests = conditions(found, str(caught.name), legacy=legacy)
    change = wrapped(use, tests) if tests and use.outer is not None and near(caught, use) else None
    if change is None:
        advice = (
            f"test `{' or '.join(tests)}` as well"
            if tests
            else "see the provider's text once and test for it"
        )
        return review(RULE, site, target, words, advice=advice, source=found.source)
    return edit(RULE, site, target, f"test widened: {words}", change, source=found.source)


CALL = (
    "import openai\n\nclient = openai.OpenAI()\n\n\ndef ask(messages):\n    try:\n"
    '        return client.chat.completions.create(model="gpt-4o", messages=messages)\n'
)
EXAMPLES = (
    Example(
        CALL + "    except openai.BadRequestError as e:\n"
        '        if "maximum context length" in str(e):\n            return ask(messages[-4:])\n        raise\n',
        CALL + "    except openai.BadRequestError as e:\n"
        '        if ("maximum context length" in str(e) or getattr(e, "code", None) in ("1261",)):\n'
        "            return ask(messages[-4:])\n        raise\n",
        "glm",
    ),
    Example(
        CALL + "    except openai.BadRequestError as error:\n"
        '        if "content management policy" not in error.message.lower():\n            raise\n',
        CALL + "    except openai.BadRequestError as error:\n"
        '        if ("content management policy" not in error.message.lower() and not '
        '("Content Exists Risk" in str(error))):\n            raise\n',
        "deepseek",
    ),
    Example.told(
        CALL + "    except openai.RateLimitError as e:\n"
        '        if "exceeded your current quota" in str(e):\n            raise SystemExit("no money left")\n',
        "HTTP 403 (openai.PermissionDeniedError), code AccountOverdueError, which this clause does not see",
        "doubao",
    ),
    Example.silent(
        CALL + "    except openai.BadRequestError as e:\n"
        '        if "maximum context length" in str(e):\n            return None\n        raise\n',
        "deepseek",
    ),
    Example.silent(
        CALL + "    except openai.BadRequestError as e:\n"
        '        if "my own words" in str(e):\n            return None\n        raise\n',
        "glm",
    ),
    Example.silent(
        CALL + "    except openai.BadRequestError as e:\n"
        '        if "maximum context length" in str(e):\n            return None\n        raise\n',
        "minimax",
    ),
    Example.silent('def ask(text):\n    return "maximum context length" in str(text)\n', "glm"),
)
