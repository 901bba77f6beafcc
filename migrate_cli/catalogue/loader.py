"""The catalogue: providers, OpenAI's models, offers and the exchange rate, each file read when needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from migrate_cli.catalogue.bundle import names as file_names
from migrate_cli.catalogue.installed import in_use
from migrate_cli.catalogue.observed import in_use as preferred
from migrate_cli.catalogue.observed import observations
from migrate_cli.catalogue.parse import FormatError, parse_provider
from migrate_cli.catalogue.source import read_data
from migrate_cli.catalogue.types import Offer, OpenAIModel, Provider, Rate, Replacement
from migrate_cli.model import UserError

if TYPE_CHECKING:
    from migrate_cli.catalogue.behaviours import Behaviour
    from migrate_cli.catalogue.tokenizers import Tokenizers

T = TypeVar("T")
Data = Mapping[str, Any]

_PREFIX = re.compile(r"^openai[/:]")
_DATED = re.compile(r"-(\d{4}-\d{2}-\d{2}|\d{4})$")
_SECRETS = ("KEY", "TOKEN")  # how a variable ends that holds one


def open_catalogue(directory: Path | None = None, *, observed: bool = True) -> Catalogue:
    """Open the catalogue in `directory`, else in `$MIGRATE_CATALOGUE`, else the last update, else the packaged one.

    Unless a directory is named, what `migrate probe` observed later than a fact stands in its place; not with
    `observed` False. Nothing is parsed yet. Raises UserError when the directory does not exist.
    """
    chosen = directory or in_use().directory
    if not chosen.is_dir():
        raise UserError(f"{chosen}: no such catalogue directory")
    return Catalogue(chosen, observed=observed and directory is None and preferred())


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is known about providers and OpenAI's models, read from `directory` on demand and then kept.

    `observed` says whether what the user's own probes saw is laid over it. Every method raises UserError, naming the
    file and the line or field, when a file it needs is broken.
    """

    directory: Path
    observed: bool = False
    _cache: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    _overlaid: dict[str, Provider] = field(default_factory=dict, repr=False, compare=False)

    def provider_ids(self) -> tuple[str, ...]:
        """All target ids in the order they are presented to people."""
        return tuple(self._names())

    def names(self) -> dict[str, str]:
        """Every name that a provider goes by, in lower case, with its id."""
        listed = self._names().items()
        return {name: provider for provider, entry in listed for name in (provider, *entry["aliases"])}

    def hosts(self) -> Mapping[str, str]:
        """Host (lower case, `*.` for any subdomain) to provider id, without reading a provider's own file."""
        names = self._names().items()
        return {host: provider for provider, entry in names for host in entry["hosts"]}

    def key_variables(self, provider: str) -> tuple[str, ...]:
        """The variables of the environment that hold keys and secrets of the provider with this id.

        Its own file is read only where the list of names, as one of an older update, does not have them.
        """
        entry = self._names()[provider]
        return tuple(entry["keys"]) if "keys" in entry else key_variables(self.provider(provider))

    def provider(self, name: str) -> Provider:
        """The provider called `name`, an id or alias in any case. Raises UserError with the nearest name."""
        wanted = name.strip().lower()
        for provider, entry in self._names().items():
            if wanted == provider or wanted in entry["aliases"]:
                return self._provider(provider, entry)
        raise UserError(self._unknown(wanted))

    def behaviour(self, provider: str, name: str) -> Behaviour | None:
        """What is known of a behaviour (`streams.empty_choices`) of the provider with this id, None if nothing.

        Raises KeyError for a behaviour that no file defines.
        """
        from migrate_cli.catalogue.behaviours import parse_behaviours

        theme, _, short = name.partition(".")
        return self._load(f"behaviours/{theme}", parse_behaviours)[short].get(provider)

    def openai_models(self) -> Mapping[str, OpenAIModel]:
        """OpenAI's models by id."""
        from migrate_cli.catalogue.openai_data import parse_openai

        return self._load("openai", parse_openai)

    def openai_model(self, name: str) -> OpenAIModel | None:
        """The OpenAI model called `name`, None if unknown.

        `openai/gpt-4o`, `ft:gpt-4o:org::id` and, unless listed themselves, `gpt-4o-2024-08-06` and
        `gpt-4-0613` all count as their base model.
        """
        models = self.openai_models()
        return next((models[form] for form in _forms(name) if form in models), None)

    def offers(self) -> tuple[Offer, ...]:
        """Press claims of 2024 and today's offers."""
        from migrate_cli.catalogue.offers_data import parse_offers

        return self._load("offers", parse_offers)

    def rate(self) -> Rate:
        """Yuan per dollar."""
        from migrate_cli.catalogue.openai_data import parse_rate

        return self._load("fx", parse_rate)

    def tokenizers(self) -> Tokenizers:
        """Token counts per vocabulary, and which vocabulary a model has."""
        from migrate_cli.catalogue.tokenizers import parse_tokenizers

        return self._load("tokenizers", parse_tokenizers)

    def replacement(self, provider: Provider, model: str) -> Replacement | None:
        """The default target on `provider` for an OpenAI model, None if there is no entry.

        Looks for the model itself, then its base model, then the anchor model it is like.
        """
        listed = provider.replacements
        found = next((listed[form] for form in _forms(model) if form in listed), None)
        if found is not None:
            return found
        known = self.openai_model(model)
        return listed.get(known.like) if known is not None and known.like is not None else None

    def behaviours(self) -> frozenset[str]:
        """The behaviours that `behaviour` knows, such as `streams.empty_choices`."""
        from migrate_cli.catalogue.behaviours import parse_behaviours

        files = (name for name in file_names(self.directory) if name.startswith("behaviours/"))
        return frozenset(
            f"{name.partition('/')[2]}.{short}"
            for name in files
            for short in self._load(name, parse_behaviours)
        )

    def check(self) -> None:
        """Read every file whole, as an update has to stand before it is used."""
        for provider in self.provider_ids():
            self.provider(provider)
        for read in (self.openai_models, self.offers, self.rate, self.tokenizers, self.behaviours):
            read()
        self._load("not_offered", _not_offered)

    def _provider(self, provider: str, entry: Data) -> Provider:
        aliases, hosts = tuple(entry["aliases"]), tuple(entry["hosts"])
        documented = self._load(f"providers/{provider}", lambda data: parse_provider(data, aliases, hosts))
        if not self.observed:
            return documented
        if provider not in self._overlaid:
            self._overlaid[provider] = _with_observations(documented)
        return self._overlaid[provider]

    def _names(self) -> Data:
        return self._load("names", _names)

    def _unknown(self, wanted: str) -> str:
        import difflib

        for entry in self._load("not_offered", _not_offered):
            if wanted in (entry["id"], *entry["aliases"]):
                origin = f"{entry['source']}, {entry['as_of']}"
                return f"{entry['name']} is not offered as a target: {entry['reason']} (source: {origin})"
        names = {name: name for name in self._names()}
        names |= {alias: name for name, entry in self._names().items() for alias in entry["aliases"]}
        near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.6)
        hint = f"did you mean {names[near[0]]!r}? " if near else ""
        return f"unknown provider {wanted!r}: {hint}`migrate providers` lists them all"

    def _load(self, name: str, parse: Callable[[dict[str, Any]], T]) -> T:
        if name not in self._cache:
            data = read_data(self.directory, name)
            try:
                self._cache[name] = parse(data)
            except KeyError as error:
                raise UserError(f"{self.directory / name}.yaml: {error} is missing") from error
            except (TypeError, ValueError, ArithmeticError, AttributeError) as error:
                raise UserError(f"{self.directory / name}.yaml: {error}") from error
        return cast(T, self._cache[name])


def key_variables(provider: Provider) -> tuple[str, ...]:
    """The variables that hold keys and secrets of `provider`, the usual one first, each once."""
    sites = [site.key_variable for site in provider.sites]
    found = [provider.key_variable, *sites, *provider.other_variables]
    return tuple(dict.fromkeys(name for name in found if name and name.endswith(_SECRETS)))


def _with_observations(documented: Provider) -> Provider:
    """The provider with what was observed of it; nothing more is imported where nothing is on record."""
    runs = observations(documented.id).runs
    if not runs:
        return documented
    from migrate_cli.catalogue.overlay import overlaid

    return overlaid(documented, (run for _, run in runs))


def _forms(name: str) -> tuple[str, ...]:
    """The ids under which a model may be listed, most exact first."""
    bare = _PREFIX.sub("", name.strip())
    if bare.startswith("ft:"):
        bare = bare.split(":")[1]
    return tuple(dict.fromkeys((name.strip(), bare, _DATED.sub("", bare))))


def _names(data: Data) -> Data:
    for provider, entry in data.items():
        for key in ("aliases", "hosts"):
            if not isinstance(entry, Mapping) or not isinstance(entry.get(key), list):
                raise FormatError(f"{provider}.{key} must be a list")
        if not isinstance(entry.get("keys", []), list):
            raise FormatError(f"{provider}.keys must be a list")
    return data


def _not_offered(data: Data) -> tuple[Data, ...]:
    for index, entry in enumerate(data["providers"]):
        for key in ("id", "name", "aliases", "reason", "source", "as_of"):
            if key not in entry:
                raise FormatError(f"providers[{index}].{key} is missing")
    return tuple(data["providers"])
