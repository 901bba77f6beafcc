"""What a few requests cost: priced in the provider's currency, and what has no price is named."""

from __future__ import annotations

from decimal import Decimal

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.costs.small_bill import SmallBill, small_bill

CATALOGUE = open_catalogue(observed=False)
GLM = CATALOGUE.provider("glm")


def test_requests_add_up_at_the_price_of_the_site() -> None:
    asked = [("glm-5.3-flash", 1_000_000, 0), ("glm-5.3-flash", 0, 1_000_000)]
    assert small_bill(GLM, "china", asked) == SmallBill({"CNY": Decimal("3.6")})
    assert small_bill(GLM, "international", asked) == SmallBill({"USD": Decimal("0.65")})


def test_the_higher_rate_counts() -> None:
    deepseek = CATALOGUE.provider("deepseek")
    price = deepseek.models["deepseek-flash"].prices[0]
    assert price.peak_input is not None
    assert small_bill(deepseek, "china", [("deepseek-flash", 1_000_000, 0)]).amounts == {
        "CNY": price.peak_input
    }


def test_what_has_no_price_is_named_once_and_never_0() -> None:
    asked = [("glm-image", 10, 10), ("no-such-model", 1, 1), ("no-such-model", 1, 1)]
    assert small_bill(GLM, "china", asked) == SmallBill({}, ("glm-image", "no-such-model"))


def test_a_request_without_a_model_costs_nothing() -> None:
    assert small_bill(GLM, "china", [(None, 100, 100)]) == SmallBill()
