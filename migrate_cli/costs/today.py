"""What each OpenAI model found costs, whether it still answers, and what OpenAI names instead."""

from __future__ import annotations

import re
from datetime import date

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.types import OpenAIModel, Price
from migrate_cli.costs.age import is_stale
from migrate_cli.costs.lines import Advice, Costs, OpenAILine
from migrate_cli.costs.pricing import cost, unpriced
from migrate_cli.costs.workload import CHAT_PROFILES, PROFILES, Workload

_NOTHING: Costs = (None,) * len(CHAT_PROFILES)
_ASKED_BY = frozenset({"openai", "openai-chat", "openai-responses", "text-completion-openai"})
_ISO_START = re.compile(r"\d{4}-\d\d-\d\d")


def openai_line(name: str, call_sites: int, catalogue: Catalogue, as_of: date) -> OpenAILine:
    """The line for the model that the code calls `name`; an unknown name gets no figures."""
    model = known_model(name, catalogue)
    if model is None:
        return _unknown(name, call_sites)
    state, status = status_at(model, as_of)
    costs, reason = bills(model.price, model.kind, assume_cache=True)
    advice = _advice(model, catalogue, as_of)
    return OpenAILine(
        model=name,
        call_sites=call_sites,
        kind=model.kind,
        state=state,
        status=status,
        shutdown=model.shutdown,
        shutdown_source=model.shutdown_source,
        price=model.price,
        stale=_stale(model.price, as_of),
        costs=costs,
        unpriced=reason,
        advice=advice,
        staying=_staying(costs, advice, state),
        note=model.note,
    )


def bare_model(name: str) -> str:
    """A model name without the word by which a framework asks for OpenAI: `openai/gpt-4o`, `openai:gpt-4o`."""
    prefix, _, model = name.replace(":", "/", 1).partition("/")
    return model if model and prefix in _ASKED_BY else name


def known_model(name: str, catalogue: Catalogue) -> OpenAIModel | None:
    """The catalogue's entry for `name`; a fine-tuned model (`ft:base:org::id`) has a price of its own."""
    if name.startswith("ft:"):
        tuned = catalogue.openai_models().get(":".join(name.split(":")[:2]))
        if tuned is not None:
            return tuned
    return catalogue.openai_model(name)


def status_at(model: OpenAIModel, as_of: date) -> tuple[str, str]:
    """(`active`, `ending` or `gone`, the same in words) at `as_of`."""
    written = _ISO_START.match(model.shutdown or "")
    if model.shutdown is None or written is None:
        if model.status == "retired":
            return "gone", "no longer answers; the date is not known"
        return "active", "answers; no shutdown date found"
    end = date.fromisoformat(written.group())
    if as_of >= end:
        return "gone", f"no longer answers since {model.shutdown}"
    return "ending", f"shuts down on {model.shutdown}, {_days((end - as_of).days)} from now"


def bills(price: Price | None, kind: str, *, assume_cache: bool) -> tuple[Costs, str | None]:
    """The bill for each assumed workload of a model of this `kind`, or why there is none."""
    profiles = PROFILES.get(kind)
    if profiles is None:
        return _NOTHING, f"{_article(kind)} model: it is not billed by text tokens alone"
    reason = _first_reason(price, profiles)
    if price is None:
        return _NOTHING, reason
    return tuple(cost(price, profile, assume_cache=assume_cache) for profile in profiles), reason


def _first_reason(price: Price | None, profiles: tuple[Workload, ...]) -> str | None:
    return next((reason for reason in (unpriced(price, profile) for profile in profiles) if reason), None)


def _advice(model: OpenAIModel, catalogue: Catalogue, as_of: date) -> Advice | None:
    if model.replacement is None:
        return None
    named = catalogue.openai_model(model.replacement)
    price = named.price if named else None
    costs, reason = bills(price, model.kind, assume_cache=True)
    return Advice(
        model=model.replacement,
        as_of=model.replacement_as_of,
        source=model.replacement_source,
        note=model.replacement_note,
        price=price,
        stale=_stale(price, as_of),
        costs=costs,
        unpriced=reason if named else "unknown to the catalogue",
    )


def _stale(price: Price | None, as_of: date) -> bool:
    return price is not None and is_stale(price.fact.as_of, as_of)


def _staying(costs: Costs, advice: Advice | None, state: str) -> Costs:
    if advice is not None:
        return advice.costs
    return costs if state == "active" else _NOTHING


def _unknown(name: str, call_sites: int) -> OpenAILine:
    reason = "unknown to the catalogue"
    return OpenAILine(
        model=name,
        call_sites=call_sites,
        kind=None,
        state="unknown",
        status=reason,
        shutdown=None,
        shutdown_source=None,
        price=None,
        stale=False,
        costs=_NOTHING,
        unpriced=reason,
        advice=None,
        staying=_NOTHING,
        note=None,
    )


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _article(kind: str) -> str:
    return {"image": "an image", "other": "a special"}.get(kind, f"a {kind}")
