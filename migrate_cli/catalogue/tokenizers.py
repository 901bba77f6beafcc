"""What is measured of each vocabulary: weights per piece of text, ratios per kind of text, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from migrate_cli.catalogue.types import Fact

Data = Mapping[str, Any]
FEATURES = 9
_PREFIX = re.compile(r"^openai[/:]")
_TUNED = re.compile(r"^ft:([^:]+).*")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A tokenizer's vocabulary. `weights`: thousandths of a token per piece, in the order of the nine features."""

    id: str
    name: str
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """The vocabulary that stands for a model. `known`: a source says it is the model's own, else it is assumed.

    `error` is what to state beside a figure, as a share (0.15); `why` is the source, in words.
    """

    vocabulary: Vocabulary
    known: bool
    error: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of text. `relative`: vocabulary id to tokens per token of `o200k_base`."""

    id: str
    means: str
    relative: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class _Rule:
    match: re.Pattern[str]
    fit: Fit | None


@dataclass(frozen=True, slots=True)
class Tokenizers:
    """All that is known of vocabularies; `fact` says when and how it was measured."""

    vocabularies: Mapping[str, Vocabulary]
    kinds: Mapping[str, Kind]
    openai: tuple[_Rule, ...]
    targets: tuple[_Rule, ...]
    otherwise: Fit
    fact: Fact

    def openai_vocabulary(self, model: str) -> Fit | None:
        """The vocabulary of an OpenAI model; None for an unknown name and for one that was not measured."""
        return _first(self.openai, _bare(model))

    def vocabulary_of(self, provider: str, model: str) -> Fit:
        """The vocabulary that stands for a provider's model; what nothing is known of gets the widest error."""
        if provider == "azure":
            return self.openai_vocabulary(model) or self.otherwise
        return _first(self.targets, _bare(model)) or self.otherwise


def parse_tokenizers(data: Data) -> Tokenizers:
    """The values of `tokenizers.yaml`. Raises ValueError (or KeyError) naming what is wrong or missing."""
    vocabularies = {name: _vocabulary(name, entry) for name, entry in data["vocabularies"].items()}
    errors = {True: _share(data["stated_error"]["known"]), False: _share(data["stated_error"]["assumed"])}

    def fit(entry: Data) -> Fit | None:
        if entry["vocabulary"] is None:
            return None
        if entry["vocabulary"] not in vocabularies:
            raise ValueError(f"there is no vocabulary {entry['vocabulary']!r}")
        known = entry["known"]
        return Fit(vocabularies[entry["vocabulary"]], known, errors[known], entry["source"])

    def rules(entries: list[Data]) -> tuple[_Rule, ...]:
        return tuple(_Rule(re.compile(entry["match"]), fit(entry)) for entry in entries)

    otherwise = fit(data["otherwise"])
    if otherwise is None:
        raise ValueError("otherwise: a vocabulary must be named")
    return Tokenizers(
        vocabularies=vocabularies,
        kinds={name: _kind(name, entry, vocabularies) for name, entry in data["kinds"].items()},
        openai=rules(data["openai"]),
        targets=rules(data["targets"]),
        otherwise=otherwise,
        fact=Fact(data["as_of"], data["source"], data["confidence"]),
    )


def _vocabulary(name: str, data: Data) -> Vocabulary:
    weights = tuple(int(Decimal(str(weight)) * 1000) for weight in data["weights"])
    if len(weights) != FEATURES or min(weights) < 0:
        raise ValueError(f"{name}: weights must be {FEATURES} numbers, none below 0")
    return Vocabulary(name, data["name"], weights)


def _kind(name: str, data: Data, vocabularies: Data) -> Kind:
    relative = {vocabulary: Decimal(str(ratio)) for vocabulary, ratio in data["relative"].items()}
    if relative.keys() != vocabularies.keys() or min(relative.values()) <= 0:
        raise ValueError(f"{name}: relative must give each vocabulary a ratio above 0")
    return Kind(name, data["means"], relative)


def _share(value: Any) -> Decimal:
    share = Decimal(str(value))
    if not 0 <= share < 1:
        raise ValueError(f"stated_error must lie between 0 and 1, not {value!r}")
    return share


def _first(rules: tuple[_Rule, ...], name: str) -> Fit | None:
    return next((rule.fit for rule in rules if rule.match.match(name)), None)


def _bare(model: str) -> str:
    """The name as rules see it: lower case, without owner (`Qwen/…`), prefix (`openai:`) and fine-tuning."""
    name = _PREFIX.sub("", model.strip())
    return _TUNED.sub(r"\1", name).rpartition("/")[2].lower()
