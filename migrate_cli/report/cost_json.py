"""The cost report as plain data for JSON: money, rates and percentages as strings, unknown as null."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from migrate_cli.catalogue.types import Fact, Price, Tier
from migrate_cli.costs.difference import Difference
from migrate_cli.costs.lines import (
    Advice,
    CostReport,
    OfferLine,
    OpenAILine,
    ProviderReport,
    TargetLine,
    Total,
)
from migrate_cli.costs.money import cents, convert
from migrate_cli.costs.pricing import Cost
from migrate_cli.report.cost_words import NOT_QUALITY

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
        "profiles": list(report.profiles),
        "openai": [_openai(line, yuan) for line in report.openai],
        "today": [_total(total, yuan) for total in report.today],
        "staying": [_total(total, yuan) for total in report.staying],
        "providers": [_provider(provider, yuan) for provider in report.providers],
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
        "costs": _costs(line.costs, yuan),
        "unpriced": line.unpriced,
        "replacement": _advice(line.advice, yuan),
        "staying": _costs(line.staying, yuan),
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
        "costs": _costs(advice.costs, yuan),
        "unpriced": advice.unpriced,
    }


def _provider(report: ProviderReport, yuan: Decimal) -> dict[str, Any]:
    return {
        "provider": report.provider,
        "name": report.name,
        "site": report.site,
        "status": report.status_note,
        "models": [_target(line, yuan) for line in report.lines],
        "totals": [_total(total, yuan) for total in report.totals],
        "vs_today": _differences(report.vs_today),
        "shared_today": report.shared_today,
        "vs_staying": _differences(report.vs_staying),
        "shared_staying": report.shared_staying,
    }


def _target(line: TargetLine, yuan: Decimal) -> dict[str, Any]:
    return {
        "openai_model": line.openai_model,
        "model": line.model,
        "chosen_by": line.chosen_by,
        "price": _price(line.price),
        "stale": line.stale,
        "costs": _costs(line.costs, yuan),
        "vs_today": _differences(line.vs_today),
        "vs_staying": _differences(line.vs_staying),
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
        "peak_input": _number(price.peak_input),
        "peak_cached_input": _number(price.peak_cached_input),
        "peak_output": _number(price.peak_output),
        "peak_hours": price.peak_hours,
        "batch_discount": _number(price.batch_discount),
        "site": price.site,
        "reason": price.reason,
        "note": price.note,
        **_fact(price.fact),
    }


def _rates(rates: Price | Tier) -> dict[str, str | None]:
    return {
        "input": _number(rates.input),
        "cached_input": _number(rates.cached_input),
        "output": _number(rates.output),
    }


def _fact(fact: Fact) -> dict[str, str | None]:
    return {"as_of": fact.as_of, "source": fact.source, "confidence": fact.confidence}


def _total(total: Total, yuan: Decimal) -> dict[str, Any]:
    return {"at_least": total.at_least, "cost": _cost(total.bill, yuan)}


def _costs(bills: Iterable[Cost | None], yuan: Decimal) -> list[dict[str, Any] | None]:
    return [_cost(bill, yuan) for bill in bills]


def _cost(bill: Cost | None, yuan: Decimal) -> dict[str, Any] | None:
    """Amounts in the published currency and, converted, in both; rounded half up to cents."""
    if bill is None:
        return None
    amounts = {
        f"{end}_{code.lower()}": str(cents(convert(amount, bill.currency, code, yuan)))
        for code in ("CNY", "USD")
        for end, amount in (("low", bill.low), ("high", bill.high))
    }
    return {"currency": bill.currency, **amounts, "reason": bill.reason, "note": bill.note}


def _differences(differences: Iterable[Difference | None]) -> list[dict[str, str] | None]:
    return [
        None if item is None else {"low": f"{item.low:.1f}", "high": f"{item.high:.1f}", "words": item.words}
        for item in differences
    ]


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
