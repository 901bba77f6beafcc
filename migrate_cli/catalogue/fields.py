"""Reads single fields of the catalogue's plain data; every function raises ValueError naming `where` and the field."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

Data = Mapping[str, Any]


def need(data: Data, key: str, where: str) -> Any:
    """The value of `key`, which has to be there."""
    if key not in data:
        raise ValueError(f"{where}: {key} is missing")
    return data[key]


def one_of(data: Data, key: str, allowed: Collection[str], where: str) -> str:
    """The value of `key`, which has to be one of `allowed`."""
    value = need(data, key, where)
    if value not in allowed:
        raise ValueError(f"{where}: {key} must be one of {', '.join(allowed)}, not {value!r}")
    return str(value)


def number(data: Data, key: str, where: str) -> Decimal:
    """The number of `key`, not below 0."""
    value = need(data, key, where)
    try:
        parsed = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"{where}: {key} must be a number, not {value!r}") from error
    if not parsed.is_finite() or parsed < 0:
        raise ValueError(f"{where}: {key} must not be below 0, but is {value!r}")
    return parsed


def optional(data: Data, key: str, where: str) -> Decimal | None:
    """The number of `key`, None where it is null or not there."""
    return None if data.get(key) is None else number(data, key, where)


def whole(data: Data, key: str, where: str) -> int | None:
    """The whole number of `key`, above 0; None where it is null or not there."""
    value = data.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise ValueError(f"{where}: {key} must be a whole number above 0, not {value!r}")
    return value


def day(data: Data, key: str, where: str) -> date | None:
    """The day of `key`, written YYYY-MM-DD; None where it is null or not there."""
    value = data.get(key)
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError(f"{where}: {key} must be a day such as 2026-12-31, not {value!r}") from error


def texts(data: Data, key: str, where: str) -> tuple[str, ...]:
    """The list of texts of `key`; empty where it is null or not there."""
    found = data.get(key)
    if found is not None and not (isinstance(found, list) and all(isinstance(item, str) for item in found)):
        raise ValueError(f"{where}: {key} must be a list of texts, not {found!r}")
    return tuple(found or ())


def words(data: Data, key: str, allowed: Collection[str], where: str) -> tuple[str, ...]:
    """The list of `key`, each one of `allowed`; empty where it is null or not there."""
    found = texts(data, key, where)
    for word in found:
        if word not in allowed:
            raise ValueError(f"{where}: {key} must be of {', '.join(allowed)}, not {word!r}")
    return found


def only(data: Data, allowed: Collection[str], where: str) -> None:
    """Refuse any key that is not one of `allowed`."""
    strange = [key for key in data if key not in allowed]
    if strange:
        raise ValueError(f"{where}: unknown field {strange[0]!r}")
