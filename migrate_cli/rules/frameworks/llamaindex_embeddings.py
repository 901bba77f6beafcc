"""FRM09: LlamaIndex's OpenAIEmbedding refuses model names that it does not know, and sends a hundred texts at once.

`OpenAILikeEmbedding` takes its place, with `model_name`, the provider's limit of texts per request and floats. Every
stored vector has to be made again. The package `llama-index-embeddings-openai-like` is needed from then on.

The class of releases before 0.10 (`llama_index.embeddings.OpenAIEmbedding`) has no such sister: it is left to a
person.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Safety, Site
from migrate_cli.rules.frameworks.langchain_embeddings import embedding_findings
from migrate_cli.rules.frameworks.moving import moved_by, needs
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM09",
    "llamaindex-embeddings",
    "LlamaIndex's OpenAIEmbedding refuses other providers' models",
    60,
    Safety.SAFE,
    leaves="models given as a member of OpenAIEmbeddingModelType; the stored vectors themselves",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for every construction of LlamaIndex's embeddings class."""
    move = moved_by(RULE, site)
    if move is None:
        return
    found = list(embedding_findings(RULE, site, target, move))
    yield from found
    if any(f.edits for f in found):
        yield from needs(RULE, site, target, move)


EXAMPLES = (
    Example(
        "from llama_index.embeddings.openai import OpenAIEmbedding\n\n"
        'embed = OpenAIEmbedding(model="text-embedding-3-small")\n',
        "import os\n\nfrom llama_index.embeddings.openai_like import OpenAILikeEmbedding\n\n"
        'embed = OpenAILikeEmbedding(model_name="embedding-3", api_base="https://open.bigmodel.cn/api/paas/v4", '
        'api_key=os.environ["ZAI_API_KEY"], embed_batch_size=64, '
        'additional_kwargs={"encoding_format": "float"})\n',
        "glm",
    ),
    Example.told(
        "from llama_index.embeddings.openai import OpenAIEmbedding\n\nembed = OpenAIEmbedding()\n",
        "does not offer",
        "kimi",
    ),
    Example.untouched(
        "from llama_index.embeddings.openai import OpenAIEmbedding\n\n"
        'embed = OpenAIEmbedding(model_name="m", api_base="http://localhost:1/v1")\n'
    ),
    Example.silent(
        "from llama_index.embeddings.huggingface import HuggingFaceEmbedding\n\nembed = HuggingFaceEmbedding()\n"
    ),
)
