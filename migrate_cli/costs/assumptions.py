"""What a cost report takes for granted, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from migrate_cli.catalogue.types import Price, Provider
from migrate_cli.costs.money import Exchange
from migrate_cli.costs.scenario import Origin
from migrate_cli.costs.terms import Terms
from migrate_cli.costs.traffic import DAYS_A_MONTH, Traffic
from migrate_cli.costs.workload import EMBEDDING_PROFILES, describe

_DATE = re.compile(r"\d{4}-\d\d")


def assumptions(terms: Terms, rate: Exchange, providers: Sequence[Provider]) -> tuple[str, ...]:
    """Every assumption behind the figures of a report, each one sentence or two."""
    lines = [
        "Prices compare list prices, not quality: the models are not equal.",
        *_volumes(terms),
        *_cache(terms),
        *_tokens(terms),
        "A model that is free of charge has rate limits; whether the volume fits them is not checked. "
        "Bills of a month are before offers; the table of the first year takes off those that count.",
        *_yours(terms),
        *_rate_lines(rate),
    ]
    return tuple(lines)


def later(prices: Iterable[Price | None], advices: Iterable[str | None], terms: Terms) -> Iterator[str]:
    """What a report of a past day takes from later: prices that were read, and replacements that were named, since."""
    day = terms.as_of.isoformat()
    count = sum(price is not None and _day(price.fact.as_of) > day for price in prices)
    named = sum(_day(advice) > day for advice in advices)
    if count or named:
        yield (
            f"{count} of the prices, and {named} of the replacements that OpenAI names, are of a later day than this "
            "report: what held then is not known."
        )


def _day(written: str | None) -> str:
    """The date, empty for none or for words: only a date can be later."""
    return written if written is not None and _DATE.match(written) else ""


def _volumes(terms: Terms) -> Iterator[str]:
    """Where the volumes come from."""
    origin = terms.scenarios[0].origin
    if terms.traffic is not None:
        yield from terms.traffic.remarks
    if origin is Origin.MEASURED and terms.traffic is not None:
        yield from _measured(terms.traffic)
        return
    if origin is Origin.GIVEN:
        yield "The volumes are the ones you gave, the whole of them for each model; all requests count as equally long."
    else:
        yield (
            "The volumes are assumptions, not measurements. Each model found is taken to have the whole of one "
            "volume; the number of call sites does not enter."
        )
    for scenario in terms.scenarios:
        yield describe(scenario.kinds["chat"])
    each = EMBEDDING_PROFILES[0].volume
    if origin is Origin.ASSUMED:
        tokens = each.input // each.requests
        yield f"Embedding and moderation models: the same requests, input only ({tokens:,} tokens each)."


def _measured(traffic: Traffic) -> Iterator[str]:
    period = traffic.period
    if period is not None and period.whole:
        yield "The usage covers whole months and counts as it is."
    elif period is not None:
        yield (
            f"The usage stands for {period.length}; a month is {DAYS_A_MONTH:.2f} days, "
            f"so everything is multiplied by {period.month:.3f}."
        )
    if period is not None and period.short:
        yield "That is less than a week: the days and hours that are missing may be different."
    if any(bill.model in traffic.models for bill in traffic.bills):
        yield (
            "Today is what a bill says was paid where one names the model, its list price else; "
            '"against today" and the time to pay back follow it.'
        )
    if any(cell.least is None for workload in traffic.models.values() for cell, _ in workload.parts):
        yield (
            "Where the usage holds sums of many requests, their sizes are not known: prices with tiers give a range, "
            "from the base tier to the highest tier that a request may have reached. Buckets of a minute, or "
            "--longest-input, make it narrower."
        )
    if any(cell.hour is not None for workload in traffic.models.values() for cell, _ in workload.parts):
        yield "Peak hours are told from the times of the requests; public holidays count as working days."


def _cache(terms: Terms) -> Iterator[str]:
    if terms.cache_share:
        yield (
            f"OpenAI's side keeps its cached share; the targets read {terms.cache_share:.0%} of the input from a "
            "cache, as you said."
        )
    else:
        yield (
            "OpenAI's side keeps its cached share; the targets are priced without cache hits, as a cache does "
            "not move along."
        )
    yield "Batch requests get the batch rate where one is published, else the standard one. Taxes are left out."


def _tokens(terms: Terms) -> Iterator[str]:
    if not terms.text_mix:
        yield (
            "Token counts are carried over as they are. That fits English and code; Chinese text was measured at "
            "8 to 28% fewer tokens on Qwen, GLM, DeepSeek and Kimi than on gpt-4o (--text-mix tells ours)."
        )
    if terms.output_factor == 1:
        yield "Answers are taken to be as long as OpenAI's; thinking at the target adds output tokens."
    else:
        yield f"The targets' answers are taken to be {terms.output_factor} times as long."


def _yours(terms: Terms) -> Iterator[str]:
    for name, share in sorted(terms.discounts.items()):
        whose = "every provider's list prices" if name == "*" else f"{name}'s list prices"
        yield f"{share:.0%} is taken off {whose}, as you said."
    for provider, model in sorted(terms.prices):
        yield f"The price of {model} at {provider} is one you gave."


def _rate_lines(rate: Exchange) -> Iterable[str]:
    day = f", {rate.as_of}" if rate.as_of else ""
    yield (
        f"1 US dollar = {rate.cny_per_usd} yuan ({rate.source}{day}). In the year "
        f"before it was {rate.low} to {rate.high}; at {rate.high} a bill in yuan changes by "
        f"{rate.effect:+.1f}% in dollars."
    )
    if rate.old:
        yield "The exchange rate is more than 45 days old: give a current one with --fx."
