"""RSP03: an error that comes with status 200.

The SDK makes an answer of it whose `choices` are None: `choices[0]` fails far from the cause, and retries that wait for
an exception of the SDK never begin. With `--guard` the generated client raises such an answer as an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules.reading import at, is_chat
from migrate_cli.rules.support import Example, Situation, note
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "RSP03",
    "business-errors",
    "errors that come with status 200",
    10,
    Safety.ADVICE,
    leaves="answers that are checked in another function",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A note at the first read of the choices, where errors come as answers and nothing tests for that."""
    known = target.behaviour("responses.business_error_200")
    if not is_chat(site) or known is None or not known.holds:
        return
    reads = [u for u in site.uses if u.route[:1] == ("choices",) and len(u.route) > 1]
    if reads and not any(route == ("choices",) for u in reads for route in u.tested):
        name = target.provider.name
        words = (
            f"an error of {name} can come with status 200: `choices` is then None and `{reads[0].code}` fails"
        )
        yield at(note(RULE, site, target, words, source=known.fact.source), reads[0])


_HEAD = "from openai import OpenAI\n\nclient = OpenAI()\nr = client.chat.completions.create(model=m, messages=[])\n"
EXAMPLES = (
    Example.told(_HEAD + "print(r.choices[0].message.content)\n", "`choices` is then None", "glm"),
    Example.silent(_HEAD + "if r.choices:\n    print(r.choices[0].message.content)\n", "glm"),
    Example.silent(_HEAD + "print(r.choices[0].message.content)\n", "kimi"),
    Example.silent(_HEAD + "print(r)\n", "glm"),
)
