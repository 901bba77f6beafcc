"""Open price data: told by content, base rates only, regions apart."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate_cli.costs.agreement.regions import PLACES
from migrate_cli.costs.agreement.rows import Dataset, Row, read_dataset
from migrate_cli.model import UserError

TODAY = date(2026, 11, 22)
RATES = {"input": Decimal("0.8"), "cached_input": Decimal("0.2"), "output": Decimal(3)}


def read(content: Any) -> Dataset:
    return read_dataset(json.dumps(content).encode(), "prices.json", TODAY)


def litellm(owner: str = "zai", name: str = "zai/glm-5.3", **fields: Any) -> dict[str, Any]:
    prices = {
        "input_cost_per_token": 8e-7,
        "cache_read_input_token_cost": 2e-7,
        "output_cost_per_token": 3e-6,
    }
    return {name: {"litellm_provider": owner, **prices, **fields}}


def genai(prices: Any, owner: str = "zhipuai") -> list[Any]:
    return [{"id": owner, "models": [{"id": "GLM-5.3", "prices": prices}]}]


GENAI = {"input_mtok": 0.8, "cache_read_mtok": 0.2, "output_mtok": 3}
MODELS_DEV = {"zai": {"models": {"glm-5.3": {"cost": {"input": 0.8, "cache_read": 0.2, "output": 3}}}}}


@pytest.mark.parametrize(
    ("content", "dataset", "row"),
    [
        (litellm(), "litellm", Row("glm", "international", "glm-5.3", RATES)),
        (genai(GENAI), "genai-prices", Row("glm", "china", "GLM-5.3", RATES)),
        ({"units": {}, "providers": genai(GENAI)}, "genai-prices", Row("glm", "china", "GLM-5.3", RATES)),
        (MODELS_DEV, "models.dev", Row("glm", "international", "glm-5.3", RATES)),
        ({"providers": MODELS_DEV}, "models.dev", Row("glm", "international", "glm-5.3", RATES)),
    ],
)
def test_a_data_set_is_told_by_its_content(content: Any, dataset: str, row: Row) -> None:
    assert read(content) == Dataset(dataset, (row,), 0)


def test_rates_are_read_exactly() -> None:
    (row,) = read(litellm(input_cost_per_token=1.1e-6)).rows
    assert row.rates["input"] == Decimal("1.1")


def test_a_row_written_twice_counts_once() -> None:
    assert len(read(litellm() | litellm(name="glm-5.3")).rows) == 1


def test_off_peak_rates_are_the_base() -> None:
    off_peak = {"input_cost_per_token": 4e-7, "output_cost_per_token": 1.5e-6}
    (row,) = read(litellm(off_peak_pricing=off_peak)).rows
    assert row.rates == {"input": Decimal("0.4"), "cached_input": None, "output": Decimal("1.5")}


def test_the_lowest_tier_is_the_base() -> None:
    tiers = [
        {"range": [0, 1000], "input_cost_per_token": 1e-6},
        {"range": [1000, 2000], "input_cost_per_token": 2e-6},
    ]
    (row,) = read({"dashscope/q": {"litellm_provider": "dashscope", "tiered_pricing": tiers}}).rows
    assert row.rates["input"] == 1


def test_tiers_of_genai_prices_have_a_base() -> None:
    (row,) = read(genai({"input_mtok": {"base": 0.8, "tiers": [{"start": 512000, "price": 1.6}]}})).rows
    assert row.rates["input"] == Decimal("0.8")


def test_the_price_of_the_day_is_taken() -> None:
    dated = [
        {"prices": {"input_mtok": 1}},
        {"constraint": {"start_date": "2026-11-01"}, "prices": {"input_mtok": 2}},
        {"constraint": {"start_date": "2026-12-01"}, "prices": {"input_mtok": 3}},
        {"constraint": {"start_time": "01:00:00+00:00"}, "prices": {"input_mtok": 4}},
    ]
    (row,) = read(genai(dated)).rows
    assert row.rates["input"] == 2


@pytest.mark.parametrize("rate", [0, -1, None, "0.8", True, [1]])
def test_what_is_no_rate_says_nothing(rate: Any) -> None:
    (row,) = read(genai({"input_mtok": rate})).rows
    assert row.rates["input"] is None


@pytest.mark.parametrize(
    "content",
    [litellm("openrouter"), litellm("qwencloud"), genai(GENAI, "openrouter"), {"302ai": MODELS_DEV["zai"]}],
)
def test_resellers_and_unclear_regions_are_left_out(content: Any) -> None:
    assert read(content).rows == ()
    assert read(content).others == 1


@pytest.mark.parametrize(
    "content",
    [{}, [], {"gpt-4o": {"price": 1}}, [{"id": "x"}], "text", 7, None, {"a": None}, {"providers": 7}],
)
def test_anything_else_is_refused(content: Any) -> None:
    with pytest.raises(UserError, match=r"prices\.json is none of the price data sets"):
        read(content)


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b"\xff"])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(UserError, match="not valid JSON"):
        read_dataset(data, "prices.json", TODAY)


def test_an_odd_form_is_told() -> None:
    with pytest.raises(UserError, match=r"looks like models\.dev, and has a form that is not known"):
        read(MODELS_DEV | {"stepfun": {"models": ["step-5"]}})


NAMES = st.sampled_from(
    ["id", "models", "prices", "providers", "cost", "litellm_provider", "zai", "constraint"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | NAMES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_read_or_refused(content: Any) -> None:
    with contextlib.suppress(UserError):
        assert read(content).name in PLACES


def test_no_two_regions_share_a_list_within_a_data_set() -> None:
    sites = [place for places in PLACES.values() for place in places.values()]
    assert {site for _, site in sites} == {None, "china", "international"}
