"""Checks on an embeddings request: how many texts, what kind of input, which width."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrate_cli.catalogue.types import Embedding, Provider, TargetModel
from migrate_cli.runtime import profile
from migrate_cli.runtime.exchange import Notes, Refusal
from migrate_cli.runtime.replies.refusals import refuse

_CHINESE = "\u2e80"  # from here on one character is a word or a part of one


def check(payload: Mapping[str, Any], provider: Provider, target: TargetModel | None) -> Notes | Refusal:
    """Refuse an empty or too large batch and a width the model does not have; token ids are not proven."""
    texts = batch(payload)
    if not texts:
        return refuse(provider, "embeddings", "input must be a text or a list of texts", param="input")
    sizes = target.embedding if target and target.embedding else Embedding(None, None, None)
    if sizes.max_batch is not None and len(texts) > sizes.max_batch:
        reason = f"{len(texts)} texts in one request; at most {sizes.max_batch} are taken"
        return refuse(provider, "embeddings", reason, like=("embedding texts", "batch size"), param="input")
    width = payload.get("dimensions")
    if width is not None and sizes.dimensions is not None and width not in sizes.dimensions:
        reason = f"dimensions takes only {', '.join(map(str, sizes.dimensions))}"
        return refuse(provider, "embeddings", reason, param="dimensions")
    unproven = ["input: token ids"] if any(not isinstance(text, str) for text in texts) else []
    if sizes.max_tokens is not None and any(_at_least(text) > sizes.max_tokens for text in texts):
        unproven.append(f"input: longer than the documented {sizes.max_tokens} tokens")
    unproven += ["embedding width: unknown"] if sizes.dimensions is None else []
    unproven += ["embedding batch limit: unknown"] if sizes.max_batch is None and len(texts) > 1 else []
    return Notes(unproven=tuple(unproven))


def own_path(payload: Mapping[str, Any], provider: Provider, target: TargetModel | None) -> Notes | Refusal:
    """Refuse a model that answers at a path of its own: the request came to the usual one."""
    own = profile.behaviour(provider, "embeddings.own_path", target)
    if own is None:
        return Notes()
    reason = f"the model {payload.get('model')} answers at {own.data} only"
    return refuse(provider, "model", reason, param="model", tabled=False)


def _at_least(text: Any) -> int:
    """How many tokens a text has at least, by and large: one for a word, one for two Chinese characters."""
    if not isinstance(text, str):
        return len(text) if isinstance(text, list) else 0
    return max(len(text.split()), sum(char >= _CHINESE for char in text) // 2)


def batch(payload: Mapping[str, Any]) -> list[Any]:
    """The inputs of a request, one item per vector: texts, or lists of token ids. Empty if there is none."""
    given = payload.get("input")
    if isinstance(given, str):
        return [given] if given else []
    if not isinstance(given, list):
        return []
    return [given] if given and isinstance(given[0], int) else given
