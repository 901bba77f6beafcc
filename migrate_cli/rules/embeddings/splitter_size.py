"""EMB07: pieces of text that are longer than the new embedding model takes.

OpenAI's embedding models take 8191 tokens. Where the new model takes fewer, a longer piece is refused, or cut
without a word, so that the end of it is never found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.sites.hints.topics import SPLITTER
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "EMB07",
    "splitter-size",
    "pieces of text longer than the embedding model takes",
    20,
    leaves="Splitters that count characters, sizes that are computed, and texts that are not split.",
)

_SIZE = re.compile(r"\b(?:chunk_size|max_tokens|tokens_per_chunk)\s*=\s*(\d[\d_]*)")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for a splitter whose pieces are above the limit of the provider's embedding model."""
    if site.kind is not SiteKind.HINT or site.symbol != SPLITTER:
        return
    goal = situation.others.get("embeddings", target)
    choice = goal.choose("text-embedding-3-small")
    model = goal.model(choice.to) if choice is not None and choice.to is not None else None
    limit = model.embedding.max_tokens if model is not None and model.embedding is not None else None
    sizes = [int(size.replace("_", "")) for size in _SIZE.findall(site.code)]
    if model is None or limit is None or not any(size > limit for size in sizes):
        return
    yield manual(
        RULE,
        site,
        target,
        f"pieces of up to {max(sizes)} tokens; {model.id} takes {limit}",
        compatibility=Compatibility.DIFFERS,
        advice=f"split into pieces of at most {limit} tokens, and make the index again",
        source=model.fact.source,
    )


_CALL = (
    'from openai import OpenAI\n\nOpenAI().embeddings.create(model="text-embedding-3-small", input=["a"])\n'
)

EXAMPLES = (
    Example.told(f"{_CALL}s = TokenTextSplitter(chunk_size=8000)\n", "pieces of up to 8000 tokens", "glm"),
    Example.silent(f"{_CALL}s = TokenTextSplitter(chunk_size=512)\n", "glm"),
    Example.silent(f"{_CALL}s = CharacterTextSplitter(chunk_size=8000)\n", "glm"),
)
