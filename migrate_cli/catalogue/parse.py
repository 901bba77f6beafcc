"""Turns the plain data of one provider file into frozen values; see `schema/provider.json` for the format."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from migrate_cli.catalogue.types import (
    Action,
    Embedding,
    Endpoint,
    ErrorShape,
    Fact,
    Parameter,
    PeakWindow,
    Price,
    Provider,
    Replacement,
    Restriction,
    Sdk,
    SiteAddress,
    Support,
    TargetModel,
    Thinking,
    Tier,
)

Data = Mapping[str, Any]
CONFIDENCE = ("low", "medium", "high")


# a misspelt section would otherwise lose all its facts in silence
_SECTIONS = {
    "as_of", "chinese_name", "endpoints", "errors", "id", "key_variable", "models", "name", "parameters",
    "pitfalls", "replacements", "sdk", "sites", "sources", "status", "status_note",
}  # fmt: skip


class FormatError(ValueError):
    """A field of a well-formed catalogue file is missing or has a wrong value; the text names it."""


def parse_provider(data: Data, aliases: tuple[str, ...] = (), hosts: tuple[str, ...] = ()) -> Provider:
    """Build a Provider from its file's data plus the names and hosts kept in `names.yaml`.

    Raises FormatError naming the field that is missing, unknown, of a wrong type or not an allowed value.
    """
    unknown = sorted(set(data) - _SECTIONS)
    if unknown:
        raise FormatError(f"{unknown[0]}: no such section")
    sources = _mapping(data, "sources", "")
    key = _mapping(data, "key_variable", "")
    models = [_model(item, f"models[{i}]", sources) for i, item in _items(data, "models")]
    return Provider(
        id=_need(data, "id", ""),
        name=_need(data, "name", ""),
        chinese_name=data.get("chinese_name"),
        aliases=aliases,
        status=_need(data, "status", ""),
        status_note=_need(data, "status_note", ""),
        hosts=hosts,
        sites=tuple(
            _site(name, item, key.get("name"), sources) for name, item in _mapping(data, "sites", "").items()
        ),
        key_variable=key.get("name"),
        key_variable_fact=_fact(key, "key_variable", sources),
        other_variables=tuple(key.get("others", ())),
        endpoints={
            name: _endpoint(name, item, sources) for name, item in _mapping(data, "endpoints", "").items()
        },
        parameters=tuple(
            _parameter(item, f"parameters[{i}]", sources) for i, item in _items(data, "parameters")
        ),
        models={model.id: model for model in models},
        replacements={
            name: _replacement(name, item, sources)
            for name, item in _mapping(data, "replacements", "").items()
        },
        errors=tuple(_error(item, f"errors[{i}]", sources) for i, item in _items(data, "errors")),
        sdk=_sdk(_mapping(data, "sdk", ""), sources),
        pitfalls=tuple(data.get("pitfalls", ())),
        as_of=_need(data, "as_of", ""),
    )


def _site(name: str, data: Data, key_variable: str | None, sources: Data) -> SiteAddress:
    where = f"sites.{name}"
    return SiteAddress(
        name=name,
        base_url=_need(data, "base_url", where),
        key_variable=data.get("key_variable", key_variable),
        console=data.get("console"),
        note=data.get("note"),
        fact=_fact(data, where, sources),
    )


def _endpoint(name: str, data: Data, sources: Data) -> Endpoint:
    where = f"endpoints.{name}"
    return Endpoint(
        name=name,
        support=_support(data, where),
        path=data.get("path"),
        note=data.get("note"),
        instead=data.get("instead"),
        fact=_fact(data, where, sources),
    )


def _parameter(data: Data, where: str, sources: Data) -> Parameter:
    restriction = data.get("restriction")
    return Parameter(
        name=_need(data, "name", where),
        support=_support(data, where),
        action=_action(data, where),
        rename_to=data.get("rename_to"),
        restriction=None if restriction is None else _restriction(restriction, f"{where}.restriction"),
        models=tuple(data.get("models", ())),
        except_models=tuple(data.get("except_models", ())),
        note=data.get("note"),
        fact=_fact(data, where, sources),
    )


def _restriction(data: Data, where: str) -> Restriction:
    allowed = data.get("allowed")
    return Restriction(
        min=_decimal(data, "min", where),
        max=_decimal(data, "max", where),
        exclusive_min=data.get("exclusive_min", False),
        max_items=data.get("max_items"),
        max_chars=data.get("max_chars"),
        min_chars=data.get("min_chars"),
        allowed=None if allowed is None else tuple(allowed),
        type=data.get("type"),
    )


def _model(data: Data, where: str, sources: Data) -> TargetModel:
    fact = _fact(data, where, sources)
    thinking, embedding = data.get("thinking"), data.get("embedding")
    return TargetModel(
        id=_need(data, "id", where),
        kind=_need(data, "kind", where),
        status=_need(data, "status", where),
        aliases=tuple(data.get("aliases", ())),
        context=data.get("context"),
        max_output=data.get("max_output"),
        modalities=tuple(data.get("modalities", ())),
        prices=tuple(
            _price(item, f"{where}.prices[{i}]", sources, fact) for i, item in _items(data, "prices")
        ),
        thinking=None if thinking is None else _thinking(thinking, f"{where}.thinking", sources, fact),
        embedding=None if embedding is None else _embedding(embedding),
        replaces=tuple(data.get("replaces", ())),
        why=data.get("why"),
        retired_on=data.get("retired_on"),
        note=data.get("note"),
        fact=fact,
    )


def _price(data: Data, where: str, sources: Data, model: Fact) -> Price:
    peak = data.get("peak", {})
    return Price(
        currency=_need(data, "currency", where),
        unit=_need(data, "unit", where),
        input=_decimal(data, "input", where),
        cached_input=_decimal(data, "cached_input", where),
        output=_decimal(data, "output", where),
        tiers=tuple(_tier(item, f"{where}.tiers[{i}]") for i, item in _items(data, "tiers")),
        tier_mode=data.get("tier_mode"),
        peak_input=_decimal(peak, "input", f"{where}.peak"),
        peak_cached_input=_decimal(peak, "cached_input", f"{where}.peak"),
        peak_output=_decimal(peak, "output", f"{where}.peak"),
        peak_hours=peak.get("hours"),
        batch_discount=_decimal(data, "batch_discount", where),
        site=data.get("site"),
        reason=data.get("reason"),
        note=data.get("note"),
        fact=_fact(data, where, sources, model),
        peak_windows=tuple(
            PeakWindow(tuple(w["weekdays"]), w["start"], w["end"], w["utc_offset"])
            for w in peak.get("windows", ())
        ),
    )


def _tier(data: Data, where: str) -> Tier:
    return Tier(
        above_input_tokens=_need(data, "above_input_tokens", where),
        input=_decimal(data, "input", where),
        cached_input=_decimal(data, "cached_input", where),
        output=_decimal(data, "output", where),
    )


def _thinking(data: Data, where: str, sources: Data, model: Fact) -> Thinking:
    argument = data.get("off_argument")
    return Thinking(
        default=_need(data, "default", where),
        off=data.get("off"),
        off_argument=None if argument is None else (argument[0], argument[1]),
        note=data.get("note"),
        fact=_fact(data, where, sources, model),
    )


def _embedding(data: Data) -> Embedding:
    sizes = data.get("dimensions")
    return Embedding(
        dimensions=None if sizes is None else tuple(sizes),
        max_batch=data.get("max_batch"),
        max_tokens=data.get("max_tokens"),
    )


def _replacement(name: str, data: Data, sources: Data) -> Replacement:
    where = f"replacements.{name}"
    return Replacement(name, _need(data, "to", where), data.get("note"), _fact(data, where, sources))


def _error(data: Data, where: str, sources: Data) -> ErrorShape:
    fact = _fact(data, where, sources)
    return ErrorShape(_need(data, "when", where), data.get("status"), data.get("body"), fact)


def _sdk(data: Data, sources: Data) -> Sdk:
    return Sdk(
        package=data.get("package"),
        version=data.get("version"),
        maintained=data.get("maintained"),
        recommended=_need(data, "recommended", "sdk"),
        note=data.get("note"),
        fact=_fact(data, "sdk", sources),
    )


def _fact(data: Data, where: str, sources: Data, inherited: Fact | None = None) -> Fact:
    """Provenance of one entry: its source keys expanded, its own `as_of` and `confidence` first.

    Several sources are as sure as the least sure of them. Without a `source` the entry shares its model's.
    """
    keys = data.get("source")
    if keys is None:
        if inherited is None:
            raise FormatError(f"{where}.source is missing")
        return inherited
    found = [_source(key, where, sources) for key in ([keys] if isinstance(keys, str) else keys)]
    dates = dict.fromkeys(_need(item, "as_of", f"sources of {where}") for item in found)
    levels = [_confidence(item, f"sources of {where}") for item in found]
    return Fact(
        as_of=data.get("as_of") or " | ".join(dates),
        source="; ".join(_need(item, "text", f"sources of {where}") for item in found),
        confidence=data.get("confidence") or min(levels, key=CONFIDENCE.index),
    )


def _source(key: Any, where: str, sources: Data) -> Data:
    item = sources.get(key)
    if not isinstance(item, Mapping):
        raise FormatError(f"{where}.source names {key!r}, which is not in sources")
    return item


def _confidence(data: Data, where: str) -> str:
    level = _need(data, "confidence", where)
    if level not in CONFIDENCE:
        raise FormatError(f"{where}.confidence must be one of {', '.join(CONFIDENCE)}, not {level!r}")
    return str(level)


def _support(data: Data, where: str) -> Support:
    value = _need(data, "support", where)
    try:
        return Support(value)
    except ValueError as error:
        raise FormatError(f"{where}.support must be one of {_values(Support)}, not {value!r}") from error


def _action(data: Data, where: str) -> Action:
    value = _need(data, "action", where)
    try:
        return Action(value)
    except ValueError as error:
        raise FormatError(f"{where}.action must be one of {_values(Action)}, not {value!r}") from error


def _values(kind: type[Support] | type[Action]) -> str:
    return ", ".join(item.value for item in kind)


def _decimal(data: Data, key: str, where: str) -> Decimal | None:
    value = data.get(key)
    if value is None:
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise FormatError(f"{where}.{key} must be a number, not {value!r}") from error


def _need(data: Data, key: str, where: str) -> Any:
    if key not in data:
        raise FormatError(f"{where}.{key} is missing".lstrip("."))
    return data[key]


def _mapping(data: Data, key: str, where: str) -> Data:
    value = _need(data, key, where)
    if not isinstance(value, Mapping):
        raise FormatError(f"{where}.{key} must be a mapping".lstrip("."))
    return value


def _items(data: Data, key: str) -> list[tuple[int, Data]]:
    """The numbered mappings of the list `key`; an absent list is empty."""
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise FormatError(f"{key} must be a list of mappings")
    return list(enumerate(value))
