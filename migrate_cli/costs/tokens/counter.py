"""Exact counts by a package that carries the vocabulary inside; never one that would fetch it (tiktoken does)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from migrate_cli.catalogue.tokenizers import Fit
from migrate_cli.costs.tokens.estimate import ESTIMATE, Count, estimate


class _Encoder(Protocol):
    def encode_ordinary(self, text: str) -> Sequence[int]:
        """The token ids, a special token's name taken as plain text."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that counts: how it is imported, what it is called, and our vocabulary ids that it carries inside."""

    module: str
    name: str
    vocabularies: frozenset[str]
    load: Callable[[Any, str], _Encoder]


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts tokens for one model. `name` is what a report says about it."""

    name: str
    count: Callable[[str], Count]


# The first that is installed and knows the vocabulary counts. Read in splintr-rs 0.22.0 and quicktok-v1 0.4.0.
PACKAGES = (
    Package(
        "splintr",
        "splintr-rs",
        frozenset({"cl100k_base", "o200k_base", "qwen3", "glm4", "deepseek_v3", "kimi_k2"}),
        lambda module, vocabulary: module.Tokenizer.from_pretrained(vocabulary),
    ),
    Package(
        "quicktok",
        "quicktok-v1",
        frozenset({"cl100k_base", "o200k_base", "qwen3"}),
        lambda module, vocabulary: module.get_encoding(vocabulary),
    ),
)


def counter(fit: Fit, packages: Sequence[Package] = PACKAGES) -> Counter:
    """The best counter on this machine for a model: an installed package, else the built-in estimate.

    A package that cannot be loaded is passed over. An exact count of a vocabulary that is only assumed to be the
    model's keeps the error of the assumption.
    """
    for package in packages:
        encoder = _load(package, fit.vocabulary.id)
        if encoder is not None:
            return _exact(f"{package.name} {_version(package.name)}", encoder, fit)
    return Counter(ESTIMATE, lambda text: estimate(text, fit))


def _load(package: Package, vocabulary: str) -> _Encoder | None:
    from importlib import import_module

    if vocabulary not in package.vocabularies:
        return None
    try:
        return package.load(import_module(package.module), vocabulary)
    except Exception:  # not installed, built for another machine, or without this vocabulary
        return None


def _exact(name: str, encoder: _Encoder, fit: Fit) -> Counter:
    error = Decimal(0) if fit.known else fit.error

    def count(text: str) -> Count:
        whole = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate is no UTF-8
        return Count(len(encoder.encode_ordinary(whole)), error, name)

    return Counter(name, count)


def _version(distribution: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:
        return "of unknown version"
