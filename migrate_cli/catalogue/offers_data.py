"""Turns the plain data of `offers.yaml` into frozen values; the format is in `schema/offers.json`.

Every function raises ValueError naming the offer and the field when the data is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrate_cli.catalogue.fields import day, need, one_of, only, optional, texts, whole, words
from migrate_cli.catalogue.offer_terms import Condition, Grant, OfferTerms, Scope
from migrate_cli.catalogue.openai_data import CONFIDENCE
from migrate_cli.catalogue.types import Fact, Offer

Data = Mapping[str, Any]
VERDICTS = ("active_official", "active_reported", "expired", "unverified", "rejected")
# Each kind with the amounts that it may have. Subscriptions are no kind: they are no incentive for API traffic.
KINDS: Mapping[str, frozenset[str]] = {
    "one_off_tokens": frozenset({"tokens"}),
    "recurring_tokens": frozenset({"tokens"}),
    "voucher_money": frozenset({"money", "currency"}),
    "free_model": frozenset(),
    "discount": frozenset({"percent"}),
    "matched_to_openai_usage": frozenset({"ratio"}),
    "help_service": frozenset(),
}
BEGINNINGS = ("registration", "activation", "claim", "fixed_date")
EXPIRES = {"days_after_start", "at_most", "date", "period_end"}
PERIODS = ("day", "week", "month")
TOKEN_CLASSES = ("input", "output")
EXCLUDES = ("batch", "context_cache")
# Report kinds that count as more than hearsay; every other kind has low confidence.
_REPORT_CONFIDENCE = {"provider": "high", "press": "medium"}


def parse_offers(data: Data) -> tuple[Offer, ...]:
    """The offers and claims in file order. Raises ValueError naming offer and field."""
    questions = need(data, "conditions", "offers")
    return tuple(
        _offer(index, entry, questions) for index, entry in enumerate(need(data, "offers", "offers"))
    )


def _offer(index: int, data: Data, questions: Mapping[str, str]) -> Offer:
    name = need(data, "id", f"offers[{index}]")
    return Offer(
        id=name,
        provider=need(data, "provider", name),
        provider_name=need(data, "provider_name", name),
        title=need(data, "title", name),
        amount=data.get("amount"),
        eligibility=data.get("eligibility"),
        starts=data.get("starts"),
        ends=data.get("ends"),
        verdict=one_of(data, "verdict", VERDICTS, name),
        note=data.get("note"),
        reports=tuple(_report(item, name) for item in need(data, "reports", name)),
        fact=Fact(
            need(data, "as_of", name),
            need(data, "source", name),
            one_of(data, "confidence", CONFIDENCE, name),
        ),
        terms=_terms(need(data, "terms", name), questions, f"{name}: terms"),
    )


def _report(data: Data, name: str) -> Fact:
    where = f"{name}: reports"
    source, kind, says = (need(data, key, where) for key in ("source", "kind", "says"))
    return Fact(data.get("date"), f"{source} ({kind}): {says}", _REPORT_CONFIDENCE.get(kind, "low"))


def _terms(data: Data, questions: Mapping[str, str], where: str) -> OfferTerms:
    expires = data.get("expires") or {}
    only(expires, EXPIRES, f"{where}: expires")
    return OfferTerms(
        site=data.get("site"),
        grants=tuple(_grant(item, f"{where}: grants") for item in need(data, "grants", where)),
        begins=None if data.get("begins") is None else one_of(data, "begins", BEGINNINGS, where),
        begins_on=day(data, "begins_on", where),
        claim_until=day(data, "claim_until", where),
        days=whole(expires, "days_after_start", f"{where}: expires"),
        days_at_most=whole(expires, "at_most", f"{where}: expires"),
        until=day(expires, "date", f"{where}: expires"),
        period=one_of(expires, "period_end", PERIODS, where) if "period_end" in expires else None,
        needs=tuple(Condition(word, questions[word]) for word in words(data, "needs", questions, where)),
        on_exhaustion=data.get("on_exhaustion"),
        stack_order=whole(data, "stack_order", where),
        shared_by=data.get("shared_by"),
        claim=data.get("claim"),
    )


def _grant(data: Data, where: str) -> Grant:
    kind = one_of(data, "kind", tuple(KINDS), where)
    amount = data.get("amount") or {}
    only(amount, KINDS[kind], f"{where}: amount of {kind}")
    tokens, percent = whole(amount, "tokens", where), optional(amount, "percent", where)
    if tokens is not None and bool(data.get("per_model")) == bool(data.get("pool")):
        raise ValueError(f"{where}: tokens are either per_model or of a pool")
    if percent is not None and percent > 100:
        raise ValueError(f"{where}: percent must not be above 100, but is {percent}")
    return Grant(
        kind=kind,
        tokens=tokens,
        money=optional(amount, "money", where),
        currency=need(amount, "currency", where) if amount.get("money") is not None else None,
        percent=percent,
        ratio=optional(amount, "ratio", where),
        per_model=bool(data.get("per_model")),
        pool=data.get("pool"),
        scope=_scope(data.get("scope") or {}, f"{where}: scope"),
        requests_per_minute=whole(data.get("limits") or {}, "requests_per_minute", where),
        tokens_per_minute=whole(data.get("limits") or {}, "tokens_per_minute", where),
        priced_in=bool(data.get("priced_in")),
    )


def _scope(data: Data, where: str) -> Scope:
    return Scope(
        models=texts(data, "models", where),
        kinds=texts(data, "kinds", where),
        token_classes=words(data, "token_classes", TOKEN_CLASSES, where),
        excludes=words(data, "excludes", EXCLUDES, where),
    )
