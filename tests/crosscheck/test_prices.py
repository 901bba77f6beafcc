"""Our arithmetic and OpenAI's prices against genai-prices, an independent library with data of its own."""

from __future__ import annotations

from datetime import datetime, timezone
from decimal import Decimal

import pytest
from genai_prices import Usage, calc_price

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.costs.pricing import cost
from migrate_cli.costs.workload import alike

pytestmark = pytest.mark.crosscheck

AT = datetime(2026, 11, 20, 14, tzinfo=timezone.utc)
CATALOGUE = open_catalogue()
REQUEST = alike("one request", 1, 1_200, 400, 350)
# They know no rate for the cache of these; other sources do, or have one half of it.
SETTLED = {"gpt-4o-search-preview", "ft:gpt-4o-2024-08-06", "ft:gpt-4o-mini-2024-07-18"}
CHATS = [
    name
    for name, model in CATALOGUE.openai_models().items()
    if model.kind in ("chat", "completion") and model.price
]


def theirs(model: str) -> Decimal | None:
    """What the library says that one request costs, None for a model that it does not know."""
    usage = Usage(input_tokens=1_200, cache_read_tokens=400, output_tokens=350)
    try:
        found = calc_price(usage, model, provider_id="openai", genai_request_timestamp=AT)
    except LookupError:
        return None
    return Decimal(found.total_price)


def ours(model: str) -> Decimal | None:
    """What we say, None where we have no price."""
    price = CATALOGUE.openai_models()[model].price
    assert price is not None
    bill = cost(price, REQUEST, assume_cache=True)
    return bill.low if bill is not None else None


def test_one_request_costs_the_same_on_the_models_that_both_know() -> None:
    pairs = {name: (ours(name), theirs(name)) for name in CHATS}
    shared = {name: pair for name, pair in pairs.items() if None not in pair}
    assert len(shared) >= 85
    assert {name for name, (mine, other) in shared.items() if mine != other} == SETTLED
