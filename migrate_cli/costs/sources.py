"""Every source behind a figure of the cost report."""

from __future__ import annotations

from collections.abc import Iterable

from migrate_cli.catalogue.types import Fact, Price
from migrate_cli.costs.lines import OfferLine, OpenAILine, ProviderReport
from migrate_cli.costs.money import Exchange


def sources(
    found: Iterable[OpenAILine],
    reports: Iterable[ProviderReport],
    offers: Iterable[OfferLine],
    rate: Exchange,
) -> tuple[Fact, ...]:
    """Every source behind a printed figure, once each, in the order of the report."""
    facts: list[Fact] = []
    for line in found:
        facts += _price_facts(line.price)
        if line.advice is not None:
            facts.append(Fact(line.advice.as_of, line.advice.source, None))
            facts += _price_facts(line.advice.price)
        if line.shutdown_source:
            facts.append(Fact(None, line.shutdown_source, None))
    for report in reports:
        for target in report.lines:
            facts += _price_facts(target.price)
    facts += [line.offer.fact for line in offers]
    facts.append(Fact(rate.as_of, rate.source, None))
    unique = {(fact.source, fact.as_of): fact for fact in facts if fact.source}
    return tuple(unique.values())


def _price_facts(price: Price | None) -> list[Fact]:
    return [price.fact] if price is not None else []
