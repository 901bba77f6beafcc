"""EMB02: a vector width that is written out.

OpenAI's embedding models give 1536 or 3072 numbers. Where another width arrives, an index refuses it, or code that
pads and cuts makes it wrong without a word. The finding names the widths of the provider's model. Migrations and
index definitions are never edited: what they made is already there, and every stored vector has to be made again.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.sites.hints.topics import WIDTH
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "EMB02",
    "vector-width",
    "vector width of an OpenAI embedding model, written out",
    30,
    leaves="Widths that are computed, read from configuration, or other than 1536 and 3072.",
)

MODELS = {1536: ("text-embedding-3-small", "text-embedding-ada-002"), 3072: ("text-embedding-3-large",)}


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for a width that the provider's embedding model does not have by itself."""
    if site.kind is not SiteKind.HINT or site.symbol != WIDTH:
        return
    goal = situation.others.get("embeddings", target)
    width = int(site.code)
    for model in MODELS[width]:
        choice = goal.choose(model)
        found = goal.model(choice.to) if choice is not None and choice.to is not None else None
        if found is None or found.embedding is None or not found.embedding.dimensions:
            continue
        default, *others = found.embedding.dimensions
        if width == default:
            return
        able = f"; it can give {width} with `dimensions={width}`" if width in others else ""
        yield manual(
            RULE,
            site,
            target,
            f"{width} is the width of {model}; {found.id} gives {default}{able}",
            compatibility=Compatibility.DIFFERS,
            advice="change the width where the index is made, and make every stored vector again",
            source=found.fact.source,
        )
        return


_CALL = (
    'from openai import OpenAI\n\nOpenAI().embeddings.create(model="text-embedding-3-small", input=["a"])\n'
)

EXAMPLES = (
    Example.told(
        f"{_CALL}index = Index(dimension=1536)\n", "1536 is the width of text-embedding-3-small", "glm"
    ),
    Example.told(f'{_CALL}SQL = "CREATE TABLE t (v vector(1536))"\n', "1536 is the width", "glm"),
    Example.silent(f"{_CALL}index = Index(dimension=1024)\n", "glm"),
    Example.silent(f"{_CALL}port = 1536\n", "glm"),
    Example.silent("index = Index(dimension=1536)\n", "glm"),
)
