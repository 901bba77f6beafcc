"""END09: Realtime sessions.

No provider speaks OpenAI's realtime protocol; some have one of their own. Where turns are enough, speech recognition,
a streaming chat and speech synthesis do the same one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules.endpoints.service import absent, asks_for
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "END09",
    "realtime",
    "Realtime sessions",
    480,
    leaves="websockets opened without the SDK, of which CFG06 speaks",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every realtime session."""
    if asks_for(site, ("realtime",)) and (missing := absent(RULE, site, target)) is not None:
        yield missing


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example.told(CLIENT + "client.realtime.connect(model=m)\n", "nothing is known about realtime"),
    Example.told(
        CLIENT + "client.beta.realtime.connect(model=m)\n", "a realtime protocol of its own", "qwen"
    ),
    Example.silent(CLIENT + "client.chat.completions.create(model=m, messages=[], stream=True)\n"),
    Example.silent("socket.realtime.connect(model=m)\n"),
)
