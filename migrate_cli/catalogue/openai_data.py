"""Turns the plain data of `openai.yaml`, `offers.yaml` and `fx.yaml` into frozen values.

The formats are in `schema/openai.json`, `schema/offers.json` and `schema/fx.json`.
Every function raises ValueError naming the entry and the field when the data is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from migrate_cli.catalogue.types import Fact, Offer, OpenAIModel, Price, Rate, Tier

Data = Mapping[str, Any]
STATUSES = ("active", "deprecated", "retired")
KINDS = (
    *("chat", "completion", "embedding", "moderation"),
    *("image", "speech", "transcription", "realtime", "video", "other"),
)
VERDICTS = ("active_official", "active_reported", "expired", "unverified", "rejected")
CONFIDENCE = ("low", "medium", "high")
# Report kinds that count as more than hearsay; every other kind has low confidence.
_REPORT_CONFIDENCE = {"provider": "high", "press": "medium"}
_STANDARD_RATES = ("input", "cached_input", "output")
_HALF = Decimal("0.5")


def parse_openai(data: Data) -> dict[str, OpenAIModel]:
    """OpenAI's models by id, prices in USD. Raises ValueError naming model and field."""
    sources = _need(data, "sources", "openai")
    currency, unit = _need(data, "currency", "openai"), _need(data, "unit", "openai")
    return {
        name: _model(name, entry, sources, currency, unit)
        for name, entry in _need(data, "models", "openai").items()
    }


def parse_offers(data: Data) -> tuple[Offer, ...]:
    """The offers and claims in file order. Raises ValueError naming offer and field."""
    return tuple(_offer(index, entry) for index, entry in enumerate(_need(data, "offers", "offers")))


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
        **rates,
    )


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


def _offer(index: int, data: Data) -> Offer:
    name = _need(data, "id", f"offers[{index}]")
    return Offer(
        id=name,
        provider=_need(data, "provider", name),
        provider_name=_need(data, "provider_name", name),
        title=_need(data, "title", name),
        amount=data.get("amount"),
        eligibility=data.get("eligibility"),
        starts=data.get("starts"),
        ends=data.get("ends"),
        verdict=_one_of(data, "verdict", VERDICTS, name),
        note=data.get("note"),
        reports=tuple(_report(item, name) for item in _need(data, "reports", name)),
        fact=Fact(
            _need(data, "as_of", name),
            _need(data, "source", name),
            _one_of(data, "confidence", CONFIDENCE, name),
        ),
    )


def _report(data: Data, name: str) -> Fact:
    where = f"{name}: reports"
    source, kind, says = (_need(data, key, where) for key in ("source", "kind", "says"))
    return Fact(data.get("date"), f"{source} ({kind}): {says}", _REPORT_CONFIDENCE.get(kind, "low"))


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


def _need(data: Data, key: str, where: str) -> Any:
    if key not in data:
        raise ValueError(f"{where}: {key} is missing")
    return data[key]


def _one_of(data: Data, key: str, allowed: tuple[str, ...], where: str) -> str:
    value = _need(data, key, where)
    if value not in allowed:
        raise ValueError(f"{where}: {key} must be one of {', '.join(allowed)}, not {value!r}")
    return str(value)


def _flag(data: Data, key: str, where: str) -> bool | None:
    value = _need(data, key, where)
    if value is not None and not isinstance(value, bool):
        raise ValueError(f"{where}: {key} must be true, false or null, not {value!r}")
    return value


def _number(data: Data, key: str, where: str) -> Decimal:
    value = _need(data, key, where)
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"{where}: {key} must be a number, not {value!r}") from error
    if not number.is_finite() or number < 0:
        raise ValueError(f"{where}: {key} must not be below 0, but is {value!r}")
    return number


def _optional(data: Data, key: str, where: str) -> Decimal | None:
    return None if data.get(key) is None else _number(data, key, where)
