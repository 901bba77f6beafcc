"""FRM19: Chroma's embedding function and Mem0's configuration, which store vectors of OpenAI's models.

Chroma's `OpenAIEmbeddingFunction` gets `api_base`, key and model. The function's model is stored with the collection:
an old collection refuses the new one, and its vectors would not fit either, so that a new one has to be filled. It
asks for base64, as the openai package does by itself, and has no argument for that: where the provider takes floats
only, a function of one's own has to take its place.

Mem0's `llm` and `embedder` get `openai_base_url`, key and model in their dictionaries. A part that is not configured
is OpenAI's, and the width of its vectors (1536) is said apart from the model. OPENROUTER_API_KEY, where it is set, wins
over all of that. The whole is left to a person where the provider has no embeddings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.catalogue.frameworks import Move
from migrate_cli.model import Compatibility, Finding, Rule, Safety, Site
from migrate_cli.rules.frameworks.configured import parts
from migrate_cli.rules.frameworks.litellm_models import entries
from migrate_cli.rules.frameworks.models import exchange
from migrate_cli.rules.frameworks.moving import by_hand, moved_by, settled, short, unoffered
from migrate_cli.rules.frameworks.straight import moved
from migrate_cli.rules.parameter_support import violation
from migrate_cli.rules.steps import rebuilt
from migrate_cli.rules.support import Example, Situation, manual, note
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM19",
    "vector-stores",
    "Chroma and Mem0 with vectors of OpenAI's models",
    60,
    Safety.SAFE,
    leaves="the stored vectors and the widths that stores are told; Mem0's hosted service; collections made elsewhere",
)

OWN_FUNCTION = 'derive from EmbeddingFunction and ask for encoding_format="float" there'
KEPT = "the collection keeps the name of its model: fill a new one instead of opening the old one"


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for an embedding function or a memory."""
    move = moved_by(RULE, site)
    if move is None:
        return
    if site.framework == "mem0":
        yield from memory(site, target, move)
        return
    found = list(moved(RULE, site, target, move))
    refused = floats_only(site, target, move) if any(f.edits for f in found) else None
    if refused is not None:
        words = (
            f"{short(site)} asks for base64 and cannot be told otherwise: {refused} on {target.provider.name}"
        )
        advice = f"{OWN_FUNCTION}, with base_url {target.base_url}; {KEPT}"
        yield manual(RULE, site, target, words, compatibility=Compatibility.UNSUPPORTED, advice=advice)
        return
    yield from found
    if any(f.edits for f in found):
        yield note(RULE, site, target, KEPT, compatibility=Compatibility.DIFFERS)


def floats_only(site: Site, target: Target, move: Move) -> str | None:
    """Why the provider refuses base64 for the new model's vectors, None where it is not known to."""
    names = exchange(RULE, site, target, move).names
    entry = target.parameter("encoding_format", names[0][1] if names else None)
    if entry is None or entry.restriction is None:
        return None
    broken = violation(entry.restriction, "base64")
    return f"encoding_format {broken}" if broken is not None else None


def memory(site: Site, target: Target, move: Move) -> Iterator[Finding]:
    """A memory, which makes chats and embeddings."""
    done = settled(RULE, site, target)
    if done is not None:
        yield done
        return
    missing = unoffered(target, "embeddings", target.endpoint("embeddings"))
    if missing is not None:
        words = f"the memory {missing[0]}: its embedder needs another provider"
        advice = f"for its llm: {by_hand(target, move)}"
        yield manual(RULE, site, target, words, compatibility=missing[1], advice=advice)
        return
    found = list(parts(site))
    names = [str(v.literal) for part in found for v in part.model.values]
    embeds = any("embedding" in name for name in names)
    if not embeds or len(found) < 2:
        part = "its embedder" if found and not embeds else "its llm" if found else "neither llm nor embedder"
        words = (
            f"the memory asks OpenAI where nothing is configured, and {part} is not plainly configured here"
        )
        if not found:
            words = "the memory asks OpenAI: neither llm nor embedder is plainly configured here"
        advice = f"in both dictionaries: {by_hand(target, move)}, and embedding_dims"
        yield manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=advice)
        return
    for finding in entries(RULE, site, target, move, "the memory"):
        yield replace(finding, site=site)
    words = (
        "every stored vector must be made again; embedding_dims and the store's width are 1536 unless said"
    )
    told = note(RULE, site, target, words, compatibility=Compatibility.DIFFERS)
    yield replace(told, steps=(rebuilt("the new embedding model"),))


EXAMPLES = (
    Example(
        "from chromadb.utils.embedding_functions import OpenAIEmbeddingFunction\n\n"
        'embed = OpenAIEmbeddingFunction(model_name="text-embedding-3-small")\n',
        "import os\n\nfrom chromadb.utils.embedding_functions import OpenAIEmbeddingFunction\n\n"
        'embed = OpenAIEmbeddingFunction(model_name="embedding-3", '
        'api_base="https://open.bigmodel.cn/api/paas/v4", api_key=os.environ["ZAI_API_KEY"])\n',
        "glm",
    ),
    Example(
        "from mem0 import Memory\n\n"
        'memory = Memory.from_config({"llm": {"provider": "openai", "config": {"model": "gpt-4o"}}, '
        '"embedder": {"provider": "openai", "config": {"model": "text-embedding-3-small"}}})\n',
        "import os\n\nfrom mem0 import Memory\n\n"
        'memory = Memory.from_config({"llm": {"provider": "openai", "config": {"model": "glm-5.3-flash", '
        '"openai_base_url": "https://open.bigmodel.cn/api/paas/v4", "api_key": '
        'os.environ["ZAI_API_KEY"]}}, "embedder": {"provider": "openai", "config": {"model": '
        '"embedding-3", "openai_base_url": "https://open.bigmodel.cn/api/paas/v4", "api_key": '
        'os.environ["ZAI_API_KEY"]}}})\n',
        "glm",
    ),
    Example.told(
        "from chromadb.utils.embedding_functions import OpenAIEmbeddingFunction\n\n"
        'embed = OpenAIEmbeddingFunction(model_name="text-embedding-3-small")\n',
        "asks for base64",
    ),
    Example.silent(
        "from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction\n\n"
        'embed = SentenceTransformerEmbeddingFunction(model_name="all-MiniLM-L6-v2")\n'
    ),
    Example.told("from mem0 import Memory\n\nmemory = Memory()\n", "asks OpenAI", "glm"),
    Example.silent(
        'from mem0 import Memory\n\nmemory = Memory.from_config({"llm": {"provider": "ollama", "config": '
        '{"model": "llama3"}}, "embedder": {"provider": "ollama", "config": {"model": "nomic"}}})\n'
    ),
)
