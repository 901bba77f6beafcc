"""Our list prices against those of a data set, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.types import Price
from migrate_cli.costs.agreement.regions import OPENAI
from migrate_cli.costs.agreement.rows import RATES, Dataset, Row
from migrate_cli.costs.agreement.stale import PAST
from migrate_cli.costs.money import convert

TOLERANCE = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Difference:
    """A rate that differs by more than 5%: `ours` in `currency` per million tokens, `theirs` in US dollars.

    `change` is theirs over ours less one, after conversion; None where ours is free of charge. `implied` is the yuan
    per dollar at which the two would agree, None for a dollar price. `as_of` and `note` are those of ours.
    """

    dataset: str
    provider: str
    site: str | None
    model: str
    rate: str
    ours: Decimal
    currency: str
    theirs: Decimal
    change: Decimal | None
    implied: Decimal | None
    as_of: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """One data set: rates compared, those that differ, its rows we have no price for, its rows of other places."""

    dataset: str
    compared: int
    differences: tuple[Difference, ...]
    unknown: int
    others: int


def compare(catalogue: Catalogue, dataset: Dataset, cny_per_usd: Decimal) -> Agreement:
    """Hold each row against our price for the same model on the same site. Raises UserError for a broken catalogue."""
    ours = _prices(catalogue)
    found: list[Difference] = []
    compared = unknown = 0
    for row in dataset.rows:
        price = ours.get((row.provider, row.site, row.model.lower()))
        if price is None:
            unknown += 1
            continue
        for rate, mine, theirs in _pairs(price, row):
            compared += 1
            change = theirs / convert(mine, price.currency, "USD", cny_per_usd) - 1 if mine else None
            if change is None or abs(change) > TOLERANCE:
                found.append(_difference(dataset.name, row, rate, price, mine, theirs, change))
    order = sorted(found, key=lambda d: (d.provider != OPENAI[0], d.provider, d.site or "", d.model))
    return Agreement(dataset.name, compared, tuple(order), unknown, dataset.others)


def _pairs(price: Price, row: Row) -> Iterator[tuple[str, Decimal, Decimal]]:
    for rate in RATES:
        mine, theirs = getattr(price, rate), row.rates[rate]
        if mine is not None and theirs is not None:
            yield rate, mine, theirs


def _prices(catalogue: Catalogue) -> Mapping[tuple[str, str | None, str], Price]:
    """Our prices per million tokens by provider, site and lower-case name of the model or an alias.

    A provider's models that are gone are left out: data sets keep some other price of another year for them.
    """
    listed: dict[tuple[str, str | None, str], Price] = {}
    for model in catalogue.openai_models().values():
        if model.price is not None and model.price.unit == "1M_tokens":
            listed[OPENAI[0], OPENAI[1], model.id.lower()] = model.price
    for provider in map(catalogue.provider, catalogue.provider_ids()):
        for target in provider.models.values():
            for price in target.prices if target.status not in PAST else ():
                for name in (target.id, *target.aliases):
                    if price.unit == "1M_tokens":
                        listed.setdefault((provider.id, price.site, name.lower()), price)
    return listed


def _difference(
    dataset: str, row: Row, rate: str, price: Price, mine: Decimal, theirs: Decimal, change: Decimal | None
) -> Difference:
    return Difference(
        dataset=dataset,
        provider=row.provider,
        site=row.site,
        model=row.model,
        rate=rate,
        ours=mine,
        currency=price.currency,
        theirs=theirs,
        change=change,
        implied=mine / theirs if mine and price.currency == "CNY" else None,
        as_of=price.fact.as_of,
        note=price.reason or (price.note if price.site else None),
    )
