"""RSP06: prices and limits by the names of OpenAI's models.

A table of prices, one that is asked for the name of the answering model, `get_openai_callback()` and
`litellm.completion_cost()` have no entry for the new one: a KeyError, or a cost of 0. The currency, cache tiers, peak
hours and tiers by length do not fit such a table either; `migrate report` has the figures.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Safety, Site, SiteKind, Use, Way
from migrate_cli.rules.reading import at, first_of_each, fits, is_chat
from migrate_cli.rules.support import Example, Situation, manual, review
from migrate_cli.sites.hints.topics import PRICES
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "RSP06",
    "price-tables",
    "prices by the names of OpenAI's models",
    15,
    Safety.ADVICE,
    leaves="tables of one model, in configuration, or in files that do not use OpenAI",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for a table of prices, and for each table that is asked for the name of the model that answered."""
    if site.kind is SiteKind.HINT and site.symbol == PRICES:
        name = target.provider.name
        words = f"costs are counted by the names of OpenAI's models; those of {name} are missing"
        advice = f"add the new models: `migrate providers {target.id}` has the prices with their dates"
        yield manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=advice)
    if not is_chat(site) or target.id == "azure":
        return
    for use in first_of_each(u for u in site.uses if looked_up(u)):
        words = (
            f"`{table(use)}` is asked for the name of the model that answered, which is no longer OpenAI's"
        )
        advice = (
            f"give it entries for the models of {target.provider.name}; `migrate report` has their prices"
        )
        yield at(review(RULE, site, target, words, advice=advice), use)


def looked_up(use: Use) -> bool:
    """Whether something is looked up under the name of the model that answered."""
    tail = use.route[1:] if use.route[:1] == (None,) else use.route
    asked = use.way is Way.KEY or (use.way is Way.ARGUMENT and (use.detail or "").endswith(".get"))
    return fits(tail, "model") and asked


def table(use: Use) -> str:
    """The table's name."""
    return (use.detail or "").removesuffix(".get").removeprefix("builtins.")


_HEAD = "from openai import OpenAI\n\nclient = OpenAI()\nr = client.chat.completions.create(model=m, messages=[])\n"
EXAMPLES = (
    Example.told(_HEAD + "price = PRICES[r.model]\n", "`PRICES` is asked for"),
    Example.told(_HEAD + "price = PRICES.get(r.model, 0)\n", "`PRICES` is asked for"),
    Example.silent(_HEAD + "print(r.model)\n"),
    Example.silent("price = PRICES[r.model]\n"),
    Example.told(_HEAD + 'PRICES = {"gpt-4o": 2.5, "gpt-4o-mini": 0.15}\n', "costs are counted"),
    Example.silent(_HEAD + 'PRICES = {"tea": 2.5, "coffee": 0.15}\n'),
    Example.silent('PRICES = {"gpt-4o": 2.5, "gpt-4o-mini": 0.15}\n'),
)
