"""What each OpenAI model found would cost on one provider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.types import Price, Provider, TargetModel
from migrate_cli.costs.age import is_stale
from migrate_cli.costs.difference import difference
from migrate_cli.costs.effort import Effort
from migrate_cli.costs.lines import Costs, Differences, OpenAILine, ProviderReport, TargetLine
from migrate_cli.costs.pricing import Cost
from migrate_cli.costs.terms import NONE, ONE, Terms
from migrate_cli.costs.today import bills
from migrate_cli.costs.totals import shared_difference, total
from migrate_cli.costs.workload import Workload, moved
from migrate_cli.model import UserError

_USABLE = ("current", "limited")


def provider_report(
    provider: Provider,
    found: Sequence[OpenAILine],
    catalogue: Catalogue,
    terms: Terms,
    cny_per_usd: Decimal,
    effort: Effort | None = None,
) -> ProviderReport:
    """The lines of one provider, in the order of `found`, and their sums."""
    place = terms.site or (provider.sites[0].name if provider.sites else None)
    lines = tuple(_line(provider, line, catalogue, terms, cny_per_usd, place) for line in found)
    costs = [line.costs for line in lines]
    profiles = len(terms.scenarios)
    vs_today, shared_today = shared_difference(costs, [line.paid for line in found], cny_per_usd, profiles)
    vs_staying, shared_staying = shared_difference(
        costs, [line.staying for line in found], cny_per_usd, profiles
    )
    return ProviderReport(
        provider=provider.id,
        name=provider.name,
        site=place,
        status_note=provider.status_note,
        lines=lines,
        totals=total(costs, cny_per_usd, profiles),
        vs_today=vs_today,
        shared_today=shared_today,
        vs_staying=vs_staying,
        shared_staying=shared_staying,
        discount=terms.discount(provider.id),
        effort=effort,
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


def check_site(providers: Sequence[Provider], site: str | None) -> None:
    """Raises UserError for a `site` that none of the providers has; one that some lack is told of these."""
    offered = dict.fromkeys(place.name for provider in providers for place in provider.sites)
    if site is not None and site not in offered:
        raise UserError(f"--site: none of the providers has a site {site!r}; there are: {', '.join(offered)}")


def _line(
    provider: Provider,
    line: OpenAILine,
    catalogue: Catalogue,
    terms: Terms,
    cny_per_usd: Decimal,
    site: str | None,
) -> TargetLine:
    target, note = _target(provider, line.model, catalogue, terms.overrides)
    chosen_by = "you" if line.model in terms.overrides else "the catalogue"
    if target is None:
        return _without_price(line, None, chosen_by, note or "no comparable model is known", None)
    model = provider.model(target)
    if model is None:
        return _without_price(line, target, chosen_by, f"unknown to the catalogue of {provider.id}", note)
    if line.kind is None:
        return _without_price(line, model.id, chosen_by, f"{line.model} is unknown to the catalogue", note)
    yours = terms.prices.get((provider.id, model.id))
    price, reason = (yours, None) if yours is not None else list_price(provider, model, site)
    volumes = _moved(line, provider, model, catalogue, terms)
    listed, problem = bills(price, line.kind, volumes, assume_cache=bool(terms.cache_share))
    costs = tuple(_less(bill, discount_on(provider.id, yours is not None, terms)) for bill in listed)
    return TargetLine(
        openai_model=line.model,
        model=model.id,
        chosen_by=chosen_by,
        status=model.status,
        price=price,
        stale=yours is None and price is not None and is_stale(price.fact.as_of, terms.as_of),
        costs=costs,
        vs_today=_differences(costs, line.paid, cny_per_usd),
        vs_staying=_differences(costs, line.staying, cny_per_usd),
        unpriced=reason or problem,
        note=_with_status(model, note),
        yours=yours is not None,
        volumes=volumes,
    )


def _moved(
    line: OpenAILine, provider: Provider, model: TargetModel, catalogue: Catalogue, terms: Terms
) -> tuple[Workload | None, ...]:
    """The traffic as the target counts it: its own tokens for the same texts, its own cache, longer answers."""
    factor = tokens_at(line.model, provider.id, model.id, catalogue, terms)
    output = factor * terms.output_factor
    return tuple(
        None
        if load is None
        else moved(load, input_factor=factor, output_factor=output, cached=terms.cache_share)
        for load in line.volumes
    )


def tokens_at(openai_model: str, provider: str, model: str, catalogue: Catalogue, terms: Terms) -> Decimal:
    """Tokens of the target per token of the OpenAI model, for texts of the user's mix; 1 without a mix."""
    if not terms.text_mix:
        return ONE
    from migrate_cli.costs.tokens.mix import rescale

    table = catalogue.tokenizers()
    source = table.openai_vocabulary(openai_model)
    if source is None:
        return ONE
    return rescale(1, terms.text_mix, source, table.vocabulary_of(provider, model), table).factor


def discount_on(provider: str, yours: bool, terms: Terms) -> Decimal:
    """The share off a bill: a discount is taken off list prices, not off a price that the user gave."""
    return NONE if yours else terms.discount(provider)


def _less(bill: Cost | None, discount: Decimal) -> Cost | None:
    """A bill after a discount, a share of it."""
    if bill is None or not discount:
        return bill
    return replace(bill, low=bill.low * (1 - discount), high=bill.high * (1 - discount))


def _target(
    provider: Provider, name: str, catalogue: Catalogue, overrides: Mapping[str, str]
) -> tuple[str | None, str | None]:
    """(target id, note); the user's choice goes before the catalogue's."""
    if name in overrides:
        return overrides[name], None
    replacement = catalogue.replacement(provider, name)
    return (replacement.to, replacement.note) if replacement is not None else (None, None)


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
    return TargetLine(
        line.model, target, chosen_by, None, None, False, nothing, unknown, unknown, reason, note
    )


def _differences(costs: Costs, baseline: Costs, cny_per_usd: Decimal) -> Differences:
    return tuple(difference(bill, base, cny_per_usd) for bill, base in zip(costs, baseline, strict=True))
