"""Hand-made prices and providers, so that a change of the catalogue does not change what these tests say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from migrate_cli.catalogue.types import (
    Fact,
    Offer,
    OpenAIModel,
    Price,
    Provider,
    Replacement,
    Sdk,
    SiteAddress,
    TargetModel,
    Tier,
)

FACT = Fact("2026-10-27", "the provider's price page", "high")


def amount(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def price(rates: str, **fields: Any) -> Price:
    """A price from "input cached output", `-` for unknown."""
    rate = [amount(None if part == "-" else part) for part in rates.split()]
    values: dict[str, Any] = {
        "currency": "CNY",
        "unit": "1M_tokens",
        "tiers": (),
        "tier_mode": None,
        "peak_input": None,
        "peak_cached_input": None,
        "peak_output": None,
        "peak_hours": None,
        "batch_discount": None,
        "site": "china",
        "reason": None,
        "note": None,
        "fact": FACT,
    }
    return Price(input=rate[0], cached_input=rate[1], output=rate[2], **(values | fields))


def tier(limit: int, rates: str) -> Tier:
    rate = [amount(None if part == "-" else part) for part in rates.split()]
    return Tier(limit, rate[0], rate[1], rate[2])


def target(name: str, *prices: Price, **fields: Any) -> TargetModel:
    values: dict[str, Any] = {
        "kind": "chat",
        "status": "current",
        "aliases": (),
        "context": None,
        "max_output": None,
        "modalities": (),
        "thinking": None,
        "embedding": None,
        "replaces": (),
        "why": None,
        "retired_on": None,
        "note": None,
        "fact": FACT,
    }
    return TargetModel(id=name, prices=prices, **(values | fields))


def provider(
    name: str, models: list[TargetModel], moves: dict[str, str | None], sites: tuple[str, ...] = ("china",)
) -> Provider:
    return Provider(
        id=name,
        name=name.upper(),
        chinese_name=None,
        aliases=(),
        status="open",
        status_note="Open to everybody.",
        hosts=(),
        sites=tuple(SiteAddress(s, f"https://{s}.example/v1", None, None, None, FACT) for s in sites),
        key_variable=None,
        key_variable_fact=FACT,
        other_variables=(),
        endpoints={},
        parameters=(),
        models={model.id: model for model in models},
        replacements={old: Replacement(old, new, f"note on {old}", FACT) for old, new in moves.items()},
        errors=(),
        sdk=Sdk(None, None, None, False, None, FACT),
    )


def openai_model(**fields: Any) -> OpenAIModel:
    values: dict[str, Any] = {
        "id": "gpt-x",
        "kind": "chat",
        "status": "active",
        "shutdown": None,
        "shutdown_source": None,
        "replacement": None,
        "replacement_as_of": None,
        "price": None,
        "reasoning": None,
        "vision": None,
        "like": None,
        "note": None,
        "fact": FACT,
    }
    return OpenAIModel(**(values | fields))


def offer(**fields: Any) -> Offer:
    values: dict[str, Any] = {
        "id": "an-offer",
        "provider": "glm",
        "provider_name": "Zhipu AI",
        "title": "Tokens",
        "amount": None,
        "eligibility": None,
        "starts": None,
        "ends": None,
        "verdict": "active_official",
        "note": None,
        "fact": FACT,
    }
    return Offer(**(values | fields))
