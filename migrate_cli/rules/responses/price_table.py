"""RSP06: prices by the names of OpenAI's models.

A table of prices, `get_openai_callback()` and `litellm.completion_cost()` know OpenAI's names. With another model they
raise KeyError or count nothing; and a flat price per token fits neither yuan nor prices by length, cache or hour.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.sites.hints.code import PRICES
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "RSP06",
    "price-table",
    "prices by the names of OpenAI's models",
    15,
    leaves="Tables with one model only, in configuration, or in files that do not use OpenAI.",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for a table of prices or a counter that knows OpenAI's models only."""
    if site.kind is SiteKind.HINT and site.symbol == PRICES:
        yield manual(
            RULE,
            site,
            target,
            f"costs are counted by the names of OpenAI's models; those of {target.provider.name} are missing",
            compatibility=Compatibility.DIFFERS,
            advice=f"add the new models: `migrate providers {target.id}` has the prices with their dates",
        )


_CALL = 'from openai import OpenAI\n\nOpenAI().chat.completions.create(model="gpt-4o", messages=[])\n'

EXAMPLES = (
    Example.told(f'{_CALL}PRICES = {{"gpt-4o": 2.5, "gpt-4o-mini": 0.15}}\n', "costs are counted", "glm"),
    Example.silent(f'{_CALL}PRICES = {{"tea": 2.5, "coffee": 0.15}}\n', "glm"),
    Example.silent('PRICES = {"gpt-4o": 2.5, "gpt-4o-mini": 0.15}\n', "glm"),
)
