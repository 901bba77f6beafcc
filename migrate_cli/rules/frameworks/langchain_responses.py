"""FRM06: options of LangChain's chat class that send its requests to the Responses API.

`use_responses_api=True` and `output_version="responses/v1"` are dropped where the provider is not known to have that
endpoint: chat completions give the same answers. `reasoning`, `include` and the like, which only exist there, are
dropped after a look. Where the provider has the endpoint, its models may still differ: a note says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Support
from migrate_cli.model import Argument, Finding, Rule, Safety, Site
from migrate_cli.rules.frameworks.moving import move_of
from migrate_cli.rules.support import Example, Situation, drop, edit, note, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM06",
    "langchain-responses",
    "options that send LangChain's requests to the Responses API",
    20,
    Safety.SAFE,
    leaves="hosted tools given to bind_tools, which switch to the Responses API as well",
)
PLAIN = {"use_responses_api": (True,), "output_version": ("responses/v1",)}
ONLY_THERE = ("reasoning", "include", "truncation", "context_management", "use_previous_response_id")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for the options of one chat object that choose the endpoint."""
    move = move_of(site)
    if move is None or move.rule not in ("FRM01", "FRM05"):
        return
    if (site.elsewhere is not None and not target.owns(site.elsewhere)) or target.id == "azure":
        return
    given = [a for name in (*PLAIN, *ONLY_THERE) for a in site.named(name) if switches(a)]
    if not given:
        return
    entry = target.endpoint("responses")
    names = ", ".join(dict.fromkeys(a.name for a in given))
    if entry is not None and entry.support in (Support.SUPPORTED, Support.RESTRICTED):
        words = f"{names}: requests go to the Responses API, which {target.provider.name} has for some models"
        yield note(RULE, site, target, words, source=entry.fact.source)
        return
    for argument in given:
        words = f"`{argument.name}` dropped: {target.provider.name} is not known to have the Responses API"
        if argument.name in PLAIN and argument.literal in PLAIN[argument.name]:
            yield edit(RULE, site, target, words, drop(site, argument))
        else:
            advice = "see that the answers do not need what it asked for"
            yield review(RULE, site, target, words, drop(site, argument), advice=advice)


def switches(argument: Argument) -> bool:
    """Whether an option chooses the Responses API, or may."""
    return argument.literal not in (False, "v0", "v1") and argument.code != "None"


EXAMPLES = (
    Example(
        "from langchain_openai import ChatOpenAI\n\n"
        'llm = ChatOpenAI(model="m", base_url="https://api.baichuan-ai.com/v1", use_responses_api=True)\n',
        "from langchain_openai import ChatOpenAI\n\n"
        'llm = ChatOpenAI(model="m", base_url="https://api.baichuan-ai.com/v1")\n',
        "baichuan",
    ),
    Example.told(
        "from langchain_openai import ChatOpenAI\n\n"
        'llm = ChatOpenAI(model="m", base_url="https://api.baichuan-ai.com/v1", reasoning={"effort": "low"})\n',
        "`reasoning` dropped",
        "baichuan",
    ),
    Example.silent(
        "from langchain_openai import ChatOpenAI\n\n"
        'llm = ChatOpenAI(model="m", base_url="https://api.baichuan-ai.com/v1", use_responses_api=False)\n',
        "baichuan",
    ),
    Example.silent(
        "from langchain_openai import ChatOpenAI\n\n"
        'llm = ChatOpenAI(model="m", base_url="http://localhost:1/v1", use_responses_api=True)\n',
        "baichuan",
    ),
)
