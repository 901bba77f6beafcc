"""TST02: recorded answers of OpenAI's API that tests play back (vcr, betamax, pytest-recording).

After the move the program asks another host, so no recording matches: with `record_mode: none` the tests fail, with
`once` or `new_episodes` they make real calls that cost money. Old recordings also hold OpenAI's ids and now and then a
key. They have to be recorded anew.

Does not handle: recordings outside of folders named `cassettes` or `recordings`, and matchers that ignore the host.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules import users
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.rules.users import Standing
from migrate_cli.sites.around.cassettes import TOPIC
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TST02",
    "cassette",
    "recorded answers of OpenAI's API",
    20,
    leaves="recordings outside of folders named `cassettes` or `recordings`, and matchers that ignore the host",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each folder of recordings, when something moves."""
    if site.kind is not SiteKind.HINT or site.symbol != TOPIC or target.id == "azure":
        return
    if users.project(situation) in (Standing.ALL, Standing.SOME):
        words = f"{site.code} of api.openai.com: the program asks {target.base_url} after the move"
        advice = (
            "record them again, and see that CI runs with record_mode none; look for keys in the old ones"
        )
        yield manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=advice)


EXAMPLES = (
    Example.silent(
        "interactions:\n- request: {uri: https://api.openai.com/v1/models}\n", path="cassettes.yaml"
    ),
    Example.silent("uri: https://api.groq.com/v1\n", path="answer.yaml"),
)
