"""FRM10: libraries that ask OpenAI when nothing is said.

`Agent(role=…)` of CrewAI and `VectorStoreIndex.from_documents(docs)` of LlamaIndex hold no word of OpenAI, and use it
all the same: once OPENAI_API_KEY is gone they fail. What to set is said; nothing is edited. A file is read for this
only if it uses OpenAI in some other way too.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.sites.hints.defaults import DEFAULT
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM10",
    "default-openai",
    "a library that asks OpenAI when nothing is said",
    15,
    Safety.ADVICE,
    leaves="files without any other trace of OpenAI; defaults that are set in another file",
)

ADVICE = {
    "Agent": "pass llm=LLM(...) of the provider",
    "VectorStoreIndex": "set Settings.llm and Settings.embed_model, or pass embed_model=",
}


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every object that falls back to OpenAI."""
    if site.kind is not SiteKind.HINT or site.symbol != DEFAULT:
        return
    word = site.code.split("(", 1)[0].split(".", 1)[0]
    advice = ADVICE.get(word, "name the model of the provider")
    words = f"{word} is told no model here and asks OpenAI's by default"
    yield manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=advice)


EXAMPLES = (
    Example.told(
        'import os\n\nfrom crewai import Agent\n\nos.environ["OPENAI_API_KEY"] = load()\n'
        'writer = Agent(role="writer", goal="write", backstory="none")\n',
        "asks OpenAI's by default",
    ),
    Example.silent(
        'import os\n\nfrom crewai import Agent\n\nos.environ["OPENAI_API_KEY"] = load()\n'
        'writer = Agent(role="writer", goal="write", backstory="none", llm=make())\n'
    ),
    Example.silent(
        'import os\n\nfrom staff import Agent\n\nos.environ["OPENAI_API_KEY"] = load()\nwriter = Agent(role="writer")\n'
    ),
)
