"""STR04: an error that comes with status 200 makes a stream that is empty.

The SDK looks for events in such an answer, finds none and raises nothing: the loop ends at once, and the user sees an
empty answer. Only a test after the loop tells.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site, Way
from migrate_cli.rules.reading import at, is_chat
from migrate_cli.rules.support import Example, Situation, note
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "STR04",
    "empty-stream",
    "a stream that is empty because of an error",
    5,
    Safety.ADVICE,
    leaves="whether the program tests for an empty answer after the loop",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A note for a loop over the stream, where the provider answers errors with status 200."""
    known = target.behaviour("responses.business_error_200")
    if not is_chat(site) or known is None or not known.holds:
        return
    loop = next((u for u in site.uses if u.way is Way.ITERATE and u.route == ()), None)
    if loop is not None:
        name = target.provider.name
        words = (
            f"an error of {name} can come with status 200: the loop then sees no chunk and nothing is raised"
        )
        yield at(note(RULE, site, target, words, source=known.fact.source), loop)


_HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
_LOOP = "for chunk in client.chat.completions.create(model=m, messages=[], stream=True):\n    show(chunk)\n"
EXAMPLES = (
    Example.told(_HEAD + _LOOP, "nothing is raised", "glm"),
    Example.silent(_HEAD + _LOOP, "kimi"),
    Example.silent(_HEAD + "r = client.chat.completions.create(model=m, messages=[])\nshow(r)\n", "glm"),
)
