"""What a move takes and brings as plain data for JSON: traffic, work, offers, break-even and the ranking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from migrate_cli.costs.effort import Effort
from migrate_cli.costs.incentives.results import Incentives, OfferResult, Sums, Value
from migrate_cli.costs.lines import BreakEven, Rank
from migrate_cli.costs.traffic import Period, Traffic
from migrate_cli.costs.workload import Workload
from migrate_cli.files.secrets import mask
from migrate_cli.report.money_json import amount_text, differences_json, number, total_json


def volumes_json(volumes: Sequence[Workload | None]) -> list[dict[str, int] | None]:
    """A month's requests and tokens in each scenario, rounded; null where tokens say nothing."""
    return [None if load is None else _volume(load) for load in volumes]


def _volume(load: Workload) -> dict[str, int]:
    volume = load.volume
    counts = {
        "requests": volume.requests,
        "input_tokens": volume.input,
        "cached_tokens": volume.cached,
        "output_tokens": volume.output,
    }
    return {name: int(load.a_month(count).to_integral_value()) for name, count in counts.items()}


def traffic_json(traffic: Traffic | None) -> dict[str, Any] | None:
    """Where the usage came from, what it covers, and what of it is in no figure; null without usage."""
    if traffic is None:
        return None
    return {
        "sources": [{"format": name, "records": count} for name, count in traffic.sources],
        "period": _period(traffic.period),
        "billed_period": _period(traffic.bill_period),
        "not_priced": [
            {"model": item.model, "unit": item.unit, "quantity_a_month": _short(item.quantity)}
            for item in traffic.beyond
        ],
        "bills": [
            {
                "model": bill.model,
                "item": bill.item,
                "amount_a_month": amount_text(bill.amount),
                "currency": bill.currency,
            }
            for bill in traffic.bills
        ],
        "overlaps": [
            {"sources": list(found.sources), "models": list(found.models), "days": found.days}
            for found in traffic.overlaps
        ],
        "left_out": [
            {"source": left.source, "why": left.why, "times": left.times, "tokens": left.tokens}
            for left in traffic.left
        ],
    }


def _period(period: Period | None) -> dict[str, Any] | None:
    if period is None:
        return None
    return {
        "start": period.start.isoformat() if period.start else None,
        "end": period.end.isoformat() if period.end else None,
        "days": _short(period.days),
        "whole_months": period.whole,
        "factor_to_a_month": _short(period.month),
    }


def work_json(effort: Effort | None) -> dict[str, Any] | None:
    """`effort_json`, and what keeps sites from moving by themselves."""
    sums = effort_json(effort)
    if effort is None or sums is None:
        return None
    reasons = [
        {
            "how": reason.hold.name.lower(),
            "rule": reason.code or None,
            "why": mask(reason.message),
            "places": reason.places,
            "of_them_in_other_words": reason.others,
            "minutes": reason.minutes,
        }
        for reason in effort.reasons
    ]
    return {**sums, "reasons": reasons}


def effort_json(effort: Effort | None) -> dict[str, int] | None:
    """Sites by what becomes of them, and the estimated minutes; null where no plan was made."""
    if effort is None:
        return None
    return {
        "automatic": effort.automatic,
        "review": effort.review,
        "by_hand": effort.by_hand,
        "not_at_all": effort.impossible,
        "minutes": effort.minutes,
    }


def break_even_json(found: BreakEven | None) -> dict[str, Any] | None:
    """What the work costs, and the months until it is paid; null months: never. Null where nobody asked."""
    if found is None:
        return None
    return {
        "work": amount_text(found.work),
        "currency": found.currency,
        "known": found.known,
        "best_months": _months(found.best),
        "worst_months": _months(found.worst),
    }


def rank_json(row: Rank, yuan: Decimal) -> dict[str, Any]:
    """One row of the ranking; `why` says what keeps it from being compared."""
    return {
        "provider": row.provider,
        "ranked": row.ranked,
        "why": row.why,
        "status": row.status,
        "region": row.region,
        "work": effort_json(row.effort),
        "total": total_json(row.bill, yuan),
        "vs_staying": differences_json([row.vs_staying])[0],
        "models": list(row.models),
        "unknown": list(row.unknown),
    }


def incentives_json(found: Incentives | None) -> dict[str, Any] | None:
    """What the offers of a provider take off its bill, and each offer; null where they were not weighed."""
    if found is None:
        return None
    return {
        "currency": found.currency,
        "at_least": found.at_least,
        "without": _sums(found.without),
        "saved": _sums(found.saved),
        "with": _sums(found.remaining),
        "offers": [_offer(result) for result in found.offers],
        "questions": [{"word": need.word, "question": need.question} for need in found.questions],
    }


def _offer(result: OfferResult) -> dict[str, Any]:
    return {
        "id": result.offer.id,
        "verdict": result.verdict,
        "words": result.words,
        "counts": result.counts,
        "why_not": result.why_not,
        "currency": result.currency,
        "value": _value(result.value),
        "up_to": None if result.up_to is None else amount_text(result.up_to),
        "claim_on": _day(result.claim_on),
        "claim_until": _day(result.claim_until),
        "use_until": _day(result.use_until),
        "needs": [need.word for need in result.needs],
        "unanswered": [need.word for need in result.questions],
        "how": result.how,
        "remarks": list(result.remarks),
    }


def _value(value: Value | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "unit": value.unit,
        "granted": number(value.granted),
        "used": None if value.used is None else _short(value.used),
        "left": None if value.left is None else _short(value.left),
        "days": None if value.days is None else _short(value.days),
        "saved": amount_text(value.saved),
        **{f"saved_{name}": amount for name, amount in _sums(value.sums).items()},
        "lasting": value.lasting,
        "at_least": value.at_least,
        "models": [drawn.model for drawn in value.models],
    }


def _sums(sums: Sums) -> dict[str, str]:
    return {
        "first_month": amount_text(sums.month),
        "first_year": amount_text(sums.year),
        "steady_month": amount_text(sums.steady),
    }


def _months(months: Decimal | None) -> str | None:
    return None if months is None else str(months.quantize(Decimal("0.1")))


def _short(value: Decimal) -> str:
    """A figure to three decimals, without padding."""
    text = format(value.quantize(Decimal("0.001")), "f")
    return text.rstrip("0").rstrip(".")


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
