"""EMB01: another embedding model means another vector space.

Vectors of two models cannot be compared, and the width usually changes: every index built with the old model has to
be built again. The finding names the widths and the provider's limit of texts per request. What else an
embeddings request needs is said by EMB03 to EMB06.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.steps import rebuilt
from migrate_cli.rules.support import Example, Situation, models_of, note
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "EMB01",
    "embedding-index",
    "another embedding model needs a new index",
    60,
    leaves="the index: build it again",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for embeddings calls whose target model is known."""
    if site.kind is not SiteKind.CALL or site.endpoint != "embeddings" or target.id == "azure":
        return
    already = site.argument("model")
    if already is not None and isinstance(already.literal, str) and target.serves(already.literal):
        return
    for name in models_of(site, target):
        model = target.model(name)
        if model is not None and model.kind != "embedding":
            continue  # another call takes its model from the same place
        facts = model.embedding if model else None
        sizes = ", ".join(map(str, facts.dimensions)) if facts and facts.dimensions else "unknown"
        batch = facts.max_batch if facts and facts.max_batch else "unknown"
        words = (
            f"build every vector index again: {name} has width {sizes}, and takes {batch} texts per request"
        )
        found = note(RULE, site, target, words, compatibility=Compatibility.DIFFERS)
        yield replace(found, steps=(rebuilt(name),))


EXAMPLES = (
    Example.silent(
        "from openai import OpenAI\n\nclient = OpenAI()\n"
        'client.embeddings.create(model="gpt-4o-mini", input="a")\n',
        "glm",
    ),
    Example.untouched(
        'from openai import OpenAI\n\nclient = OpenAI()\nclient.embeddings.create(model=m, input="a")\n'
    ),
    Example.untouched('EMBEDDING_WIDTH = {"text-embedding-3-small": 1536}\n'),
)
