"""Turns the grants of an offer into sources to draw on, or says why there is nothing to draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from migrate_cli.catalogue.offer_terms import Grant, OfferTerms, Scope
from migrate_cli.catalogue.types import Offer
from migrate_cli.costs.incentives.clocks import Window
from migrate_cli.costs.incentives.demand import CACHED, FRESH, OUTPUT, Demand, Part
from migrate_cli.costs.incentives.draw import ALL, MONEY, OFF, TOKENS, Source

MONTH = Fraction(365, 12)
_PERIODS = {"day": Fraction(1), "week": Fraction(7), "month": MONTH}
_UNITS = {
    "free_model": ALL,
    "one_off_tokens": TOKENS,
    "recurring_tokens": TOKENS,
    "voucher_money": MONEY,
    "discount": OFF,
}
_CLASSES = {"input": (FRESH, CACHED), "output": (OUTPUT,)}
_HELP, _MATCHED = "help, not money", "it depends on how much OpenAI usage the provider accepts"
_UNUSED = "there is nothing to use it for"
_ENDLESS = Fraction(10**9)  # in days: sorts behind every end


@dataclass(frozen=True, slots=True)
class Stock:
    """A source with the offer it belongs to, its place in the order of drawing and, if shared, its pool."""

    offer: Offer
    source: Source
    rank: tuple[int, int, Fraction]
    pool: str | None


@dataclass(frozen=True, slots=True)
class Supply:
    """What an offer has for a workload: its stocks, or if there are none, `why` in words.

    `worthless`: there is an amount, but none of it could be used even by somebody who had it.
    """

    stocks: tuple[Stock, ...]
    why: str | None
    worthless: bool


def supply(offer: Offer, use: Window, demands: Sequence[Demand], parts: Sequence[Part]) -> Supply:
    """What the offer's grants give for the demands while it can be used."""
    found: list[Stock] = []
    refusals: list[_Refusal] = []
    for grant in offer.terms.grants:
        unusable = _unusable(grant, offer.terms)
        if unusable is not None:
            refusals.append(_Refusal(unusable, outside=False))
            continue
        fitting, refused = _fitting(grant, demands, parts)
        refusals += refused
        found += (_stock(offer, grant, use, reach) for reach in _groups(grant, fitting, demands, parts))
    if found:
        return Supply(tuple(found), None, worthless=False)
    told = [refusal for refusal in refusals if refusal.why != _HELP] or refusals
    why = "; ".join(dict.fromkeys(refusal.why for refusal in told)) or "no amount is published"
    return Supply((), why, worthless=bool(told) and all(refusal.outside for refusal in told))


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why a grant cannot be used; `outside`: the use is none that it is meant for, so that it is worth nothing."""

    why: str
    outside: bool


def _unusable(grant: Grant, terms: OfferTerms) -> str | None:
    """Why the grant is no money for anybody."""
    limits = (grant.requests_per_minute, grant.tokens_per_minute)
    reasons = {
        "the prices shown have it already": grant.priced_in,
        _HELP: grant.kind == "help_service",
        _MATCHED: grant.kind == "matched_to_openai_usage",
        "no amount is published": _UNITS.get(grant.kind) in (TOKENS, MONEY, OFF) and _amount(grant) is None,
        "how often it renews is not published": grant.kind == "recurring_tokens" and terms.period is None,
        "its limits are not published": grant.kind == "free_model" and limits == (None, None),
    }
    return next((words for words, holds in reasons.items() if holds), None)


def _amount(grant: Grant) -> Fraction | None:
    given = {TOKENS: grant.tokens, MONEY: grant.money, OFF: grant.percent}.get(_UNITS[grant.kind])
    return None if given is None else Fraction(given)


def _fitting(
    grant: Grant, demands: Sequence[Demand], parts: Sequence[Part]
) -> tuple[list[int], list[_Refusal]]:
    """The demands that the grant can be used for, and why it cannot for each of the others."""
    fitting, refusals = [], []
    for index, demand in enumerate(demands):
        ours = [part for part in parts if part.demand == index]
        outside = next(_outside(grant, demand, ours), None)
        why = outside or next(_unsure(grant, demand, demands, ours), None)
        if why is None:
            fitting.append(index)
        else:
            refusals.append(_Refusal(why, outside=outside is not None))
    return fitting, refusals or ([] if fitting else [_Refusal(_UNUSED, outside=True)])


def _outside(grant: Grant, demand: Demand, ours: Sequence[Part]) -> Iterator[str]:
    """Why the grant is not meant for such use."""
    scope = grant.scope
    if demand.retired:
        yield f"{demand.model} is retired, so a grant on it is worth nothing"
    if scope.models and demand.model not in scope.models:
        yield f"only for {', '.join(scope.models)}"
    if scope.kinds and demand.kind not in scope.kinds:
        yield f"only for {', '.join(scope.kinds)} models"
    if demand.batch and "batch" in scope.excludes:
        yield "not for batch calls"
    if not any(part.classes & _classes(scope) for part in ours):
        yield _UNUSED


def _unsure(grant: Grant, demand: Demand, demands: Sequence[Demand], ours: Sequence[Part]) -> Iterator[str]:
    """Why it is not known what the grant saves."""
    allowed = _classes(grant.scope)
    if any(part.classes & allowed and not part.classes <= allowed for part in ours):
        yield "what the tokens it covers cost is not told apart from the others"
    if grant.currency not in (None, demand.currency):
        yield f"it is in {grant.currency}, the bill in {demand.currency}"
    if _UNITS[grant.kind] in (MONEY, OFF) and demand.cost is None:
        yield f"{demand.model} has no price"
    if grant.kind == "free_model":
        yield from _beyond(grant, demand.model, demands)


def _beyond(grant: Grant, model: str, demands: Sequence[Demand]) -> Iterator[str]:
    """Why the traffic of a model is not known to fit the published limits of a free one."""
    lines = [demand for demand in demands if demand.model == model]
    for limit, what, peaks in (
        (grant.requests_per_minute, "requests", [line.peak_requests for line in lines]),
        (grant.tokens_per_minute, "tokens", [line.peak_tokens for line in lines]),
    ):
        if limit is not None and None in peaks:
            yield f"limited to {limit:,} {what} a minute, and the busiest minute is not known"
        elif limit is not None and sum(peak for peak in peaks if peak is not None) > limit:
            yield f"limited to {limit:,} {what} a minute, which the busiest minute exceeds"


def _classes(scope: Scope) -> frozenset[str]:
    named = scope.token_classes or tuple(_CLASSES)
    allowed = frozenset(name for token_class in named for name in _CLASSES[token_class])
    return allowed - {CACHED} if "context_cache" in scope.excludes else allowed


def _groups(
    grant: Grant, fitting: Iterable[int], demands: Sequence[Demand], parts: Sequence[Part]
) -> Iterable[tuple[int, ...]]:
    """Positions of the parts that draw on one stock: those of each model, or all together."""
    allowed, groups = _classes(grant.scope), dict[str, list[int]]()
    usable = frozenset(fitting)
    for position, part in enumerate(parts):
        if part.demand in usable and part.classes <= allowed:
            key = demands[part.demand].model if grant.per_model else ""
            groups.setdefault(key, []).append(position)
    return [tuple(group) for group in groups.values()]


def _stock(offer: Offer, grant: Grant, use: Window, reach: tuple[int, ...]) -> Stock:
    amount, terms = _amount(grant), offer.terms
    renews = grant.kind == "recurring_tokens" and terms.period is not None
    period = _PERIODS[terms.period] if renews and terms.period else None
    source = Source(
        unit=_UNITS[grant.kind],
        parts=reach,
        opens=use.opens,
        closes=use.closes,
        amount=None if period or grant.percent is not None else amount,
        per_day=amount / period if period and amount is not None else None,
        off=Fraction(grant.percent or Decimal(100)) / 100,
    )
    return Stock(offer, source, _rank(grant, terms, use, period), grant.pool)


def _rank(grant: Grant, terms: OfferTerms, use: Window, period: Fraction | None) -> tuple[int, int, Fraction]:
    """Free models, then tokens bound to a model, tokens of a pool, vouchers, discounts; what ends first goes first."""
    classes: Mapping[str, int] = {ALL: 0, TOKENS: 1 if grant.per_model else 2, MONEY: 3, OFF: 4}
    ends = period or (_ENDLESS if use.closes is None else Fraction(use.closes))
    return classes[_UNITS[grant.kind]], terms.stack_order or 0, ends
