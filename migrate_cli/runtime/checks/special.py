"""Fields whose limits are not in their own entry alone: they hang on thinking or on each other, or are passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from migrate_cli.catalogue.types import Parameter, Provider, Restriction, TargetModel
from migrate_cli.runtime import profile

Payload = Mapping[str, Any]


def entry(
    known: Parameter | None, payload: Payload, provider: Provider, target: TargetModel | None
) -> Parameter | None:
    """The entry of a field as it holds for this payload: with thinking off, some take another value than with it on."""
    fixed = profile.behaviour(provider, "thinking.fixed_without", target)
    if known is None or fixed is None or known.name not in fixed.data:
        return known
    if profile.thinks(target, payload) is not False:
        return known
    return replace(known, restriction=Restriction(allowed=(fixed.data[known.name],)))


def passes_over(name: str, provider: Provider, target: TargetModel | None) -> bool:
    """Whether a wrong value of the field is ignored and raises no error."""
    known = profile.behaviour(provider, "parameters.passed_over", target)
    return known is not None and name in known.data


def is_strange(name: str, value: Any, provider: Provider, target: TargetModel | None) -> bool:
    """Whether a switch of thinking has none of the values that are documented; False where nobody lists them."""
    known = profile.behaviour(provider, "thinking.switch_values", target)
    return known is not None and name in known.data and value not in known.data[name]


def exclusive(payload: Payload, provider: Provider, target: TargetModel | None) -> tuple[str, ...] | None:
    """The first fields that are sent together and may not be; null counts as left out."""
    known = profile.behaviour(provider, "parameters.exclusive", target)
    for names in known.data if known is not None else ():
        sent = tuple(name for name in names if payload.get(name) is not None)
        if len(sent) > 1:
            return sent
    return None
