"""What a provider documents about one request: the endpoint, the model, and how it takes a field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from migrate_cli.catalogue.behaviours import Behaviour
from migrate_cli.catalogue.loader import Catalogue, open_catalogue
from migrate_cli.catalogue.types import Endpoint, Fact, OpenAIModel, Parameter, Provider, Support, TargetModel

PATHS: Mapping[str, str] = {
    "chat.completions": "/chat/completions",
    "completions": "/completions",
    "embeddings": "/embeddings",
    "models": "/models",
    "responses": "/responses",
    "images": "/images/generations",
    "audio.transcriptions": "/audio/transcriptions",
    "audio.speech": "/audio/speech",
    "moderations": "/moderations",
    "files": "/files",
    "batches": "/batches",
    "fine_tuning": "/fine_tuning/jobs",
    "assistants": "/assistants",
    "threads": "/threads",
    "vector_stores": "/vector_stores",
}
PLAYED = ("chat.completions", "completions", "embeddings", "images", "models", "responses")
# Played only where a page documents it without conditions (another base, one model, a server of one's own version):
# no condition of these is data yet.
DOCUMENTED_ONLY = ("responses",)
OPENAI_BASES = (
    "https://api.openai.com/v1",
    "https://{resource}.openai.azure.com/openai/v1",
    "https://{resource}.openai.azure.com/openai/deployments/{deployment}",
)
_NOWHERE = Fact(None, None, None)


def bases(provider: Provider | None) -> tuple[str, ...]:
    """The base URLs requests may go to, without last slash; OpenAI's and Azure's if `provider` is None."""
    if provider is None:
        return OPENAI_BASES
    return tuple(site.base_url.rstrip("/") for site in provider.sites)


def further_bases(provider: Provider | None) -> tuple[tuple[str, tuple[str, ...] | None], ...]:
    """Base URLs that a page documents beside those of the sites, each with the endpoints offered there (None: all)."""
    found = behaviour(provider, "services.further_bases")
    rows = found.data if found is not None else ()
    return tuple((row["base_url"], tuple(row["endpoints"]) if "endpoints" in row else None) for row in rows)


def every_base(provider: Provider | None) -> tuple[str, ...]:
    """The base URLs of the sites and the further ones."""
    return (*bases(provider), *(base for base, _ in further_bases(provider)))


def split_placeholders(base: str) -> list[str]:
    """The fixed parts of a base URL around placeholders: `{resource}`, `<resource>`, `YOUR_RESOURCE`."""
    return re.split(r"\{[^}]*\}|<[^>]*>|YOUR[-_A-Z]+", base)


def endpoint(provider: Provider | None, name: str) -> Endpoint:
    """How `name` is offered; an endpoint the catalogue does not speak of is UNKNOWN at its usual path."""
    if provider is None:
        return Endpoint(name, Support.SUPPORTED, PATHS[name], None, None, _NOWHERE)
    known = provider.endpoints.get(name)
    return known or Endpoint(name, Support.UNKNOWN, PATHS[name], None, None, _NOWHERE)


def openai_model(name: str) -> OpenAIModel | None:
    """What is known of a model of OpenAI's by this name, or by that of its base; None if nothing is."""
    return _catalogue().openai_model(name)


def parameter(provider: Provider, name: str, target: TargetModel | None) -> Parameter | None:
    """How `name` is taken: the entry written for this model before the one for all models."""
    ids = {target.id, *target.aliases} if target else set()
    entries = [p for p in provider.parameters if p.name == name and not ids.intersection(p.except_models)]
    special = next((p for p in entries if ids.intersection(p.models)), None)
    return special or next((p for p in entries if not p.models), None)


def thinks(target: TargetModel | None, payload: Mapping[str, Any]) -> bool | None:
    """Whether the model will think before it answers this payload; None when the catalogue does not say."""
    if target is None or target.thinking is None:
        return None
    switches = dict(target.thinking.off or {})
    if target.thinking.off_argument:
        switches[target.thinking.off_argument[0]] = target.thinking.off_argument[1]
    sent = {name: payload[name] for name in switches if name in payload}
    if target.thinking.default == "always":
        return True
    if sent:
        return sent != {name: switches[name] for name in sent}
    return {"on": True, "off": False}.get(target.thinking.default)


def behaviour(provider: Provider | None, name: str, target: TargetModel | None = None) -> Behaviour | None:
    """A behaviour (`streams.empty_choices`) that is known to hold for this provider and model, else None."""
    found = known(provider, name)
    if found is None or not found.holds:
        return None
    named = {target.id, *target.aliases} if target is not None else set()
    return found if not found.models or named.intersection(found.models) else None


def known(provider: Provider | None, name: str) -> Behaviour | None:
    """What is on record of a behaviour, be it that it holds, that it does not, or that nobody knows."""
    return None if provider is None else _catalogue().behaviour(provider.id, name)


@cache
def _catalogue() -> Catalogue:
    return open_catalogue()
