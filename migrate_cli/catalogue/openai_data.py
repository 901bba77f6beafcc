"""Turns the plain data of `openai.yaml` and `fx.yaml` into frozen values.

The formats are in `schema/openai.json` and `schema/fx.json`.
Every function raises ValueError naming the entry and the field when the data is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from migrate_cli.catalogue.fields import need as _need
from migrate_cli.catalogue.fields import number as _number
from migrate_cli.catalogue.fields import one_of as _one_of
from migrate_cli.catalogue.fields import optional as _optional
from migrate_cli.catalogue.types import Fact, OpenAIModel, Price, Rate, Rates, Tier

Data = Mapping[str, Any]
STATUSES = ("active", "deprecated", "retired")
KINDS = (
    *("chat", "completion", "embedding", "moderation"),
    *("image", "speech", "transcription", "realtime", "video", "other"),
)
CONFIDENCE = ("low", "medium", "high")
_STANDARD_RATES = ("input", "cached_input", "output")
_SERVICES = ("batch", "flex", "priority")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_HALF = Decimal("0.5")


def parse_openai(data: Data) -> dict[str, OpenAIModel]:
    """OpenAI's models by id, prices in USD. Raises ValueError naming model and field."""
    sources = _need(data, "sources", "openai")
    currency, unit = _need(data, "currency", "openai"), _need(data, "unit", "openai")
    return {
        name: _model(name, entry, sources, currency, unit)
        for name, entry in _need(data, "models", "openai").items()
    }


def parse_rate(data: Data) -> Rate:
    """Yuan per dollar with last year's band. Raises ValueError naming the field."""
    rate = Rate(
        cny_per_usd=_number(data, "cny_per_usd", "fx"),
        low=_number(data, "low", "fx"),
        high=_number(data, "high", "fx"),
        fact=Fact(_need(data, "as_of", "fx"), _need(data, "source", "fx"), _need(data, "confidence", "fx")),
    )
    if not 0 < rate.low <= rate.cny_per_usd <= rate.high:
        raise ValueError("fx: cny_per_usd must lie between low and high, all above 0")
    return rate


def _model(name: str, data: Data, sources: Data, currency: str, unit: str) -> OpenAIModel:
    shutdown = data.get("shutdown") or {}
    advice = data.get("replacement") or {}
    fact = Fact(
        as_of=_need(data, "as_of", name),
        source=_sources(_need(data, "sources", name), sources, f"{name}: sources"),
        confidence=_one_of(data, "confidence", CONFIDENCE, name),
    )
    advisers = [_need(advice, "source", f"{name}: replacement")] if advice else []
    return OpenAIModel(
        id=name,
        kind=_one_of(data, "kind", KINDS, name),
        status=_one_of(data, "status", STATUSES, name),
        shutdown=shutdown.get("date"),
        shutdown_source=_sources(shutdown["sources"], sources, f"{name}: shutdown") if shutdown else None,
        replacement=advice.get("model"),
        replacement_as_of=_date_of(advisers, sources, f"{name}: replacement"),
        replacement_source=_sources(advisers, sources, f"{name}: replacement") or None,
        replacement_note=advice.get("note"),
        price=_price(data, name, currency, unit, fact),
        reasoning=_flag(data, "reasoning", name),
        vision=_flag(data, "vision", name),
        like=_need(data, "like", name),
        note=data.get("note"),
        fact=fact,
    )


def _price(data: Data, name: str, currency: str, unit: str, fact: Fact) -> Price | None:
    price = data.get("price")
    if price is None:
        return None
    rates = {key: _optional(price, key, f"{name}: price") for key in _STANDARD_RATES}
    if any(value == 0 for value in rates.values()) and not price.get("reason"):
        raise ValueError(f"{name}: price: a price of 0 needs a reason")
    return Price(
        currency=currency,
        unit=price.get("unit", unit),
        input=rates["input"],
        cached_input=rates["cached_input"],
        output=rates["output"],
        tiers=tuple(_tier(tier, name) for tier in data.get("tiers", ())),
        tier_mode=data.get("tier_mode"),
        peak_input=None,
        peak_cached_input=None,
        peak_output=None,
        peak_hours=None,
        batch_discount=_batch_discount(data, rates, name),
        site=None,
        reason=price.get("reason"),
        note=_price_note(data),
        fact=fact,
        cache_write=_optional(price, "cache_write", f"{name}: price"),
        services={way: _all_rates(data[way], f"{name}: {way}") for way in _SERVICES if way in data},
        history=tuple(
            (item["until"], _all_rates(item, f"{name}: history"))
            for item in data.get("history", ())
            if _ISO.fullmatch(str(item.get("until")))
        ),
    )


def _all_rates(data: Data, where: str) -> Rates:
    return Rates(**{key: _optional(data, key, where) for key in (*_STANDARD_RATES, "cache_write")})


def _tier(data: Data, name: str) -> Tier:
    limit = _need(data, "above_input_tokens", f"{name}: tiers")
    if not isinstance(limit, int) or limit < 0:
        raise ValueError(f"{name}: tiers: above_input_tokens must be a whole number, not {limit!r}")
    return Tier(limit, **{key: _optional(data, key, f"{name}: tiers") for key in _STANDARD_RATES})


def _batch_discount(data: Data, rates: Mapping[str, Decimal | None], name: str) -> Decimal | None:
    """One half where each batch rate is half the standard one; None where it is not, or there is none."""
    batch = data.get("batch")
    if batch is None:
        return None
    pairs = [
        (_optional(batch, key, f"{name}: batch"), rates[key] or Decimal(0)) for key in ("input", "output")
    ]
    regular = all(value == standard * _HALF for value, standard in pairs if value is not None)
    return _HALF if regular else None


def _price_note(data: Data) -> str | None:
    """Rates that a workload in text tokens cannot use, in words."""
    price = data["price"]
    others = {k: v for k, v in price.items() if k not in (*_STANDARD_RATES, "unit", "reason", "variants")}
    parts = [
        _rates("also", others),
        _rates("each", price.get("variants")),
        _rates("batch", data.get("batch")),
    ]
    parts.append(_rates("priority", data.get("priority")))
    parts += [_rates(f"until {item['until']}", item) for item in data.get("history", ())]
    return "; ".join(part for part in parts if part) or None


def _rates(label: str, rates: Data | None) -> str:
    numbers = [(key, value) for key, value in (rates or {}).items() if isinstance(value, (int, float))]
    return f"{label}: " + ", ".join(f"{k.replace('_', ' ')} {v}" for k, v in numbers) if numbers else ""


def _sources(keys: Iterable[str], sources: Data, where: str) -> str:
    return "; ".join(_need(_source(key, sources, where), "text", where) for key in keys)


def _date_of(keys: Iterable[str], sources: Data, where: str) -> str | None:
    dates = [_source(key, sources, where).get("as_of") for key in keys]
    return " | ".join(str(date) for date in dates if date is not None) or None


def _source(key: Any, sources: Data, where: str) -> Data:
    if key not in sources:
        raise ValueError(f"{where}: {key!r} is not in sources")
    entry: Data = sources[key]
    return entry


def _flag(data: Data, key: str, where: str) -> bool | None:
    value = _need(data, key, where)
    if value is not None and not isinstance(value, bool):
        raise ValueError(f"{where}: {key} must be true, false or null, not {value!r}")
    return value
