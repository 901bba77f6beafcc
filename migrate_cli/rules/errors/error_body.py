"""ERR08: the body of an error is read as OpenAI writes it.

`e.response.json()["error"]["message"]` needs an `error` object. SiliconFlow and Spark send its parts without one, so
the handler fails with a KeyError and hides the cause. `e.body` of the SDK is the inner object where there is one and
the whole body where there is none; a body that is kept under a name is read with the whole as its default.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Finding, HopKind, ReplaceExpression, Rule, Safety, Site, SiteKind, Use
from migrate_cli.rules.support import Example, Situation, edit, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "ERR08",
    "error-body",
    "body of an error read as OpenAI writes it",
    5,
    Safety.SAFE,
    leaves="bodies of answers that are read without the SDK (CFG06); a body that is taken apart in another function",
)

OBJECT = '["error"]'


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every read of the `error` object of a caught error's body."""
    if site.kind is not SiteKind.EXCEPTION:
        return
    known = target.behaviour("errors.body_without_error")
    if known is None or not known.holds:
        return
    for use in (u for u in site.uses if demands(u)):
        keys = ", ".join(map(str, known.data))
        words = f"errors of {target.provider.name} have no `error` object but {keys}: reading it fails with a KeyError"
        change = softened(use)
        after = use.route[use.route.index("error") + 1 :]
        lost = after[:1] and after[0] not in known.data
        if change is None or lost:
            advice = "read `e.body`, and each of its keys with `.get`"
            found = review(RULE, site, target, words, advice=advice, source=known.fact.source)
        else:
            found = edit(RULE, site, target, words, change, source=known.fact.source)
        yield replace(found, place=use.location)


def demands(use: Use) -> bool:
    """Whether a use reads `["error"]` of the parsed body, untested."""
    if use.guarded or "KeyError" in use.caught or "Exception" in use.caught or use.route[:1] == ("body",):
        return False
    bodies = ("json()", "json_body")
    place = next((i for i, step in enumerate(use.route) if step in bodies), None)
    if place is None or use.route[place + 1 : place + 2] != ("error",):
        return False
    return any(h.key == "error" and h.kind is HopKind.ITEM for h in use.hops)


def softened(use: Use) -> ReplaceExpression | None:
    """The edit that takes the whole body where it has no `error` object; None where the text is not as expected."""
    code = use.code.replace("['error']", OBJECT)
    body, found, rest = code.partition(OBJECT)
    if not found:
        return None
    whole = f"{body[: -len('.response.json()')]}.body" if body.endswith(".response.json()") else None
    return ReplaceExpression(
        use.path, use.span, f"{whole or f'{body}.get({chr(34)}error{chr(34)}, {body})'}{rest}"
    )


CALL = (
    "import openai\n\nclient = openai.OpenAI()\n\n\ndef ask(messages):\n    try:\n"
    '        return client.chat.completions.create(model="gpt-4o", messages=messages)\n'
    "    except openai.APIStatusError as e:\n"
)
EXAMPLES = (
    Example(
        CALL + '        print(e.response.json()["error"]["message"])\n',
        CALL + '        print(e.body["message"])\n',
        "siliconflow",
    ),
    Example(
        CALL + '        body = e.response.json()\n        print(body["error"]["message"])\n',
        CALL + '        body = e.response.json()\n        print(body.get("error", body)["message"])\n',
        "spark",
    ),
    Example.told(
        CALL + '        print(e.response.json()["error"]["type"])\n', "fails with a KeyError", "spark"
    ),
    Example.silent(CALL + '        print(e.response.json()["error"]["message"])\n', "deepseek"),
    Example.silent(CALL + '        print(e.response.json().get("error"))\n', "siliconflow"),
    Example.silent(CALL + '        print(e.body["message"])\n', "siliconflow"),
)
