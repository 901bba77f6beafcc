"""The frameworks that call OpenAI on a program's behalf, as `frameworks.yaml` tells them.

This is how packages are written, not a fact about a provider: it is always read from the package's own directory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from migrate_cli.catalogue.source import read_data

Data = Mapping[str, Any]
JUDGES = (None, "model", "config")
# What an object of a framework, or a dictionary that configures it, passes on to every request.
SAMPLING = (
    "temperature", "top_p", "n", "stop", "presence_penalty", "frequency_penalty", "seed", "logprobs", "top_logprobs",
    "logit_bias", "service_tier", "store", "reasoning_effort", "verbosity",
)  # fmt: skip
LIMITS = ("max_tokens", "max_completion_tokens")


@dataclass(frozen=True, slots=True)
class Move:
    """How a construction is moved to another provider: what its arguments are called, and what changes beside them.

    `rule` answers for it. `model`, `base` and `key` are the names to write where none is written; without `base` the
    construction has no address of its own. `default` is the model that it asks for when none is named. `drop` are
    arguments that mean nothing elsewhere, `rename` those that are called otherwise afterwards, `add` those that are
    needed. `become` is the class that takes its place, imported from `package`; `installs` the distribution that has
    it. `body` is the argument for fields that OpenAI does not have: extra_body itself, or the dictionary around it.
    `limit` is sent as max_completion_tokens. `temperature` is what the class sends when
    the program names none.
    `batch` is the argument for texts per request and `options` the dictionary of other fields, of embeddings.
    `prefix` is what another provider's model name starts with, where that differs from what OpenAI's started with.
    `secret` says that the key is no text but an object of the framework.
    """

    rule: str
    under: tuple[str, ...] = ()
    model: str = "model"
    base: str | None = None
    key: str | None = None
    default: str | None = None
    drop: tuple[str, ...] = ()
    rename: Mapping[str, str] = field(default_factory=dict)
    add: Mapping[str, str] = field(default_factory=dict)
    become: str | None = None
    package: str | None = None
    installs: str | None = None
    body: str | None = None
    limit: str | None = None
    temperature: float | None = None
    batch: str | None = None
    options: str | None = None
    prefix: str | None = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """Classes or functions of a framework that are asked about in the same way.

    `names` are last names or `Class.method`. `judge` None: OpenAI's in any case; `model`: if the model's name says so;
    `config`: if the dictionaries given as one of `config` say so. `dynamic` and `absent` tell whether a model that is
    only known at run time, or none, is worth a report.
    """

    names: tuple[str, ...]
    endpoint: str | None
    judge: str | None
    position: int | None
    prefixes: tuple[str, ...]
    bare: bool
    dynamic: bool
    absent: bool
    provider: tuple[str, ...]
    config: tuple[str, ...]
    needs: tuple[str, ...]
    under: tuple[str, ...]
    advice: str | None
    moves: tuple[Move, ...] = ()

    def move(self, dotted: str) -> Move | None:
        """How the class or function at a dotted path is moved; None when nobody has told."""
        return next((m for m in self.moves if not m.under or below(dotted, m.under)), None)


@dataclass(frozen=True, slots=True)
class Framework:
    """One framework: where it is imported from, how it names model, base URL and key, and what to change."""

    id: str
    name: str
    packages: tuple[str, ...]
    modules: tuple[str, ...]
    model: tuple[str, ...]
    base: tuple[str, ...]
    key: tuple[str, ...]
    settings: tuple[str, ...]
    target_prefix: str
    target_prefixes: Mapping[str, str]
    advice: str
    verified: tuple[str, ...]
    uses: tuple[Use, ...]

    def owns(self, dotted: str) -> bool:
        """Whether a dotted path is inside the framework."""
        return below(dotted, self.packages)

    def use(self, dotted: str) -> Use | None:
        """The use that a dotted path names, None when it is none of OpenAI's."""
        parts = dotted.split(".")
        forms = (".".join(parts[-2:]), parts[-1])
        for form in forms:
            for entry in self.uses:
                if form in entry.names and below(dotted, entry.under or self.packages):
                    return entry
        return None


@dataclass(frozen=True, eq=False)
class Frameworks:
    """The whole table. `models` matches OpenAI's own model names."""

    models: re.Pattern[str]
    entries: tuple[Framework, ...]

    def named(self, identifier: str) -> Framework | None:
        """The framework with an id."""
        return next((f for f in self.entries if f.id == identifier), None)

    def owner(self, dotted: str) -> Framework | None:
        """The framework that a dotted path belongs to."""
        return next((f for f in self.entries if f.owns(dotted)), None)

    def roots(self) -> frozenset[str]:
        """First names of all import paths."""
        return frozenset(p.split(".")[0] for f in self.entries for p in f.packages)


def below(dotted: str, roots: Iterable[str]) -> bool:
    """Whether a dotted path is one of the roots, or inside one."""
    return any(dotted == root or dotted.startswith(f"{root}.") for root in roots)


@cache
def frameworks() -> Frameworks:
    """The table inside the package. Raises UserError when the file is damaged."""
    return parse_frameworks(read_data(Path(__file__).parent, "frameworks"))


def parse_frameworks(data: Data) -> Frameworks:
    """The table from plain data. Raises ValueError naming the framework and the field."""
    return Frameworks(
        re.compile(data["openai_models"]), tuple(_framework(entry) for entry in data["frameworks"])
    )


def _framework(data: Data) -> Framework:
    name = data["id"]
    for wanted in ("name", "packages", "verified", "advice", "uses"):
        if wanted not in data:
            raise ValueError(f"{name}: {wanted} is missing")
    return Framework(
        id=name,
        name=data["name"],
        packages=tuple(data["packages"]),
        modules=tuple(data.get("modules", ())),
        model=tuple(data.get("model", ())),
        base=tuple(data.get("base", ())),
        key=tuple(data.get("key", ())),
        settings=tuple(data.get("settings", ())),
        target_prefix=data.get("target_prefix", ""),
        target_prefixes=dict(data.get("target_prefixes", {})),
        advice=data["advice"],
        verified=tuple(data["verified"]),
        uses=tuple(_use(entry, data) for entry in data["uses"]),
    )


def _use(data: Data, framework: Data) -> Use:
    if data.get("judge") not in JUDGES:
        raise ValueError(f"{framework['id']}: judge must be model or config, not {data['judge']!r}")
    return Use(
        names=tuple(data["names"]),
        endpoint=data.get("endpoint"),
        judge=data.get("judge"),
        position=data.get("position"),
        prefixes=tuple(data.get("prefixes", framework.get("prefixes", ()))),
        bare=data.get("bare", framework.get("bare", False)),
        dynamic=data.get("dynamic", False),
        absent=data.get("absent", False),
        provider=tuple(data.get("provider", ())),
        config=tuple(data.get("config", ())),
        needs=tuple(data.get("needs", ())),
        under=tuple(data.get("under", ())),
        advice=data.get("advice"),
        moves=tuple(_move(entry, data, framework) for entry in data.get("moves", ())),
    )


def _move(data: Data, use: Data, framework: Data) -> Move:
    unknown = sorted(set(data) - {f.name for f in fields(Move)})
    if unknown:
        raise ValueError(f"{framework['id']}: {use['names'][0]} cannot be moved by {unknown[0]!r}")
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    return Move(**values)
