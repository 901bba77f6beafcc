"""TOK03: the context window of an OpenAI model, written out.

A constant such as `MAX_TOKENS = 8192` or a table by model name decides how much history is kept or how text is cut.
With another model it wastes most of the window, or goes beyond it.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.sites.hints.topics import WINDOW
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TOK03",
    "context-window",
    "context window of an OpenAI model, written out",
    10,
    leaves="Windows in configuration, and those under names that say nothing of tokens or context.",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for a window constant or a table of windows, with what the provider's usual model takes."""
    if site.kind is not SiteKind.HINT or site.symbol != WINDOW:
        return
    choice = target.choose("gpt-4o")
    model = target.model(choice.to) if choice is not None and choice.to is not None else None
    known = f"; {model.id} takes {model.context:,} tokens" if model is not None and model.context else ""
    yield manual(
        RULE,
        site,
        target,
        f"a context window of OpenAI's models is written out{known}",
        compatibility=Compatibility.DIFFERS,
        advice="set it to the window of the model that is used now",
        source=model.fact.source if known and model is not None else None,
    )


_CALL = 'from openai import OpenAI\n\nOpenAI().chat.completions.create(model="gpt-4o", messages=[])\n'

EXAMPLES = (
    Example.told(f"{_CALL}MAX_CONTEXT_TOKENS = 8192\n", "a context window", "glm"),
    Example.told(f'{_CALL}SIZES = {{"gpt-4": 8192, "gpt-4o": 128000}}\n', "a context window", "glm"),
    Example.silent(f"{_CALL}BUFFER = 8192\n", "glm"),
    Example.silent("MAX_CONTEXT_TOKENS = 8192\n", "glm"),
)
