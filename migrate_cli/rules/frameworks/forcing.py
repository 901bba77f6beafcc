"""Whether a provider takes what a framework asks for on its own: a forced tool, JSON by schema, JSON at all."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from migrate_cli.catalogue.types import Action, Parameter, Support
from migrate_cli.rules.frameworks.requests import switch
from migrate_cli.rules.thinking_support import replaced
from migrate_cli.targets.endpoint import Target

Names = Sequence[tuple[str, str]]  # old model, new model


class Fit(IntEnum):
    """How a request fares, as far as it is known; the worst of several models counts."""

    FINE = 0
    UNSURE = 1
    REFUSED = 2


def format_fit(target: Target, names: Names, kind: str) -> Fit:
    """How `response_format` of a kind (`json_schema`, `json_object`) fares."""
    models: Sequence[str | None] = [new for _, new in names] or [None]
    return max(_judged(target.parameter(f"response_format_{kind}", model), None) for model in models)


def forced_fit(target: Target, names: Names, form: str, written: str = "") -> Fit:
    """How a tool choice that forces a call (`required`, `named`) fares; `written` is the construction."""
    models: Sequence[tuple[str, str | None]] = names or [("", None)]
    return max(_forced(target, old, new, form, written) for old, new in models)


def _forced(target: Target, old: str, new: str | None, form: str, written: str) -> Fit:
    plain = _judged(target.parameter("tool_choice", new), form)
    known = target.behaviour("tools.forced_while_thinking")
    if new is None or known is None or not known.concerns((new,)) or form not in (known.data or ()):
        return plain
    return max(
        plain, {True: Fit.REFUSED, False: Fit.FINE, None: Fit.UNSURE}[thinks(target, old, new, written)]
    )


def thinks(target: Target, old: str, new: str, written: str = "") -> bool | None:
    """Whether the model thinks after the move: the switch is there, or is set where the old model did not reason."""
    model = target.model(new)
    if model is None or model.thinking is None:
        return None
    off = switch(model)
    if off and (
        replaced(target, old) is not None or all(n in written and c in written for n, c in off.items())
    ):
        return False
    return {"on": True, "always": True, "off": False}.get(model.thinking.default)


def _judged(entry: Parameter | None, form: str | None) -> Fit:
    """One entry of the catalogue; without one nothing is held against it."""
    if entry is None or entry.support is Support.SUPPORTED:
        return Fit.FINE
    allowed = entry.restriction.allowed if entry.restriction is not None else None
    if form is not None and allowed is not None:
        return Fit.FINE if form in allowed else Fit.REFUSED
    if entry.support is Support.REJECTED:
        return Fit.REFUSED
    return Fit.UNSURE if entry.action is Action.MANUAL else Fit.FINE
