"""EMB06: token ids instead of texts.

Only OpenAI knows its token ids: Qwen refuses them ("contents is neither str nor list of str"), others take them for
numbers or fail. The edit sends the text itself. A text that was cut to a number of tokens has to be cut otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.model import Argument, Compatibility, Finding, Options, ReplaceExpression, Rule, Safety, Site
from migrate_cli.rules.embedding_support import moves_vectors
from migrate_cli.rules.support import Example, Situation, manual, review
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "EMB06",
    "token-input",
    "token ids sent for embedding",
    15,
    Safety.REVIEW,
    leaves="token ids that come through other names or functions",
)

_ENCODED = re.compile(
    r"(?P<open>\[?)(?P<coder>[\w.]*(?:enc|tok)[\w.]*(?:\([^()]*\))?)\.encode(?:_ordinary)?\("
    r"(?P<text>[A-Za-z_][\w.]*(?:\[\w+\])?)\s*(?P<more>,[^()]*(?:\(\))?)?\)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every embeddings call whose input is the work of a tokeniser."""
    foreign = target.behaviour("parameters.foreign_tokens")
    given = site.argument("input")
    if given is None or not moves_vectors(site, target) or (foreign is not None and foreign.holds is False):
        return
    known = target.behaviour("embeddings.token_ids")
    source = known.fact.source if known is not None else None
    words = f"{target.provider.name} does not know OpenAI's token ids: send the text itself"
    ids = spelt_out(given)
    found = _ENCODED.fullmatch(given.code)
    if found is not None:
        text = plain_text(found)
        if text is not None:
            yield review(
                RULE, site, target, words, ReplaceExpression(given.path, given.span, text), source=source
            )
            return
    if ids or found is not None:
        advice = "send strings; cut a text that is too long by characters, or split it"
        yield manual(
            RULE, site, target, words, compatibility=Compatibility.UNSUPPORTED, advice=advice, source=source
        )


def spelt_out(given: Argument) -> bool:
    """Whether the input is a list of numbers, or comes from a tokeniser a step away."""
    shape = given.shape
    if shape is None:
        return False
    return bool(_ENCODED.fullmatch(shape.code)) or any(type(i.value) is int for i in shape.items)


def plain_text(found: re.Match[str]) -> str | None:
    """What to send for `coder.encode(text)`, alone or for every text of a list; None where more is done to it."""
    rest, text = found["rest"].strip(), found["text"]
    if not found["open"]:
        return text if not rest else None
    each = re.fullmatch(r"for\s+(\w+)\s+in\s+([\w.]+)\s*\]", rest)
    if each is not None and each[1] == text:
        return each[2]
    return f"[{text}]" if rest == "]" else None


_CALL = "from openai import OpenAI\n\nclient = OpenAI()\nclient.embeddings.create(model=m, input="
EXAMPLES = (
    Example(_CALL + "enc.encode(text))\n", _CALL + "text)\n", "qwen", options=Options(review=True)),
    Example(
        _CALL + "[encoding.encode(t) for t in texts])\n",
        _CALL + "texts)\n",
        "glm",
        options=Options(review=True),
    ),
    Example.told(_CALL + "enc.encode(text)[:8191])\n", "does not know OpenAI's token ids", "qwen"),
    Example.told(_CALL + "[15339, 1917])\n", "does not know OpenAI's token ids", "qwen"),
    Example.silent(_CALL + "enc.encode(text))\n", "azure"),
    Example.silent(_CALL + 'text.encode("utf-8"))\n', "qwen"),
    Example.silent(_CALL + "texts)\n", "qwen"),
    Example.silent("store.put(input=enc.encode(text))\n", "qwen"),
)
