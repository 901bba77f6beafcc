"""The cost report: OpenAI today, what OpenAI names instead, and each provider, at list prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.types import Fact, Price, Provider
from migrate_cli.costs.lines import CostReport, OfferLine, OpenAILine, ProviderReport, Unpriced
from migrate_cli.costs.money import Exchange, exchange
from migrate_cli.costs.moves import provider_report
from migrate_cli.costs.offers import offer_lines
from migrate_cli.costs.today import openai_line
from migrate_cli.costs.totals import total
from migrate_cli.costs.workload import CHAT_PROFILES, EMBEDDING_PROFILES, describe

NO_OVERRIDES: Mapping[str, str] = {}


def compare(
    models: Mapping[str, int],
    providers: Sequence[Provider],
    catalogue: Catalogue,
    *,
    overrides: Mapping[str, str] = NO_OVERRIDES,
    as_of: date,
    fx: Decimal | None,
    site: str | None,
) -> CostReport:
    """Compare the OpenAI `models` found (id to number of call sites) with `providers` at `as_of`.

    `overrides` maps an OpenAI model to the target the user chose, `fx` is the user's rate in yuan per dollar
    (None: the catalogue's), `site` the providers' platform to price (None: each one's first).
    Raises UserError for a rate that is not positive.
    """
    rate = exchange(catalogue.rate(), fx, as_of)
    yuan = rate.cny_per_usd
    found = tuple(openai_line(name, count, catalogue, as_of) for name, count in sorted(models.items()))
    reports = tuple(
        provider_report(
            provider,
            found,
            catalogue,
            overrides=overrides,
            as_of=as_of,
            cny_per_usd=yuan,
            site=site,
        )
        for provider in providers
    )
    offers = offer_lines(catalogue.offers(), [provider.id for provider in providers], as_of)
    return CostReport(
        as_of=as_of,
        exchange=rate,
        profiles=tuple(profile.label for profile in CHAT_PROFILES),
        openai=found,
        today=total([line.costs for line in found], yuan),
        staying=total([line.staying for line in found], yuan),
        providers=reports,
        offers=offers,
        unpriced=(*_unpriced_openai(found), *_unpriced_targets(reports)),
        assumptions=_assumptions(rate),
        sources=_sources(found, reports, offers, rate),
    )


def _unpriced_openai(found: Iterable[OpenAILine]) -> Iterable[Unpriced]:
    for line in found:
        if line.unpriced:
            yield Unpriced("OpenAI today", line.model, line.unpriced)
        if line.advice is not None and line.advice.unpriced:
            yield Unpriced("OpenAI's replacement", line.advice.model, line.advice.unpriced)
        if line.advice is None and line.state in ("ending", "gone"):
            yield Unpriced("OpenAI's replacement", line.model, "no replacement that OpenAI names was found")


def _unpriced_targets(reports: Iterable[ProviderReport]) -> Iterable[Unpriced]:
    for report in reports:
        for line in report.lines:
            if line.unpriced:
                label = f"{line.openai_model} → {line.model}" if line.model else line.openai_model
                yield Unpriced(report.provider, label, line.unpriced)


def _assumptions(rate: Exchange) -> tuple[str, ...]:
    embedding = EMBEDDING_PROFILES[0].input_tokens // EMBEDDING_PROFILES[0].requests
    lines = [
        "Prices compare list prices, not quality: the models are not equal.",
        "The volumes are assumptions, not measurements. Each model found is taken to have the whole of one "
        "volume; the number of call sites does not enter.",
        *(describe(profile) for profile in CHAT_PROFILES),
        f"Embedding and moderation models: the same requests, input only ({embedding:,} tokens each).",
        "OpenAI's side keeps its cached share; the targets are priced without cache hits, as a cache does "
        "not move along.",
        "Sums of many requests are priced at the base tier; peak hours show both ends. Batch, priority and "
        "cache-write rates and taxes are left out.",
        "Token counts are carried over as they are. That fits English and code; Chinese text was measured at "
        "8 to 28% fewer tokens on Qwen, GLM, DeepSeek and Kimi than on gpt-4o. Thinking at the target adds "
        "output tokens.",
        "A model that is free of charge has rate limits; whether the volume fits them is not checked. "
        "Offers are listed, not deducted.",
        *_rate_lines(rate),
    ]
    return tuple(lines)


def _rate_lines(rate: Exchange) -> Iterable[str]:
    day = f", {rate.as_of}" if rate.as_of else ""
    yield (
        f"1 US dollar = {rate.cny_per_usd} yuan ({rate.source}{day}). In the year "
        f"before it was {rate.low} to {rate.high}; at {rate.high} a bill in yuan changes by "
        f"{rate.effect:+.1f}% in dollars."
    )
    if rate.old:
        yield "The exchange rate is more than 45 days old: give a current one with --fx."


def _sources(
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
