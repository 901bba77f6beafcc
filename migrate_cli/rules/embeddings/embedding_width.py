"""EMB04: a vector width that the new model does not offer.

`dimensions=1536` has no counterpart at most providers: the request is refused, or the width is passed over in silence
and vectors of another width reach the index. Which width to take, and what that means for the column or collection
that stores the vectors, is for a person to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site
from migrate_cli.rules.embedding_support import embedding_models, moves_vectors
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "EMB04",
    "embedding-width",
    "vector width that the new model does not offer",
    30,
    leaves="widths that are only known at run time: check the length of a vector after the call",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every width outside the list of the model."""
    if not moves_vectors(site, target):
        return
    for model in embedding_models(site, target):
        offered = model.embedding.dimensions if model.embedding else None
        for value in (v for a in site.named("dimensions") for v in a.values):
            if offered and type(value.literal) is int and value.literal not in offered:
                sizes = ", ".join(map(str, offered))
                yield manual(
                    RULE,
                    site,
                    target,
                    f"dimensions={value.literal} is not offered by {model.id} ({sizes})",
                    compatibility=Compatibility.UNSUPPORTED,
                    advice="choose one of its widths and change the column or collection that stores the vectors",
                    source=model.fact.source,
                )


_CALL = "from openai import OpenAI\n\nclient = OpenAI()\nclient.embeddings.create(input=x, model="
EXAMPLES = (
    Example.told(
        _CALL + '"text-embedding-3-small", dimensions=1536)\n', "dimensions=1536 is not offered", "glm"
    ),
    Example.told(
        _CALL + '"text-embedding-3-large", dimensions=3072)\n',
        "not offered by qwen3.7-text-embedding",
        "qwen",
    ),
    Example.silent(_CALL + '"text-embedding-3-small", dimensions=1536)\n', "qwen"),
    Example.silent(_CALL + '"text-embedding-3-small", dimensions=width)\n', "glm"),
    Example.silent("index.create(dimensions=1536)\n", "glm"),
)
