from __future__ import annotations

import copy
import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

import migrate_cli.catalogue.openai_data as openai_data
from migrate_cli.catalogue.openai_data import parse_openai, parse_rate
from migrate_cli.catalogue.source import read_yaml

HERE = Path(openai_data.__file__).parent
OPENAI = read_yaml(HERE / "openai.yaml")
FX = read_yaml(HERE / "fx.yaml")
MODELS = parse_openai(OPENAI)


@pytest.mark.parametrize(("name", "data"), [("openai", OPENAI), ("fx", FX)])
def test_files_match_their_schema(name: str, data: object) -> None:
    schema = json.loads((HERE / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)


def test_all_models_are_there_with_their_states() -> None:
    states = [model.status for model in MODELS.values()]
    assert (len(states), states.count("retired"), states.count("deprecated")) == (134, 62, 39)


def test_every_model_has_date_source_and_confidence() -> None:
    assert all(m.fact.as_of and m.fact.source and m.fact.confidence for m in MODELS.values())


def test_gpt_4o_as_published() -> None:
    model = MODELS["gpt-4o"]
    assert model.price is not None
    assert (model.price.input, model.price.cached_input, model.price.output) == (
        Decimal("2.5"),
        Decimal("1.25"),
        Decimal("10"),
    )
    assert (model.shutdown, model.replacement, model.replacement_as_of) == (
        "2027-01-14",
        "gpt-6-luna",
        "2026-10-28",
    )
    assert (model.reasoning, model.vision, model.like) == (False, True, "gpt-4o")


def test_a_replacement_is_an_id_and_its_condition_a_note() -> None:
    assert MODELS["o3-pro"].replacement == "gpt-5.6-sol"
    assert "pro reasoning" in (MODELS["o3-pro"].replacement_note or "")


def test_unknown_rates_stay_unknown() -> None:
    embedding, newest = MODELS["text-embedding-3-small"].price, MODELS["gpt-6.2-astra"].price
    assert embedding is not None and embedding.output is None
    assert newest is not None and newest.cached_input is None


def test_unknown_flags_stay_unknown() -> None:
    assert MODELS["gpt-6-luna"].reasoning is None
    assert MODELS["gpt-6-luna"].vision is None


def test_a_model_without_shutdown_date_has_none() -> None:
    assert MODELS["gpt-5.2"].shutdown is None
    assert MODELS["gpt-5.2"].shutdown_source is None


def test_incomparable_models_have_no_anchor() -> None:
    names = ("omni-moderation-latest", "gpt-realtime", "davinci-002", "gpt-5-search-api", "ft:gpt-3.5-turbo")
    assert [MODELS[name].like for name in names] == [None] * 5


def test_anchors_are_models_and_stand_for_themselves() -> None:
    anchors = {model.like for model in MODELS.values()} - {None}
    assert all(MODELS[anchor].like == anchor for anchor in anchors if anchor)


def test_prices_per_unit_do_not_pose_as_token_prices() -> None:
    units = {
        name: price.unit for name, m in MODELS.items() if (price := m.price) and price.unit != "1M_tokens"
    }
    assert units["whisper-1"] == "minute"
    assert units["tts-1"] == "1M_characters"
    assert units["dall-e-3"] == "image"
    assert len(units) == 10


def test_a_price_per_picture_depends_on_the_size_so_there_is_no_single_one() -> None:
    price = MODELS["dall-e-3"].price
    assert price is not None and price.input is None and price.output is None
    assert "hd 1024x1792 0.12" in (price.note or "")


def test_only_moderation_is_free_and_says_why() -> None:
    free = {name: m.price.reason for name, m in MODELS.items() if m.price and m.price.input == 0}
    assert set(free) == {"omni-moderation-latest", "text-moderation-latest"}
    assert all(free.values())


def test_long_context_tiers_follow_the_rule() -> None:
    rule = OPENAI["rules"]["long_context"]
    tiered = [(name, m.price, m.price.tiers[0]) for name, m in MODELS.items() if m.price and m.price.tiers]
    assert len(tiered) == 14
    for _, price, tier in tiered:
        assert tier.above_input_tokens == rule["above_input_tokens"]
        assert price.tier_mode == "whole_request"
        assert tier.input == price.input * rule["input_factor"]
        assert tier.output == price.output * Decimal(str(rule["output_factor"]))


def test_cache_writes_follow_the_rule() -> None:
    factor = Decimal(str(OPENAI["rules"]["cache_write"]["factor"]))
    prices = [m["price"] for m in OPENAI["models"].values() if "cache_write" in m["price"]]
    assert len(prices) == 10
    assert all(Decimal(str(p["cache_write"])) == Decimal(str(p["input"])) * factor for p in prices)


def test_batch_is_half_and_irregular_ones_are_not_called_so() -> None:
    irregular = {
        name
        for name, entry in OPENAI["models"].items()
        if "batch" in entry and MODELS[name].price.batch_discount is None
    }
    assert irregular == {"ft:gpt-4o-2024-08-06", "ft:babbage-002"}


def test_models_without_a_batch_rate_get_no_discount() -> None:
    price = MODELS["gpt-5-chat-latest"].price
    assert price is not None and price.batch_discount is None


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("status", "gone", "gpt-4o: status must be one of"),
        ("kind", "talk", "gpt-4o: kind must be one of"),
        ("confidence", None, "gpt-4o: confidence must be one of"),
        ("vision", 1, "gpt-4o: vision must be true, false or null"),
        ("sources", ["nobody"], "gpt-4o: sources: 'nobody' is not in sources"),
        ("price", {"input": "cheap"}, "gpt-4o: price: input must be a number"),
        ("price", {"input": -1}, "gpt-4o: price: input must not be below 0"),
        ("price", {"input": 0, "output": 0}, "gpt-4o: price: a price of 0 needs a reason"),
        (
            "tiers",
            [{"above_input_tokens": "many"}],
            "gpt-4o: tiers: above_input_tokens must be a whole number",
        ),
        ("replacement", {"model": "gpt-6-luna"}, "gpt-4o: replacement: source is missing"),
    ],
)
def test_bad_data_names_entry_and_field(field: str, value: object, message: str) -> None:
    data = copy.deepcopy(OPENAI)
    data["models"]["gpt-4o"][field] = value
    with pytest.raises(ValueError, match=message):
        parse_openai(data)


def test_a_missing_field_is_named() -> None:
    data = copy.deepcopy(OPENAI)
    del data["models"]["o3"]["like"]
    with pytest.raises(ValueError, match="o3: like is missing"):
        parse_openai(data)


def test_the_rate_is_the_published_one() -> None:
    rate = parse_rate(FX)
    assert (rate.cny_per_usd, rate.low, rate.high) == (
        Decimal("6.6529"),
        Decimal("6.6529"),
        Decimal("7.1271"),
    )
    assert rate.fact.as_of == "2026-10-30"


@pytest.mark.parametrize("value", [0, 8, 1])
def test_a_rate_outside_its_band_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="fx: cny_per_usd must lie between low and high"):
        parse_rate({**FX, "cny_per_usd": value})
