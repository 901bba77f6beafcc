"""Usage that no sum of a report holds, so that every sum is at least what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from migrate_cli.costs.lines import Unpriced
from migrate_cli.costs.traffic import Traffic

_WHERE = "usage"


def outside(traffic: Traffic | None, is_model: Callable[[str], bool]) -> Iterator[Unpriced]:
    """What was read and has no price here: images, seconds, tokens of no model, lines that could not be read.

    Then the models that a bill names and no usage counts: nothing tells what they would cost elsewhere. `is_model`
    tells a model from another item of a bill.
    """
    if traffic is None:
        return
    for item in traffic.beyond:
        quantity = item.quantity.quantize(Decimal(1), rounding=ROUND_HALF_UP)
        yield Unpriced(_WHERE, item.model, f"{quantity:,} {item.unit} a month: not billed by text tokens")
    for left in traffic.left:
        if left.lost:
            tokens = f", {left.tokens:,} tokens" if left.tokens else ""
            yield Unpriced(_WHERE, "not known", f"{left.source}: {left.why} ({left.times:,} times{tokens})")
    counted = traffic.models.keys() | {item.model for item in traffic.beyond}
    billed = {bill.model for bill in traffic.bills if bill.model is not None} if traffic.models else set()
    for name in filter(is_model, sorted(billed - counted)):
        yield Unpriced("bill", name, "a bill names it, and no usage of it was read")
