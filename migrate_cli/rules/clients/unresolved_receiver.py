"""SDK00: a call that is shaped like the SDK's, on an object that cannot be followed.

It is a guess, so nothing is edited; the finding says why the object is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Certainty, Finding, Rule, Site
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

PASSED_ON = "passed on as a value"
RULE = Rule(
    "SDK00",
    "unresolved-receiver",
    "call on an object that cannot be followed",
    10,
    leaves="everything: what is not known to be OpenAI is never edited",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every guess."""
    if site.certainty is Certainty.GUESS:
        if site.evidence and PASSED_ON in site.evidence[0].text:
            words = "a method of the OpenAI client is passed on: what it is called with stands elsewhere"
            yield manual(
                RULE, site, target, words, advice="check the model and the arguments where it is called"
            )
            return
        words = "looks like a call of the OpenAI API, but its client cannot be followed"
        yield manual(RULE, site, target, words, advice="annotate the client (client: OpenAI) or edit by hand")


EXAMPLES = (
    Example.untouched(
        "import openai\n\n\ndef ask(client):\n    return client.chat.completions.create(model=m, messages=[])\n"
    ),
    Example.untouched("def ask(client):\n    return client.chat.completions.create(model=m, messages=[])\n"),
)
