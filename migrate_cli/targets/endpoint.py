"""How a use of the OpenAI SDK is written for a provider's OpenAI-compatible endpoint: URL, key, model, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from migrate_cli.catalogue.behaviours import Behaviour
from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.types import Endpoint, Parameter, Provider, SiteAddress, Support, TargetModel
from migrate_cli.model import UserError

EMITTABLE = {"current", "limited"}
_SERVED = {Support.SUPPORTED, Support.RESTRICTED}


@dataclass(frozen=True, slots=True)
class Choice:
    """The model that replaces an OpenAI model. `to` None: there is none, and `note` says what to do."""

    to: str | None
    note: str | None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One provider, one of its sites, and the user's own model names."""

    provider: Provider
    address: SiteAddress
    catalogue: Catalogue
    overrides: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The provider's id."""
        return self.provider.id

    @property
    def base_url(self) -> str:
        """The base URL as published: nothing is ever appended to it."""
        return self.address.base_url

    @property
    def key_variable(self) -> str | None:
        """The environment variable that usually holds the provider's key."""
        return self.address.key_variable or self.provider.key_variable

    @property
    def key_code(self) -> str:
        """Python that reads the key; a self-hosted server takes any word."""
        return f'os.environ["{self.key_variable}"]' if self.key_variable else '"EMPTY"'

    @property
    def is_template(self) -> bool:
        """Whether the base URL has a part that only the user knows (`{resource}`)."""
        return "{" in self.base_url

    def owns(self, url_or_host: str) -> bool:
        """Whether a URL or host already belongs to this provider."""
        netloc = urlsplit(url_or_host).netloc or url_or_host
        host = netloc.rsplit("@", 1)[-1].lower()
        bare = host.split(":")[0]
        return any(
            candidate in (host, bare) or (candidate.startswith("*.") and bare.endswith(candidate[1:]))
            for candidate in self.provider.hosts
        )

    def choose(self, model: str) -> Choice | None:
        """The replacement for an OpenAI model name; None when the name is not an OpenAI model we know."""
        if model in self.overrides:
            return Choice(self.overrides[model], "chosen with --model")
        replacement = self.catalogue.replacement(self.provider, model)
        if replacement is not None:
            return Choice(replacement.to, replacement.note, replacement.fact.source)
        if self.catalogue.openai_model(model) is not None:
            return Choice(None, f"no replacement for {model} is known on {self.provider.name}")
        return None

    def serves(self, model: str) -> bool:
        """Whether a name is one of this provider's own current models, or one that the user named."""
        if model in self.overrides.values():
            return True
        found = self.model(model)
        return found is not None and found.status in EMITTABLE | {"preview"}

    def model(self, name: str) -> TargetModel | None:
        """A model of the provider by id or alias."""
        return self.provider.model(name)

    def endpoint(self, name: str) -> Endpoint | None:
        """What is known about an OpenAI resource here; `audio.speech` falls back to `audio`."""
        return self.provider.endpoints.get(name) or self.provider.endpoints.get(name.split(".")[0])

    def behaviour(self, name: str) -> Behaviour | None:
        """What is known of a behaviour (`streams.empty_choices`) here; None when nothing is."""
        return self.catalogue.behaviour(self.provider.id, name)

    def parameter(self, name: str, model: str | None) -> Parameter | None:
        """What is known about a request parameter, for `model` if an entry names it, else in general."""
        entries = [p for p in self.provider.parameters if p.name == name]
        own = [p for p in entries if model is not None and model in p.models]
        general = [p for p in entries if not p.models and model not in p.except_models]
        return (own or general or [None])[0]  # type: ignore[list-item]


def open_target(
    catalogue: Catalogue, name: str, *, site: str | None = None, models: Mapping[str, str] | None = None
) -> Target:
    """The target called `name`, on its Chinese site unless `site` names another.

    Raises UserError for an unknown provider or site, a closed provider, and a model that was retired.
    """
    provider = catalogue.provider(name)
    if not provider.sites:
        raise UserError(f"{provider.name} has no endpoint to move to: {provider.status_note}")
    names = [s.name for s in provider.sites]
    if site is not None and site not in names:
        raise UserError(f"{provider.name} has no site {site!r}; choose from: {', '.join(names)}")
    address = next((s for s in provider.sites if s.name == site), provider.sites[0])
    target = Target(provider, address, catalogue, dict(models or {}))
    for new in target.overrides.values():
        known = target.model(new)
        if known is not None and known.status in ("retired", "historic"):
            when = f" since {known.retired_on}" if known.retired_on else ""
            raise UserError(f"{new} no longer answers on {provider.name}{when}; choose another --model")
    return target


def open_apart(
    catalogue: Catalogue, capability: str, name: str, *, models: Mapping[str, str] | None = None
) -> Target:
    """The target that serves one capability (`embeddings`, `images`, `audio`) beside another one.

    Raises UserError as `open_target` does, and for a provider that is known not to serve it.
    """
    target = open_target(catalogue, name, models=models)
    if _supports(target.provider, capability) == {Support.REJECTED}:
        able = [i for i in catalogue.provider_ids() if _supports(catalogue.provider(i), capability) & _SERVED]
        rest = f"; choose from: {', '.join(able)}"
        raise UserError(f"--{capability}-to: {target.provider.name} does not offer {capability}{rest}")
    return target


def _supports(provider: Provider, capability: str) -> set[Support]:
    """What is known of the endpoints of a capability."""
    return {e.support for n, e in provider.endpoints.items() if n.partition(".")[0] == capability}
