"""EMB09: a threshold for the likeness of two vectors.

How close two similar texts come differs from one embedding model to the next. A semantic cache, a search with a
cut-off or a search for duplicates that was tuned for OpenAI's vectors lets everything pass, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.sites.hints.topics import THRESHOLD
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "EMB09",
    "similarity-threshold",
    "threshold that was tuned for OpenAI's vectors",
    20,
    leaves="Thresholds in configuration, and in files that make no embeddings.",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for a comparison of a score with a fixed number, in a file that embeds."""
    if site.kind is SiteKind.HINT and site.symbol == THRESHOLD:
        yield manual(
            RULE,
            site,
            target,
            "a threshold for likeness was tuned for OpenAI's vectors; other models put similar texts elsewhere",
            compatibility=Compatibility.DIFFERS,
            advice="measure it anew with pairs of your own once the new model is in",
        )


_CALL = (
    'from openai import OpenAI\n\nOpenAI().embeddings.create(model="text-embedding-3-small", input=["a"])\n'
)

EXAMPLES = (
    Example.told(f"{_CALL}if score > 0.83:\n    pass\n", "tuned for OpenAI's vectors", "glm"),
    Example.silent(f"{_CALL}if score > 1:\n    pass\n", "glm"),
    Example.silent(f"{_CALL}if temperature > 0.83:\n    pass\n", "glm"),
    Example.silent("if score > 0.83:\n    pass\n", "glm"),
)
