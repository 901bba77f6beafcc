"""What a provider's offers take off the bill of a report's main scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from migrate_cli.catalogue.types import Offer, Price, Provider, TargetModel
from migrate_cli.costs.incentives.demand import Demand
from migrate_cli.costs.incentives.evaluate import evaluate
from migrate_cli.costs.incentives.results import Incentives
from migrate_cli.costs.lines import ProviderReport, TargetLine
from migrate_cli.costs.money import convert
from migrate_cli.costs.moves import discount_on
from migrate_cli.costs.pricing import cost
from migrate_cli.costs.terms import Terms
from migrate_cli.costs.traffic import DAYS_A_MONTH
from migrate_cli.costs.volume import Volume
from migrate_cli.costs.workload import Workload

_GONE = ("retired", "historic")


def incentives(
    report: ProviderReport, provider: Provider, offers: Iterable[Offer], terms: Terms, cny_per_usd: Decimal
) -> Incentives:
    """The provider's offers against what the program would use there each day, at the low end of its bill."""
    mine = [offer for offer in offers if offer.provider == provider.id]
    demands = tuple(_demands(report.lines, provider, terms))
    currencies = [demand.currency for demand in demands if demand.cost is not None]
    currency = currencies[0] if currencies else "CNY"
    return evaluate(
        mine,
        [_in_currency(demand, currency, cny_per_usd) for demand in demands],
        as_of=terms.as_of,
        start=terms.first_day,
        answers=terms.answers,
        site=report.site,
    )


def _demands(lines: Sequence[TargetLine], provider: Provider, terms: Terms) -> Iterator[Demand]:
    """The daily use of each target model; batches apart, as few grants are for them."""
    for line in lines:
        load = line.volumes[terms.main] if line.volumes else None
        model = provider.models.get(line.model or "")
        if load is None or model is None or not load.volume.requests:
            continue
        for batch in (False, True):
            parts = tuple(part for part in load.parts if (part[0].service == "batch") is batch)
            if not parts:
                continue
            yield _demand(line, replace(load, parts=parts), model, batch, terms, provider.id)


def _demand(
    line: TargetLine, load: Workload, model: TargetModel, batch: bool, terms: Terms, provider: str
) -> Demand:
    """A day of one model, with what its output and its cached input cost of the whole."""
    share = 1 - discount_on(provider, line.yours, terms)
    whole = _a_day(line.price, load, share, terms)
    silent = _a_day(line.price, _with(load, _silent), share, terms)
    uncached = _a_day(line.price, _with(load, _uncached), share, terms)
    volume = load.volume
    return Demand(
        model=model.id,
        input=_daily(load, volume.input),
        cached=_daily(load, volume.cached),
        output=_daily(load, volume.output),
        cost=whole,
        currency=line.price.currency if line.price is not None else "CNY",
        batch=batch,
        kind=model.kind,
        retired=model.status in _GONE,
        cached_cost=None if whole is None or uncached is None else whole - uncached,
        output_cost=None if whole is None or silent is None else whole - silent,
    )


def _a_day(price: Price | None, load: Workload, share: Decimal, terms: Terms) -> Decimal | None:
    bill = cost(price, load, assume_cache=bool(terms.cache_share)) if price is not None else None
    return None if bill is None else bill.low * share / DAYS_A_MONTH


def _daily(load: Workload, count: int) -> Decimal:
    return load.a_month(count) / DAYS_A_MONTH


def _with(load: Workload, change: Callable[[Volume], Volume]) -> Workload:
    return replace(load, parts=tuple((cell, change(volume)) for cell, volume in load.parts))


def _silent(volume: Volume) -> Volume:
    return replace(volume, output=0, reasoning=0)


def _uncached(volume: Volume) -> Volume:
    return replace(volume, input=volume.input - volume.cached, cached=0)


def _in_currency(demand: Demand, currency: str, cny_per_usd: Decimal) -> Demand:
    if demand.currency == currency or demand.cost is None:
        return replace(demand, currency=currency)

    def changed(amount: Decimal | None) -> Decimal | None:
        return None if amount is None else convert(amount, demand.currency, currency, cny_per_usd)

    return replace(
        demand,
        currency=currency,
        cost=changed(demand.cost),
        cached_cost=changed(demand.cached_cost),
        output_cost=changed(demand.output_cost),
    )
