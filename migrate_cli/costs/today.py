"""What each OpenAI model found costs, whether it still answers, and what OpenAI names instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.types import OpenAIModel, Price
from migrate_cli.costs.age import is_stale
from migrate_cli.costs.lines import Advice, Costs, OpenAILine
from migrate_cli.costs.pricing import Cost, at, cost, unpriced
from migrate_cli.costs.scenario import Scenario
from migrate_cli.costs.terms import Terms
from migrate_cli.costs.workload import Workload

_ASKED_BY = frozenset({"openai", "openai-chat", "openai-responses", "text-completion-openai"})
_ISO_START = re.compile(r"\d{4}-\d\d-\d\d")


def openai_line(name: str, call_sites: int, catalogue: Catalogue, terms: Terms) -> OpenAILine:
    """The line for the model that the code, or the usage, calls `name`; an unknown name gets no figures."""
    model = known_model(name, catalogue)
    if model is None:
        return _unknown(name, call_sites, terms)
    as_of = terms.as_of
    state, status = status_at(model, as_of)
    price = at(model.price, as_of)
    volumes = workloads(terms.scenarios, name, model.kind)
    costs, reason = bills(price, model.kind, volumes, assume_cache=True)
    advice = _advice(model, volumes, catalogue, as_of)
    return OpenAILine(
        model=name,
        call_sites=call_sites,
        kind=model.kind,
        state=state,
        status=status,
        shutdown=model.shutdown,
        shutdown_source=model.shutdown_source,
        price=price,
        stale=_stale(price, as_of),
        costs=costs,
        unpriced=reason,
        advice=advice,
        staying=_staying(costs, advice, state),
        note=model.note,
        billed=_billed(name, terms),
        volumes=volumes,
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


def workloads(scenarios: Sequence[Scenario], name: str, kind: str) -> tuple[Workload | None, ...]:
    """The traffic of one model in each scenario; None where a workload in tokens says nothing of it."""
    return tuple(scenario.workload(name, kind) for scenario in scenarios)


def bills(
    price: Price | None, kind: str, volumes: Sequence[Workload | None], *, assume_cache: bool
) -> tuple[Costs, str | None]:
    """The bill for each of the `volumes` of a model of this `kind`, or why there is none."""
    nothing: Costs = (None,) * len(volumes)
    known = [volume for volume in volumes if volume is not None]
    if not known:
        return nothing, f"{_article(kind)} model: it is not billed by text tokens alone"
    reason = next((why for why in (unpriced(price, volume) for volume in known) if why), None)
    if price is None:
        return nothing, reason
    return (
        tuple(
            None if volume is None else cost(price, volume, assume_cache=assume_cache) for volume in volumes
        ),
        reason,
    )


def _billed(name: str, terms: Terms) -> Cost | None:
    """What the bills that were read say of one model, in their currency; None when they name it in several.

    Only for a model whose usage was counted: a bill cannot be set against volumes that are assumed, or against none.
    """
    if name not in terms.scenarios[0].models:
        return None
    lines = [bill for bill in terms.traffic.bills if bill.model == name] if terms.traffic else []
    currencies = {bill.currency for bill in lines}
    if len(currencies) != 1:
        return None
    amount = sum((bill.amount for bill in lines), Decimal(0))
    return Cost(amount, amount, currencies.pop())


def _advice(
    model: OpenAIModel, volumes: Sequence[Workload | None], catalogue: Catalogue, as_of: date
) -> Advice | None:
    if model.replacement is None:
        return None
    named = catalogue.openai_model(model.replacement)
    price = at(named.price, as_of) if named else None
    costs, reason = bills(price, model.kind, volumes, assume_cache=True)
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
    return costs if state == "active" else (None,) * len(costs)


def _unknown(name: str, call_sites: int, terms: Terms) -> OpenAILine:
    reason = "unknown to the catalogue"
    nothing: Costs = (None,) * len(terms.scenarios)
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
        costs=nothing,
        unpriced=reason,
        advice=None,
        staying=nothing,
        note=None,
        billed=_billed(name, terms),
        volumes=tuple(scenario.models.get(name) for scenario in terms.scenarios),
    )


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _article(kind: str) -> str:
    return {"image": "an image", "other": "a special"}.get(kind, f"a {kind}")
