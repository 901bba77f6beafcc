"""Facts that are due for another look: what decides money or where a key is sent, and is older than 60 days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.types import Fact, Provider
from migrate_cli.costs.age import age_in_days

STALE_DAYS = 60
PAST = frozenset({"retired", "historic"})  # what is over does not change any more


@dataclass(frozen=True, slots=True)
class Stale:
    """An old fact; `days` None means that it has no date.

    `owner`: a provider's id or name, `openai` or `fx`; `kind`: price, address, offer or rate.
    """

    owner: str
    kind: str
    name: str
    as_of: str | None
    days: int | None


def stale_facts(catalogue: Catalogue, today: date) -> tuple[Stale, ...]:
    """The facts older than 60 days, or of unknown age, in the order of the catalogue."""
    return tuple(
        Stale(owner, kind, name, fact.as_of, age)
        for owner, kind, name, fact in _facts(catalogue)
        if (age := age_in_days(fact.as_of, today)) is None or age > STALE_DAYS
    )


def _facts(catalogue: Catalogue) -> Iterator[tuple[str, str, str, Fact]]:
    for provider in map(catalogue.provider, catalogue.provider_ids()):
        yield from _of_provider(provider)
    for model in catalogue.openai_models().values():
        if model.status not in PAST and model.price is not None:
            yield "openai", "price", model.id, model.price.fact
    for offer in catalogue.offers():
        if offer.verdict.startswith("active"):
            yield offer.provider or offer.provider_name, "offer", offer.id, offer.fact
    yield "fx", "rate", "CNY per USD", catalogue.rate().fact


def _of_provider(provider: Provider) -> Iterator[tuple[str, str, str, Fact]]:
    for site in provider.sites:
        yield provider.id, "address", site.name, site.fact
    for model in provider.models.values():
        if model.status not in PAST:
            for price in model.prices:
                yield provider.id, "price", f"{model.id} ({price.site or price.currency})", price.fact
