"""END04: assistants, threads and runs.

No provider has them in OpenAI's shape, and OpenAI itself shut them down in August 2026: such code does not run
anywhere. What replaces it is a loop of one's own: keep the list of messages, send it with `tools` to
`chat.completions`, run the tools that the answer asks for, add their results, and ask again.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules.endpoints.service import absent, asks_for
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "END04",
    "assistants",
    "Assistants, threads and runs",
    480,
    leaves="the loop itself: how a program stores its conversations is its own",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every call of the old assistants."""
    if asks_for(site, ("assistants", "threads")) and (missing := absent(RULE, site, target)) is not None:
        yield missing


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example.told(CLIENT + "client.beta.assistants.create(model=m)\n", "nothing is known about assistants"),
    Example.told(CLIENT + "client.beta.threads.create()\n", "does not offer threads", "deepseek"),
    Example.silent(CLIENT + "client.chat.completions.create(model=m, messages=[])\n"),
    Example.silent("from groq import Groq\n\nGroq().beta.threads.create()\n"),
)
