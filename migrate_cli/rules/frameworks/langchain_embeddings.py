"""FRM04: LangChain's OpenAIEmbeddings sends token numbers, a thousand texts at once, and asks for base64.

Beside base URL, key and model it gets `check_embedding_ctx_length=False` (so that text is sent, and no vocabulary is
fetched from OpenAI), the provider's limit of texts per request as `chunk_size`, and `encoding_format="float"`. Every
stored vector has to be made again: the note names the new width.

The class of old releases (`langchain.embeddings`, `langchain_community`) cannot be told to send text: it is left to
a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.catalogue.frameworks import Move
from migrate_cli.catalogue.types import Embedding
from migrate_cli.model import (
    Compatibility,
    Finding,
    Operation,
    ReplaceExpression,
    Rule,
    Safety,
    SetItem,
    Site,
)
from migrate_cli.rules.frameworks.models import exchange
from migrate_cli.rules.frameworks.moving import moved_by, point, settled
from migrate_cli.rules.steps import rebuilt
from migrate_cli.rules.support import Example, Situation, literals, manual, note, put
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM04",
    "langchain-embeddings",
    "LangChain's OpenAIEmbeddings sends token numbers instead of text",
    60,
    Safety.SAFE,
    leaves="classes of langchain before its split into packages; the stored vectors themselves",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """Findings for every construction of LangChain's embeddings class."""
    move = moved_by(RULE, site)
    if move is not None:
        yield from embedding_findings(RULE, site, target, move)


def embedding_findings(rule: Rule, site: Site, target: Target, move: Move) -> Iterator[Finding]:
    """The move of an embeddings class of a framework, and what becomes of the stored vectors."""
    done = settled(rule, site, target)
    if done is not None:
        yield done
        return
    names = exchange(rule, site, target, move).names
    model = target.model(names[0][1]) if names else None
    facts = model.embedding if model is not None else None
    found = list(point(rule, site, target, move, *sized(site, move, facts), *floats(site, move)))
    yield from found
    if model is None or not any(f.edits for f in found):
        return
    yield from wide(rule, site, target, model.id, facts)


def sized(site: Site, move: Move, facts: Embedding | None) -> Iterator[Operation]:
    """The number of texts per request, no more than the provider takes."""
    if move.batch is None or facts is None or facts.max_batch is None:
        return
    given = site.argument(move.batch)
    if given is None:
        yield put(site, move.batch, str(facts.max_batch))
        return
    for value in literals(given):
        if isinstance(value.literal, int) and value.literal > facts.max_batch:
            yield ReplaceExpression(value.path, value.span, str(facts.max_batch))


def floats(site: Site, move: Move) -> Iterator[Operation]:
    """`encoding_format="float"`: the openai package asks for base64 by itself."""
    if move.options is None:
        return
    given = site.argument(move.options)
    if given is None:
        yield put(site, move.options, '{"encoding_format": "float"}')
    elif given.code.lstrip().startswith("{") and "encoding_format" not in given.code:
        yield SetItem(given.path, given.span, "encoding_format", '"float"')


def wide(rule: Rule, site: Site, target: Target, name: str, facts: Embedding | None) -> Iterator[Finding]:
    """What another model means for the vectors that are stored."""
    sizes = ", ".join(map(str, facts.dimensions)) if facts and facts.dimensions else "unknown"
    words = f"build every vector index again: {name} has width {sizes}"
    found = note(rule, site, target, words, compatibility=Compatibility.DIFFERS)
    yield replace(found, steps=(rebuilt(name),))
    wanted = site.argument("dimensions")
    if wanted is None or not facts or not facts.dimensions or wanted.literal in (None, *facts.dimensions):
        return
    yield manual(
        rule,
        site,
        target,
        f"dimensions={wanted.literal} is not offered by {name} ({sizes})",
        compatibility=Compatibility.UNSUPPORTED,
        advice="choose one of its widths and change the column or collection that stores the vectors",
    )


EXAMPLES = (
    Example(
        'from langchain_openai import OpenAIEmbeddings\n\nstore = OpenAIEmbeddings(model="text-embedding-3-small")\n',
        "import os\n\nfrom langchain_openai import OpenAIEmbeddings\n\n"
        'store = OpenAIEmbeddings(model="embedding-3", base_url="https://open.bigmodel.cn/api/paas/v4", '
        'api_key=os.environ["ZAI_API_KEY"], check_embedding_ctx_length=False, chunk_size=64, '
        'model_kwargs={"encoding_format": "float"})\n',
        "glm",
    ),
    Example.told(
        "from langchain_openai import AzureOpenAIEmbeddings\n\nstore = AzureOpenAIEmbeddings()\n",
        "no model is named",
        "glm",
    ),
    Example.told(
        "from langchain_openai import OpenAIEmbeddings\n\nstore = OpenAIEmbeddings()\n",
        "uses embeddings, which DeepSeek does not offer",
        "deepseek",
    ),
    Example.untouched(
        "from langchain_openai import OpenAIEmbeddings\n\n"
        'store = OpenAIEmbeddings(model="m", base_url="http://localhost:1/v1")\n'
    ),
    Example.silent("from langchain_ollama import OllamaEmbeddings\n\nstore = OllamaEmbeddings()\n"),
)
