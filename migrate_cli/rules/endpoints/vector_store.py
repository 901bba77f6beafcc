"""END05: vector stores.

No provider is known to have them. The way is a vector database of one's own with an embedding model of a provider
that has one; what is stored at OpenAI has to be read there and embedded anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules.endpoints.service import absent, asks_for
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "END05",
    "hosted-vector-stores",
    "vector stores of OpenAI",
    240,
    leaves="what is stored there: it has to be embedded anew",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every call of a vector store."""
    if asks_for(site, ("vector_stores",)) and (missing := absent(RULE, site, target)) is not None:
        yield missing


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example.told(
        CLIENT + 'client.vector_stores.search("x", query="q")\n', "nothing is known about vector_stores"
    ),
    Example.told(
        CLIENT + "client.beta.vector_stores.create()\n", "nothing is known about vector_stores", "qwen"
    ),
    Example.silent("from chromadb import Client\n\nClient().vector_stores.create()\n"),
    Example.silent(CLIENT + "client.models.list()\n"),
)
