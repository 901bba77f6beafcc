"""Open price data sets, told by their content and read as plain data: litellm, genai-prices, models.dev.

Only the base rate of each row is read: below every tier, off-peak, without batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from migrate_cli.costs.agreement.regions import PLACES
from migrate_cli.model import UserError

RATES = ("input", "cached_input", "output")
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """What a data set says of one model on one site: US dollars per million tokens, None where it says nothing.

    A 0 there stands for "unknown" as often as for "free", so it says nothing either.
    """

    provider: str
    site: str | None
    model: str
    rates: Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set: which one it is, its rows for places that we know, and how many others it has."""

    name: str
    rows: tuple[Row, ...]
    others: int


def read_dataset(data: bytes, name: str, as_of: date) -> Dataset:
    """The rows of a data set that hold on `as_of`; `name` is the file's, for the message.

    Raises UserError when the bytes are no JSON, or none of the three data sets.
    """
    import json

    try:
        content = json.loads(data, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError):
        raise UserError(f"{name} is not valid JSON") from None
    kind = _kind(content)
    if kind is None:
        raise UserError(
            f"{name} is none of the price data sets that are known: litellm's model_prices_and_context_window.json, "
            "genai-prices' data.json, models.dev's api.json"
        )
    rows: dict[object, Row] = {}  # by all that a row says: litellm writes some twice
    others = 0
    try:
        for owner, model, rates in _READERS[kind](content, as_of):
            place = PLACES[kind].get(owner)
            if place is None:
                others += 1
            else:
                rows[(place, model, tuple(rates.values()))] = Row(*place, model, rates)
    except (AttributeError, TypeError):
        raise UserError(f"{name} looks like {kind}, and has a form that is not known") from None
    return Dataset(kind, tuple(rows.values()), others)


_Rows = Iterator[tuple[str, str, Mapping[str, Decimal | None]]]


def _kind(content: Any) -> str | None:
    """Which data set this is, by the shape of its entries."""
    providers = _providers(content)
    if isinstance(providers, list):
        return "genai-prices" if any(isinstance(_get(p, "models"), list) for p in providers) else None
    entries = list(providers.values()) if isinstance(providers, dict) else []
    if any(_get(entry, "litellm_provider") for entry in entries):
        return "litellm"
    return "models.dev" if any(isinstance(_get(entry, "models"), dict) for entry in entries) else None


def _providers(content: Any) -> Any:
    """The entries of a data set, which newer forms put below a name."""
    return _get(content, "providers") or content


def _litellm(content: Any, as_of: date) -> _Rows:
    fields = ("input_cost_per_token", "cache_read_input_token_cost", "output_cost_per_token")
    for name, entry in content.items():
        owner = _get(entry, "litellm_provider")
        if owner is None or name == "sample_spec":
            continue
        tiers = _get(entry, "tiered_pricing")
        base = tiers[0] if isinstance(tiers, list) and tiers and fields[0] not in entry else entry
        base = _get(entry, "off_peak_pricing") or base  # the main fields hold the peak rates then
        rates = {rate: _money(_get(base, field), _MILLION) for rate, field in zip(RATES, fields, strict=True)}
        yield str(owner), name.removeprefix(f"{owner}/"), rates


def _genai(content: Any, as_of: date) -> _Rows:
    fields = ("input_mtok", "cache_read_mtok", "output_mtok")
    for provider in _providers(content):
        for model in _get(provider, "models") or ():
            prices = _valid(_get(model, "prices"), as_of)
            rates = {
                rate: _money(_base(_get(prices, field))) for rate, field in zip(RATES, fields, strict=True)
            }
            yield str(_get(provider, "id")), str(_get(model, "id")), rates


def _models_dev(content: Any, as_of: date) -> _Rows:
    for owner, provider in _providers(content).items():
        for name, model in (_get(provider, "models") or {}).items():
            cost = _get(model, "cost")
            fields = ("input", "cache_read", "output")
            yield (
                owner,
                name,
                {rate: _money(_get(cost, field)) for rate, field in zip(RATES, fields, strict=True)},
            )


_READERS: Mapping[str, Callable[[Any, date], _Rows]] = {
    "litellm": _litellm,
    "genai-prices": _genai,
    "models.dev": _models_dev,
}


def _valid(prices: Any, as_of: date) -> Any:
    """The last entry of a dated list that has started; hours of the day are peak rates, which we do not compare."""
    if not isinstance(prices, list):
        return prices
    started = [entry for entry in prices if _has_started(_get(entry, "constraint"), as_of)]
    return _get(started[-1], "prices") if started else None


def _has_started(limits: Any, as_of: date) -> bool:
    return _get(limits, "start_time") is None and str(_get(limits, "start_date") or "") <= as_of.isoformat()


def _base(rate: Any) -> Any:
    return _get(rate, "base") if isinstance(rate, dict) else rate


def _get(entry: Any, key: str) -> Any:
    return entry.get(key) if isinstance(entry, dict) else None


def _money(value: Any, times: int = 1) -> Decimal | None:
    """A rate above 0, None for anything else."""
    if not isinstance(value, Decimal) or not value.is_finite() or value <= 0:
        return None
    return value * times
