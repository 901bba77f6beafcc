"""Hand-made offers and demands in round numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from migrate_cli.catalogue.offer_terms import Condition, Grant, OfferTerms, Scope
from migrate_cli.catalogue.types import Offer
from migrate_cli.costs.incentives.demand import Demand
from migrate_cli.costs.incentives.evaluate import evaluate
from migrate_cli.costs.incentives.results import Incentives, OfferResult, Value
from tests.costs import facts

TODAY = date(2026, 11, 21)
NEW = Condition("new_account", "Is it new?")
COMPANY = Condition("enterprise", "Is it a company?")


def demand(model: str = "m", tokens: int = 1_000, cost: str | None = "10", **fields: Any) -> Demand:
    """A model with so many tokens a day, all input, at so many yuan a day."""
    values: dict[str, Any] = {
        "input": Decimal(tokens),
        "cached": Decimal(0),
        "output": Decimal(0),
        "currency": "CNY",
    }
    price = None if cost is None else Decimal(cost)
    return Demand(model=model, **(values | {"cost": price} | fields))


def tokens(count: int, *models: str, **fields: Any) -> Grant:
    """Tokens for each of the models, or for each model at all."""
    values: dict[str, Any] = {"kind": "one_off_tokens", "per_model": True, "scope": Scope(models=models)}
    return Grant(tokens=count, **(values | fields))


def pool(count: int, *models: str, name: str = "p") -> Grant:
    return tokens(count, *models, per_model=False, pool=name)


def voucher(money: str, currency: str = "CNY") -> Grant:
    return Grant(kind="voucher_money", money=Decimal(money), currency=currency)


def discount(percent: str, **scope: Any) -> Grant:
    return Grant(kind="discount", percent=Decimal(percent), scope=Scope(**scope))


def renewing(count: int) -> Grant:
    return tokens(count, kind="recurring_tokens")


def free(model: str, requests: int | None, per_minute: int | None = None) -> Grant:
    scope = Scope(models=(model,))
    return Grant(kind="free_model", scope=scope, requests_per_minute=requests, tokens_per_minute=per_minute)


def offer(*grants: Grant, **fields: Any) -> Offer:
    """An official offer; fields of its terms and of itself may be mixed."""
    known = OfferTerms.__dataclass_fields__
    terms = {name: value for name, value in fields.items() if name in known}
    own = {name: value for name, value in fields.items() if name not in known}
    return facts.offer(terms=OfferTerms(grants=grants, **terms), **own)


def weigh(*offers: Offer, demands: tuple[Demand, ...] = (demand(),), **fields: Any) -> Incentives:
    values: dict[str, Any] = {"as_of": TODAY, "start": TODAY, "answers": {}, "site": "china"}
    return evaluate(offers, demands, **(values | fields))


def one(*grants: Grant, demands: tuple[Demand, ...] = (demand(),), **fields: Any) -> OfferResult:
    """The result of a single offer."""
    own = {name: fields.pop(name) for name in ("as_of", "start", "answers", "site") if name in fields}
    return weigh(offer(*grants, **fields), demands=demands, **own).offers[0]


def worth(result: OfferResult) -> Value:
    """The value of an offer that counts."""
    assert result.value is not None, result.why_not
    return result.value


def cut(value: Decimal | None, places: str = "0.01") -> Decimal | None:
    return None if value is None else value.quantize(Decimal(places))
