"""Whether parsed facts hold what their types say: a file from elsewhere may be well-formed and still say nonsense."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from migrate_cli.catalogue.types import Price, Rates, Tier


def wrong(value: Any, where: str) -> Iterator[str]:
    """What is wrong in a frozen value of the catalogue and all below it, each with its place; nothing when all is well.

    Every field must have its annotated type, every number must be finite, and no rate may be below 0.
    """
    for name, fits in _checks(value.__class__):
        held, place = getattr(value, name), f"{where}.{name}"
        if not fits(held):
            yield f"{place} must not be {held!r}"
            continue
        if isinstance(value, (Price, Rates, Tier)) and isinstance(held, Decimal) and held < 0:
            yield f"{place} must not be below 0"
        for way, inner in _below(held):
            yield from wrong(inner, f"{place}{way}")


def _below(value: Any) -> Iterator[tuple[str, Any]]:
    """The frozen values right below a field's, with the way to them."""
    if is_dataclass(value):
        yield "", value
    elif isinstance(value, Mapping):
        yield from ((f".{key}", item) for key, item in value.items() if is_dataclass(item))
    elif isinstance(value, tuple):
        yield from ((f"[{index}]", item) for index, item in enumerate(value) if is_dataclass(item))


@cache
def _checks(kind: type) -> tuple[tuple[str, Callable[[Any], bool]], ...]:
    """The fields of a frozen class, each with a check of its type."""
    hints = typing.get_type_hints(kind)
    return tuple((field.name, _check(hints[field.name])) for field in fields(kind))


@cache
def _check(hint: Any) -> Callable[[Any], bool]:
    """Whether a value fits an annotation, as a function, since every fact is asked."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return lambda value: True
    if hint is Decimal:
        return lambda value: isinstance(value, Decimal) and value.is_finite()
    if hint is int:
        return lambda value: type(value) is int  # not a bool
    if origin is None:
        return lambda value: isinstance(value, hint)
    inner = tuple(_check(argument) for argument in arguments if argument is not Ellipsis)
    if origin in (typing.Union, types.UnionType):
        return lambda value: any(check(value) for check in inner)
    if origin is tuple and Ellipsis in arguments:
        return lambda value: isinstance(value, tuple) and all(map(inner[0], value))
    if origin is tuple:
        return lambda value: (
            isinstance(value, tuple)
            and len(value) == len(inner)
            and all(check(item) for check, item in zip(inner, value, strict=True))
        )
    key, item = inner
    return lambda value: (
        isinstance(value, Mapping) and all(map(key, value)) and all(map(item, value.values()))
    )
