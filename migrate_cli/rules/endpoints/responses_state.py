"""END02: conversations that OpenAI keeps.

`previous_response_id`, `conversation`, `background` and `responses.retrieve` rely on answers that are stored. Some
providers refuse these fields; where they are ignored, the model forgets the conversation without an error. The program
has to keep the list of messages itself and send it each time.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Support
from migrate_cli.model import Compatibility, Finding, Rule, Site
from migrate_cli.rules.endpoints.service import asks_for, method
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule("END02", "responses-state", "conversations that OpenAI keeps", 120, leaves="what is stored there")
FIELDS = ("previous_response_id", "conversation", "background", "prompt")
STORED = {"retrieve", "delete", "cancel", "list"}
KEEP = "keep the list of messages in the program and send it with each call"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every use of a stored answer, where the Responses API itself is there."""
    entry = target.endpoint("responses")
    if not asks_for(site, ("responses",)) or entry is None or entry.support is not Support.SUPPORTED:
        return
    known = target.behaviour("services.responses_state")
    if known is None or known.holds is True:
        return
    provider = target.provider.name
    verb = "keeps no answers" if known.holds is False else "is not known to keep answers"
    relied = [name for name in FIELDS if (given := site.argument(name)) is not None and given.code != "None"]
    store = site.argument("store")
    if store is not None and store.literal is True:
        relied.append("store=True")
    if method(site) in STORED:
        relied.append(f"responses.{method(site)}")
    if relied:
        yield manual(
            RULE,
            site,
            target,
            f"`{relied[0]}` relies on stored answers, and {provider} {verb}",
            compatibility=Compatibility.UNSUPPORTED if known.holds is False else Compatibility.UNKNOWN,
            advice=KEEP,
            source=known.fact.source,
        )


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
NEXT = 'client.responses.create(model=m, input="hi", previous_response_id=last)\n'
EXAMPLES = (
    Example.told(CLIENT + NEXT, "keeps no answers", "deepseek"),
    Example.told(
        CLIENT + 'client.responses.create(model=m, input="hi", store=True)\n', "`store=True`", "kimi"
    ),
    Example.told(CLIENT + 'client.responses.retrieve("id")\n', "responses.retrieve", "deepseek"),
    Example.silent(CLIENT + NEXT, "qwen"),
    Example.silent(CLIENT + 'client.responses.create(model=m, input="hi")\n', "deepseek"),
    Example.silent(CLIENT + 'client.responses.create(model=m, input="hi", store=False)\n', "kimi"),
)
