"""Which provider suits this code: one row each, the best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from migrate_cli.catalogue.types import Provider
from migrate_cli.costs.age import age_in_days
from migrate_cli.costs.lines import OpenAILine, ProviderReport, Rank
from migrate_cli.costs.money import convert
from migrate_cli.costs.terms import Terms

_TOO_OLD_DAYS = 180
_FREE = "free of charge, within limits that the volume was not checked against"
_STEP = Decimal("0.05")  # shares of work that differ by less are alike


def ranking(
    reports: Sequence[ProviderReport],
    providers: Sequence[Provider],
    found: Sequence[OpenAILine],
    terms: Terms,
    cny_per_usd: Decimal,
) -> tuple[Rank, ...]:
    """The providers, those first that need the least work by hand, then the cheaper; incomparable ones last.

    A gap keeps a provider out only where OpenAI's own side has a price for the model in `found`: what nobody prices,
    such as images, tells nobody apart. What is wholly free of charge is no price to be first by, and a price older
    than 180 days is no reason to call a provider cheap, unless `terms.allow_stale`.
    """
    rows = [_row(report, provider, found, terms) for report, provider in zip(reports, providers, strict=True)]
    return tuple(sorted(rows, key=lambda row: _key(row, cny_per_usd)))


def _row(report: ProviderReport, provider: Provider, found: Sequence[OpenAILine], terms: Terms) -> Rank:
    why = _why_unranked(report, provider, found, terms)
    used = [line for line in report.lines if line.model is not None]
    models = dict.fromkeys(f"{line.model} ({line.status or 'unknown'})" for line in used)
    return Rank(
        provider=provider.id,
        name=provider.name,
        status=provider.status,
        region=report.site,
        effort=report.effort,
        bill=report.totals[terms.main],
        vs_staying=report.vs_staying[terms.main],
        models=tuple(models),
        unknown=tuple(_unknown(report)),
        ranked=why is None,
        why=why,
    )


def _why_unranked(
    report: ProviderReport, provider: Provider, found: Sequence[OpenAILine], terms: Terms
) -> str | None:
    bill = report.totals[terms.main]
    if provider.status == "closed":
        return "closed to new customers"
    if bill.bill is None:
        return "nothing is priced"
    if bill.bill.reason and not all(line.yours for line in report.lines):
        return _FREE
    bases = (base.costs[terms.main] for base in found)
    if any(line.unpriced and base is not None for line, base in zip(report.lines, bases, strict=True)):
        return "not all is priced"
    ages = [
        age_in_days(line.price.fact.as_of, terms.as_of)
        for line in report.lines
        if line.price and not line.yours
    ]
    if not terms.allow_stale and any(age is None or age > _TOO_OLD_DAYS for age in ages):
        return f"prices older than {_TOO_OLD_DAYS} days"
    return None


def _unknown(report: ProviderReport) -> Iterator[str]:
    """What nobody knows of a move to this provider, each once."""
    yield from dict.fromkeys(
        f"{line.openai_model}: {line.unpriced}" for line in report.lines if line.unpriced is not None
    )


def _key(row: Rank, cny_per_usd: Decimal) -> tuple[bool, Decimal, Decimal]:
    """What sorts a row: comparable first, then the share that no edit can move, then the month's bill in dollars."""
    work, bill = row.effort, row.bill.bill
    left = (
        Decimal(0) if work is None or not work.sites else Decimal(work.by_hand + work.impossible) / work.sites
    )
    cost = Decimal("Infinity") if bill is None else convert(bill.low, bill.currency, "USD", cny_per_usd)
    return (not row.ranked, left.quantize(_STEP), cost)
