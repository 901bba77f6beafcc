"""FMT06: the field `refusal` of a message.

Only OpenAI fills it. Elsewhere a refusal is an HTTP error, another finish_reason or plain text, so a branch on
`message.refusal` is never taken: what it does for safety does not happen.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site, Way
from migrate_cli.rules.reading import at, is_chat, of_delta, of_message
from migrate_cli.rules.support import Example, Situation, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FMT06",
    "refusals",
    "refusals that do not come in their field",
    10,
    Safety.ADVICE,
    leaves="refusals that are read by a framework",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding where the program decides by the refusal of a message."""
    known = target.behaviour("responses.no_refusal")
    if not is_chat(site) or known is None or not known.holds:
        return
    asked = [u for u in (*of_message(site, "refusal"), *of_delta(site, "refusal")) if u.way is not Way.BUILD]
    if asked:
        words = f"`{asked[0].code}` stays empty on {target.provider.name}: a refusal comes as {known.data}"
        advice = "do here what is to be done for such an answer as well"
        yield at(review(RULE, site, target, words, advice=advice, source=known.fact.source), asked[0])


_HEAD = "from openai import OpenAI\n\nclient = OpenAI()\nr = client.chat.completions.create(model=m, messages=[])\n"
EXAMPLES = (
    Example.told(_HEAD + "if r.choices[0].message.refusal:\n    stop()\n", "stays empty", "glm"),
    Example.told(_HEAD + "m = r.choices[0].message\nprint(m.refusal or m.content)\n", "stays empty", "kimi"),
    Example.silent(_HEAD + "if r.choices[0].message.refusal:\n    stop()\n", "azure"),
    Example.silent(_HEAD + "print(r.choices[0].message.content)\n", "glm"),
    Example.silent("if message.refusal:\n    stop()\n", "glm"),
)
