"""What each OpenAI model found would cost on one provider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.types import Price, Provider, TargetModel
from migrate_cli.costs.age import is_stale
from migrate_cli.costs.difference import difference
from migrate_cli.costs.lines import Costs, Differences, OpenAILine, ProviderReport, TargetLine
from migrate_cli.costs.today import bills
from migrate_cli.costs.totals import shared_difference, total

_USABLE = ("current", "limited")


def provider_report(
    provider: Provider,
    found: Sequence[OpenAILine],
    catalogue: Catalogue,
    *,
    overrides: Mapping[str, str],
    as_of: date,
    cny_per_usd: Decimal,
    site: str | None,
) -> ProviderReport:
    """The lines of one provider, in the order of `found`, and their sums."""
    place = site or (provider.sites[0].name if provider.sites else None)
    lines = tuple(
        _line(
            provider, line, catalogue, overrides=overrides, as_of=as_of, cny_per_usd=cny_per_usd, site=place
        )
        for line in found
    )
    costs = [line.costs for line in lines]
    vs_today, shared_today = shared_difference(costs, [line.costs for line in found], cny_per_usd)
    vs_staying, shared_staying = shared_difference(costs, [line.staying for line in found], cny_per_usd)
    return ProviderReport(
        provider=provider.id,
        name=provider.name,
        site=place,
        status_note=provider.status_note,
        lines=lines,
        totals=total(costs, cny_per_usd),
        vs_today=vs_today,
        shared_today=shared_today,
        vs_staying=vs_staying,
        shared_staying=shared_staying,
    )


def list_price(provider: Provider, model: TargetModel, site: str | None) -> tuple[Price | None, str | None]:
    """The price on `site`, or why there is none. A price of another site is never taken instead."""
    offered = [place.name for place in provider.sites]
    if site is not None and site not in offered:
        return None, f"{provider.id} has no site {site!r}, only {', '.join(offered)}"
    price = next((p for p in model.prices if p.site == site), None)
    price = price or next((p for p in model.prices if p.site is None), None)
    if price is not None:
        return price, None
    elsewhere = sorted({p.site for p in model.prices if p.site is not None})
    if elsewhere:
        return None, f"no list price found for the site {site!r}, only for {', '.join(elsewhere)}"
    return None, "no list price found"


def _line(
    provider: Provider,
    line: OpenAILine,
    catalogue: Catalogue,
    *,
    overrides: Mapping[str, str],
    as_of: date,
    cny_per_usd: Decimal,
    site: str | None,
) -> TargetLine:
    target, note = _target(provider, line.model, catalogue, overrides)
    chosen_by = "you" if line.model in overrides else "the catalogue"
    if target is None:
        return _without_price(line, None, chosen_by, note or "no comparable model is known", None)
    model = _target_model(provider, target)
    if model is None:
        return _without_price(line, target, chosen_by, f"unknown to the catalogue of {provider.id}", note)
    if line.kind is None:
        return _without_price(line, model.id, chosen_by, f"{line.model} is unknown to the catalogue", note)
    price, reason = list_price(provider, model, site)
    costs, problem = bills(price, line.kind, assume_cache=False)
    return TargetLine(
        openai_model=line.model,
        model=model.id,
        chosen_by=chosen_by,
        price=price,
        stale=price is not None and is_stale(price.fact.as_of, as_of),
        costs=costs,
        vs_today=_differences(costs, line.costs, cny_per_usd),
        vs_staying=_differences(costs, line.staying, cny_per_usd),
        unpriced=reason or problem,
        note=_with_status(model, note),
    )


def _target(
    provider: Provider, name: str, catalogue: Catalogue, overrides: Mapping[str, str]
) -> tuple[str | None, str | None]:
    """(target id, note); the user's choice goes before the catalogue's."""
    if name in overrides:
        return overrides[name], None
    replacement = catalogue.replacement(provider, name)
    return (replacement.to, replacement.note) if replacement is not None else (None, None)


def _target_model(provider: Provider, target: str) -> TargetModel | None:
    model = provider.models.get(target)
    return model or next((m for m in provider.models.values() if target in m.aliases), None)


def _with_status(model: TargetModel, note: str | None) -> str | None:
    if model.status in _USABLE:
        return note
    state = f"{model.id} is {model.status}" + (f" since {model.retired_on}" if model.retired_on else "")
    return f"{state}. {note}" if note else state


def _without_price(
    line: OpenAILine, target: str | None, chosen_by: str, reason: str, note: str | None
) -> TargetLine:
    nothing: Costs = (None,) * len(line.costs)
    unknown: Differences = (None,) * len(line.costs)
    return TargetLine(line.model, target, chosen_by, None, False, nothing, unknown, unknown, reason, note)


def _differences(costs: Costs, baseline: Costs, cny_per_usd: Decimal) -> Differences:
    return tuple(difference(bill, base, cny_per_usd) for bill, base in zip(costs, baseline, strict=True))
