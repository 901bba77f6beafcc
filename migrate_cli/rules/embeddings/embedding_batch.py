"""EMB05: more texts in one embeddings request than the provider takes.

OpenAI takes 2048, Qwen 10 or 20, ERNIE and Baichuan 16, GLM 64, Hunyuan 128; more is refused with 400. Where the
answer is only looped over, indexed, or asked for its token counts nearby, the edit sends the texts in slices and joins
the vectors in their order:

    r = [client.embeddings.create(model=m, input=texts[start : start + 16]) for start in range(0, len(texts), 16)]
    vectors = [d.embedding for d in [item for part in r for item in part.data]]

Call and reads are one edit. Where the answer goes elsewhere, the limit is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.model import (
    Argument,
    Compatibility,
    Finding,
    Options,
    Rule,
    Safety,
    ShapeKind,
    Site,
    Way,
)
from migrate_cli.rules.embedding_support import embedding_models, moves_vectors
from migrate_cli.rules.embeddings.slices import sliced
from migrate_cli.rules.support import Example, Situation, manual, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "EMB05",
    "embedding-batch",
    "more texts per request than the provider takes",
    20,
    Safety.REVIEW,
    leaves="answers that are stored, returned whole or read by other functions; lists that look like single texts",
)

_SLICE = re.compile(r"\[[^\[\]:]*:[^\[\]:]*?(?P<step>\d+)?\s*\]$")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding when a list may be longer than a request may be."""
    given = site.argument("input")
    limits = {
        m.embedding.max_batch: m
        for m in embedding_models(site, target)
        if m.embedding and m.embedding.max_batch
    }
    if given is None or not limits or not moves_vectors(site, target):
        return
    limit = min(filter(None, limits))
    model = limits[limit]
    if not is_long(site, given, limit):
        return
    words = f"{model.id} takes {limit} texts per request: {given.code.splitlines()[0][:60]} may hold more"
    source = model.fact.source
    upgraded = site.legacy and situation.options.upgrade_sdk  # its reads are rewritten for that
    edits = [] if upgraded else sliced(site, given, limit)
    advice = f"send slices of {limit} texts and join the vectors in their order"
    if edits:
        yield review(RULE, site, target, words, *edits, advice=advice, source=source)
    else:
        yield manual(
            RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=advice, source=source
        )


def is_long(site: Site, given: Argument, limit: int) -> bool:
    """Whether the input is a list that is, or may be, longer than the limit."""
    cut = _SLICE.search(given.code)
    if cut is not None:
        return cut["step"] is not None and int(cut["step"]) > limit
    if ".encode" in given.code:
        return False  # the token ids of one text: EMB06
    if given.code.lstrip()[:1] in ("'", '"') or isinstance(given.literal, str):
        return False
    looped = any(u.way is Way.ITERATE and u.route == ("data",) for u in site.uses)
    first = any(u.route[:2] == ("data", 0) for u in site.uses)
    shape = given.shape
    if shape is not None and shape.kind is ShapeKind.LIST:
        return len(shape.items) > limit if shape.complete else looped or not first
    return looped and not first


_TOP = "from openai import OpenAI\n\nclient = OpenAI()\n\n\ndef embed(texts):\n"
_NEW = (
    '    r = [client.embeddings.create(model="text-embedding-3-small", input=texts[start : start + 16]) '
    "for start in range(0, len(texts), 16)]\n"
)
_OLD = '    r = client.embeddings.create(model="text-embedding-3-small", input=texts)\n'
EXAMPLES = (
    Example(
        _TOP + _OLD + "    return [d.embedding for d in r.data]\n",
        _TOP + _NEW + "    return [d.embedding for d in [item for part in r for item in part.data]]\n",
        options=Options(review=True),
    ),
    Example(
        _TOP + '    for d in client.embeddings.create(model="text-embedding-3-small", input=texts).data:\n'
        "        keep(d.embedding)\n",
        _TOP + "    for d in [item for start in range(0, len(texts), 16) for item in "
        'client.embeddings.create(model="text-embedding-3-small", input=texts[start : start + 16]).data]:\n'
        "        keep(d.embedding)\n",
        options=Options(review=True),
    ),
    Example.told(
        _TOP + _OLD + "    return [d.embedding for d in r.data]\n",
        "takes 16 texts per request: texts may hold more",
    ),
    Example.told(
        _TOP
        + '    return client.embeddings.create(model="text-embedding-3-small", input=[t for t in texts])\n',
        "takes 20 texts per request",
        "qwen",
    ),
    Example.silent(
        _TOP + '    r = client.embeddings.create(model="text-embedding-3-small", input=texts)\n'
        "    return r.data[0].embedding\n"
    ),
    Example.silent(
        _TOP + '    return client.embeddings.create(model="text-embedding-3-small", input=["a", "b"])\n'
    ),
    Example.silent(
        _TOP + '    r = client.embeddings.create(model="text-embedding-3-small", input=texts[i : i + 10])\n'
        "    return [d.embedding for d in r.data]\n"
    ),
    Example.silent(_TOP + _OLD + "    return [d.embedding for d in r.data]\n", "siliconflow"),
    Example.silent("def embed(store, texts):\n    return [d for d in store.create(input=texts).data]\n"),
)
