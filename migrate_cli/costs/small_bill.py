"""What a handful of requests costs at list prices, before they are sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from migrate_cli.catalogue.types import Provider
from migrate_cli.costs.moves import list_price
from migrate_cli.costs.pricing import cost
from migrate_cli.costs.workload import alike


@dataclass(frozen=True, slots=True)
class SmallBill:
    """The most that the requests cost, by currency; the models in `unpriced` are not part of it."""

    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    unpriced: tuple[str, ...] = ()


def small_bill(
    provider: Provider, site: str | None, requests: Iterable[tuple[str | None, int, int]]
) -> SmallBill:
    """The bill for `requests`, each a model, its input and its most output tokens; those without a model are free."""
    amounts: dict[str, Decimal] = {}
    unpriced: dict[str, None] = {}
    for name, sent, got in requests:
        if name is None:
            continue
        model = provider.model(name)
        price = list_price(provider, model, site)[0] if model is not None else None
        bill = cost(price, alike(name, 1, sent, 0, got), assume_cache=False) if price is not None else None
        if bill is None:
            unpriced[name] = None
        else:
            amounts[bill.currency] = amounts.get(bill.currency, Decimal(0)) + bill.high
    return SmallBill(amounts, tuple(unpriced))
