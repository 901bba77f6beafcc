"""What differs between two catalogues, in the terms people decide by: prices, models, offers, addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.types import OpenAIModel, Provider

_Facts = Iterator[tuple[str, str, str]]
# Provenance and remarks: a new date on an old price is no change of the price.
_ASIDE = frozenset({"fact", "note", "reports", "site", "id"})


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that differs, `before` and `after`; None is absent.

    `kind`: provider, address, key, model, price, rate or offer.
    """

    kind: str
    where: str
    before: str | None
    after: str | None


def changes(old: Catalogue, new: Catalogue) -> tuple[Change, ...]:
    """The differences in the order of the old catalogue, what is new last. Raises UserError for a broken file."""
    before, after = dict(_stated(old)), dict(_stated(new))
    return tuple(
        Change(*key, before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    )


def _stated(catalogue: Catalogue) -> Iterator[tuple[tuple[str, str], str]]:
    for kind, where, text in _all(catalogue):
        yield (kind, where), text


def _all(catalogue: Catalogue) -> _Facts:
    for name in catalogue.provider_ids():
        yield from _of_provider(catalogue.provider(name))
    for model in catalogue.openai_models().values():
        yield from _of_openai(model)
    for offer in catalogue.offers():
        yield "offer", offer.id, describe(offer)
    yield "rate", "CNY per USD", describe(catalogue.rate().cny_per_usd)


def _of_provider(provider: Provider) -> _Facts:
    yield "provider", provider.id, provider.status
    for site in provider.sites:
        yield "address", f"{provider.id} {site.name}", site.base_url
        yield "key", f"{provider.id} {site.name}", site.key_variable or "none"
    for model in provider.models.values():
        where = f"{provider.id} {model.id}"
        yield "model", where, model.status
        for number, price in enumerate(model.prices):
            place = f"{where} {price.site or f'price {number + 1}'} {price.currency}"
            yield "price", place, describe(price)


def _of_openai(model: OpenAIModel) -> _Facts:
    shutdown = f", shut down {model.shutdown}" if model.shutdown else ""
    replacement = f", replaced by {model.replacement}" if model.replacement else ""
    yield "model", f"openai {model.id}", f"{model.status}{shutdown}{replacement}"
    if model.price is not None:
        yield "price", f"openai {model.id} {model.price.currency}", describe(model.price)


def describe(value: Any) -> str:
    """A catalogue value in one line: what is unknown or empty, and where it is known from, left out."""
    if is_dataclass(value):
        named = (
            (field.name, getattr(value, field.name)) for field in fields(value) if field.name not in _ASIDE
        )
        parts = [(name, describe(item)) for name, item in named]
        return ", ".join(f"{name.replace('_', ' ')} {text}" for name, text in parts if text)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {describe(item)}" for key, item in value.items())
    if isinstance(value, (tuple, list, frozenset)):
        return "; ".join(map(describe, value))
    if isinstance(value, Decimal):
        plain = format(value, "f")
        return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"
    if isinstance(value, Enum):
        return str(value.value)
    return "" if value is None else str(value)
