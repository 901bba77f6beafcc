from __future__ import annotations

import copy
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import migrate_cli.catalogue.offers_data as offers_data
from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.offers_data import parse_offers
from migrate_cli.catalogue.source import read_yaml

HERE = Path(offers_data.__file__).parent
DATA = read_yaml(HERE / "offers.yaml")
SCHEMA = json.loads((HERE / "schema" / "offers.json").read_text(encoding="utf-8"))
OFFERS = {offer.id: offer for offer in parse_offers(DATA)}
TARGETS = {
    *("ernie", "sensenova", "glm", "baichuan", "hunyuan", "qwen", "deepseek", "kimi", "minimax", "doubao"),
    *("spark", "stepfun", "siliconflow", "zhinao", "local", "azure"),
}


def changed(**fields: Any) -> dict[str, Any]:
    """The file with other terms for its first offer, and with nothing else in it."""
    offer = copy.deepcopy(DATA["offers"][0])
    offer["terms"] |= fields
    return {**DATA, "offers": [offer]}


def granted(**fields: Any) -> dict[str, Any]:
    return changed(grants=[fields])


def test_the_file_matches_its_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(DATA, SCHEMA)


def test_all_offers_with_verdicts() -> None:
    verdicts = {name: offer.verdict for name, offer in OFFERS.items()}
    assert len(verdicts) == 27
    assert verdicts["tencent-2024-hunyuan"] == "expired"
    assert verdicts["baidu-developer-article"] == "rejected"


def test_the_official_ones_are_these_and_no_others() -> None:
    assert {name for name, offer in OFFERS.items() if offer.verdict == "active_official"} == {
        "alibaba-free-quota",
        "tencent-tokenhub-trial",
        "alibaba-batch-discount",
        "deepseek-off-peak",
        "deepseek-speech-launch",
        "sensetime-token-platform-beta",
        "spark-lite-free",
    }


def test_no_claim_of_2024_is_called_active() -> None:
    claims = [offer for offer in OFFERS.values() if (offer.starts or "").startswith("2024-06")]
    assert len(claims) == 8
    assert {offer.verdict for offer in claims} == {"unverified", "expired"}


def test_offers_belong_to_targets_or_to_nobody() -> None:
    owners = {offer.provider for offer in OFFERS.values()}
    assert owners - {None} <= TARGETS
    assert None in owners


def test_ids_are_used_once() -> None:
    assert len(OFFERS) == len(DATA["offers"])


def test_an_unpublished_amount_stays_unknown() -> None:
    assert OFFERS["01ai-2024-yi"].amount is None
    assert [grant.tokens for grant in OFFERS["doubao-free-inference"].terms.grants] == [None]
    assert OFFERS["kimi-top-up-bonus"].terms.grants[0].money is None


def test_each_report_keeps_its_source_and_what_it_says() -> None:
    assert [(r.as_of, r.source, r.confidence) for r in OFFERS["baichuan-2024"].reports] == [
        ("2024-07", "mspoweruser.com (press): 10M tokens", "medium")
    ]


def test_both_halves_of_an_offer_are_kept() -> None:
    zhipu, baidu = OFFERS["zhipu-2024-migration"].terms, OFFERS["baidu-2024-inclusive"].terms
    assert [(g.tokens, g.scope.models) for g in zhipu.grants[:2]] == [
        (50_000_000, ("glm-4",)),
        (100_000_000, ("glm-4-air",)),
    ]
    assert [grant.kind for grant in baidu.grants] == [
        "one_off_tokens",
        "matched_to_openai_usage",
        "help_service",
    ]


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("tencent-2024-hunyuan", 100_000_000),
        ("alibaba-2024-bailian", 22_000_000),
        ("sensetime-2024", 50_000_000),
        ("baichuan-2024", 10_000_000),
        ("zai-signup", 20_000_000),
        ("deepseek-signup", 5_000_000),
        ("tencent-tokenhub-trial", 1_000_000),
    ],
)
def test_amounts_as_published(name: str, tokens: int) -> None:
    assert OFFERS[name].terms.grants[0].tokens == tokens


def test_alibabas_quota_as_published() -> None:
    terms = OFFERS["alibaba-free-quota"].terms
    assert (terms.days, terms.days_at_most, terms.claim_until, terms.shared_by) == (30, 180, None, "account")
    assert terms.grants[0].per_model
    assert terms.grants[0].scope.excludes == ("batch", "context_cache")


def test_tencents_quota_has_two_clocks() -> None:
    terms = OFFERS["tencent-tokenhub-trial"].terms
    assert (terms.claim_until, terms.days) == (date(2026, 12, 31), 365)
    assert [need.word for need in terms.needs] == ["new_account"]


def test_what_the_prices_hold_already_is_marked() -> None:
    marked = {offer.id for offer in OFFERS.values() if any(grant.priced_in for grant in offer.terms.grants)}
    assert {"deepseek-off-peak", "alibaba-batch-discount", "spark-lite-free"} <= marked
    assert "deepseek-speech-launch" not in marked


def test_models_of_official_offers_are_known_to_the_catalogue() -> None:
    catalogue = open_catalogue()
    named = [
        (offer.provider, model)
        for offer in OFFERS.values()
        if offer.verdict == "active_official"
        for grant in offer.terms.grants
        for model in grant.scope.models
    ]
    assert named == [("spark", "lite")]
    assert "lite" in catalogue.provider("spark").models


def test_every_condition_has_a_question_and_is_asked_for() -> None:
    asked = {need.word for offer in OFFERS.values() for need in offer.terms.needs}
    assert asked == set(DATA["conditions"])
    assert all(question.endswith("?") for question in DATA["conditions"].values())


def test_a_bad_verdict_is_named() -> None:
    data = copy.deepcopy(DATA)
    data["offers"][0]["verdict"] = "great"
    with pytest.raises(ValueError, match="zhipu-2024-migration: verdict must be one of"):
        parse_offers(data)


TOKENS = {"tokens": 1}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (granted(kind="subscription"), "grants: kind must be one of"),
        (granted(kind="one_off_tokens", amount=TOKENS), "tokens are either per_model or of a pool"),
        (
            granted(kind="one_off_tokens", amount=TOKENS, per_model=True, pool="p"),
            "either per_model or of a pool",
        ),
        (granted(kind="one_off_tokens", amount={"money": 5}), "unknown field 'money'"),
        (granted(kind="voucher_money", amount={"money": 5}), "currency is missing"),
        (granted(kind="free_model", amount=TOKENS), "amount of free_model: unknown field 'tokens'"),
        (granted(kind="discount", amount={"percent": 120}), "percent must not be above 100"),
        (
            granted(kind="discount", scope={"excludes": ["vision"]}),
            "excludes must be of batch, context_cache",
        ),
        (granted(kind="discount", scope={"models": "glm-4"}), "models must be a list of texts"),
        (granted(kind="free_model", limits={"requests_per_minute": 0}), "must be a whole number above 0"),
        (changed(needs=["rich"]), "terms: needs must be of new_account"),
        (changed(claim_until="2026-13-01"), "claim_until must be a day such as 2026-12-31"),
        (changed(expires={"months": 3}), "expires: unknown field 'months'"),
        (changed(expires={"period_end": "year"}), "period_end must be one of day, week, month"),
        (changed(begins="soon"), "begins must be one of"),
    ],
)
def test_bad_terms_name_the_offer_and_the_field(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message) as error:
        parse_offers(data)
    assert "zhipu-2024-migration" in str(error.value)


@pytest.mark.parametrize(
    "data",
    [
        granted(kind="subscription"),
        granted(kind="one_off_tokens", amount=TOKENS),
        granted(kind="one_off_tokens", amount={"money": 5, "currency": "CNY"}),
        granted(kind="voucher_money", amount={"money": 5}),
        granted(kind="help_service", amount=TOKENS),
        changed(expires={"date": "2026-12-31", "days_after_start": 3}),
        changed(begins_on="2026-12-31"),
        changed(grants=[]),
    ],
)
def test_the_schema_refuses_what_makes_no_sense(data: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


def test_offers_without_terms_are_refused() -> None:
    data = copy.deepcopy(DATA)
    del data["offers"][3]["terms"]
    with pytest.raises(ValueError, match="alibaba-2024-bailian: terms is missing"):
        parse_offers(data)


def test_money_is_read_exactly() -> None:
    data = granted(kind="voucher_money", amount={"money": 0.1, "currency": "USD"})
    assert parse_offers(data)[0].terms.grants[0].money == Decimal("0.1")
