"""The cost report as plain data for JSON: money, rates and percentages as strings, unknown as null."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from migrate_cli.catalogue.types import Fact, Price, Tier
from migrate_cli.costs.lines import (
    Advice,
    CostReport,
    OfferLine,
    OpenAILine,
    ProviderReport,
    TargetLine,
)
from migrate_cli.report.cost_words import NOT_QUALITY
from migrate_cli.report.money_json import costs_list, differences_json, number, total_json
from migrate_cli.report.move_json import (
    break_even_json,
    incentives_json,
    rank_json,
    traffic_json,
    volumes_json,
    work_json,
)

VERSION = 1


def costs_json(report: CostReport) -> dict[str, Any]:
    """The whole report, ready for `json.dumps`; amounts are per month.

    Lists called `costs`, `totals` and `vs_…` run parallel to `profiles`.
    """
    rate = report.exchange
    yuan = rate.cny_per_usd
    return {
        "version": VERSION,
        "as_of": report.as_of.isoformat(),
        "note": NOT_QUALITY,
        "exchange": {
            "cny_per_usd": str(yuan),
            "as_of": rate.as_of,
            "source": rate.source,
            "low": str(rate.low),
            "high": str(rate.high),
            "old": rate.old,
        },
        "origin": report.origin.value,
        "profiles": list(report.profiles),
        "main_profile": report.profiles[report.main],
        "usage": traffic_json(report.traffic),
        "billed": costs_list(report.billed, yuan),
        "openai": [_openai(line, yuan) for line in report.openai],
        "today": [total_json(total, yuan) for total in report.today],
        "staying": [total_json(total, yuan) for total in report.staying],
        "providers": [_provider(provider, yuan) for provider in report.providers],
        "ranking": [rank_json(row, yuan) for row in report.ranking],
        "offers": [_offer(line) for line in report.offers],
        "unpriced": [{"where": u.where, "model": u.model, "reason": u.reason} for u in report.unpriced],
        "assumptions": list(report.assumptions),
        "sources": [{"source": fact.source, "as_of": fact.as_of} for fact in report.sources],
    }


def _openai(line: OpenAILine, yuan: Decimal) -> dict[str, Any]:
    return {
        "model": line.model,
        "call_sites": line.call_sites,
        "kind": line.kind,
        "state": line.state,
        "status": line.status,
        "shutdown_source": line.shutdown_source,
        "price": _price(line.price),
        "stale": line.stale,
        "volumes": volumes_json(line.volumes),
        "billed": costs_list([line.billed], yuan)[0],
        "costs": costs_list(line.costs, yuan),
        "unpriced": line.unpriced,
        "replacement": _advice(line.advice, yuan),
        "staying": costs_list(line.staying, yuan),
        "note": line.note,
    }


def _advice(advice: Advice | None, yuan: Decimal) -> dict[str, Any] | None:
    if advice is None:
        return None
    return {
        "model": advice.model,
        "as_of": advice.as_of,
        "source": advice.source,
        "note": advice.note,
        "price": _price(advice.price),
        "stale": advice.stale,
        "costs": costs_list(advice.costs, yuan),
        "unpriced": advice.unpriced,
    }


def _provider(report: ProviderReport, yuan: Decimal) -> dict[str, Any]:
    return {
        "provider": report.provider,
        "name": report.name,
        "site": report.site,
        "status": report.status_note,
        "models": [_target(line, yuan) for line in report.lines],
        "totals": [total_json(total, yuan) for total in report.totals],
        "vs_today": differences_json(report.vs_today),
        "shared_today": report.shared_today,
        "vs_staying": differences_json(report.vs_staying),
        "shared_staying": report.shared_staying,
        "discount": number(report.discount),
        "work": work_json(report.effort),
        "offers": incentives_json(report.incentives),
        "break_even_today": break_even_json(report.break_even_today),
        "break_even_staying": break_even_json(report.break_even_staying),
    }


def _target(line: TargetLine, yuan: Decimal) -> dict[str, Any]:
    return {
        "openai_model": line.openai_model,
        "model": line.model,
        "chosen_by": line.chosen_by,
        "status": line.status,
        "volumes": volumes_json(line.volumes),
        "price": _price(line.price),
        "price_is_yours": line.yours,
        "stale": line.stale,
        "costs": costs_list(line.costs, yuan),
        "vs_today": differences_json(line.vs_today),
        "vs_staying": differences_json(line.vs_staying),
        "unpriced": line.unpriced,
        "note": line.note,
    }


def _offer(line: OfferLine) -> dict[str, Any]:
    offer = line.offer
    return {
        "id": offer.id,
        "provider": offer.provider,
        "title": offer.title,
        "amount": offer.amount,
        "eligibility": offer.eligibility,
        "starts": offer.starts,
        "ends": offer.ends,
        "verdict": line.verdict,
        "words": line.words,
        "counts_as_money": line.counts,
        "note": offer.note,
        **_fact(offer.fact),
        "reports": [{"as_of": fact.as_of, "source": fact.source} for fact in offer.reports],
    }


def _price(price: Price | None) -> dict[str, Any] | None:
    if price is None:
        return None
    return {
        "currency": price.currency,
        "unit": price.unit,
        **_rates(price),
        "tiers": [{"above_input_tokens": tier.above_input_tokens, **_rates(tier)} for tier in price.tiers],
        "tier_mode": price.tier_mode,
        "peak_input": number(price.peak_input),
        "peak_cached_input": number(price.peak_cached_input),
        "peak_output": number(price.peak_output),
        "peak_hours": price.peak_hours,
        "batch_discount": number(price.batch_discount),
        "site": price.site,
        "reason": price.reason,
        "note": price.note,
        **_fact(price.fact),
    }


def _rates(rates: Price | Tier) -> dict[str, str | None]:
    return {
        "input": number(rates.input),
        "cached_input": number(rates.cached_input),
        "output": number(rates.output),
    }


def _fact(fact: Fact) -> dict[str, str | None]:
    return {"as_of": fact.as_of, "source": fact.source, "confidence": fact.confidence}
