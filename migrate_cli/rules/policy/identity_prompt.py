"""POL04: a prompt that tells the model it is ChatGPT, or made by OpenAI.

It is no error of the API, yet the most visible one: the answer claims to come from OpenAI. A prompt that was tuned
for one family of models may also get answers in another language or form.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.sites.hints.topics import IDENTITY
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "POL04",
    "identity-prompt",
    "prompt that tells the model it is ChatGPT",
    10,
    leaves="Prompts in files of their own or a database, and how well a prompt works with another model.",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for a text that names the model or its maker."""
    if site.kind is SiteKind.HINT and site.symbol == IDENTITY:
        yield manual(
            RULE,
            site,
            target,
            "a prompt tells the model that it is OpenAI's",
            compatibility=Compatibility.DIFFERS,
            advice="leave the name out, and compare answers from before and after the move",
        )


_CALL = 'from openai import OpenAI\n\nOpenAI().chat.completions.create(model="gpt-4o", messages=[])\n'

EXAMPLES = (
    Example.told(f'{_CALL}PROMPT = "You are ChatGPT, a helpful assistant."\n', "a prompt tells", "glm"),
    Example.told(f'{_CALL}PROMPT = "A model trained by OpenAI answers."\n', "a prompt tells", "glm"),
    Example.silent(f'{_CALL}PROMPT = "You are a helpful assistant."\n', "glm"),
    Example.silent(f'{_CALL}\ndef f():\n    """You are ChatGPT."""\n', "glm"),
    Example.silent('PROMPT = "You are ChatGPT, a helpful assistant."\n', "glm"),
)
