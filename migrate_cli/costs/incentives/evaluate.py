"""Which offers of a provider count for a workload, how long they last, and what they take off the bill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from migrate_cli.catalogue.offer_terms import Condition
from migrate_cli.catalogue.types import Offer
from migrate_cli.costs.incentives.case import Case, case_of, once_each_pool
from migrate_cli.costs.incentives.clocks import claim_until
from migrate_cli.costs.incentives.demand import Demand, Part, parts
from migrate_cli.costs.incentives.draw import draw
from migrate_cli.costs.incentives.remarks import remarks
from migrate_cli.costs.incentives.results import Incentives, OfferResult, Value
from migrate_cli.costs.incentives.standing import OFFICIAL, verdict_words
from migrate_cli.costs.incentives.sums import MARKS, add, bill, value

_ORDER = ("active_official", "active_reported", "unverified", "expired", "rejected")


def evaluate(
    offers: Iterable[Offer],
    demands: Iterable[Demand],
    *,
    as_of: date,
    start: date,
    answers: Mapping[str, bool],
    site: str | None,
) -> Incentives:
    """What the `offers` of one provider are worth for the daily `demands` of a program that starts at `start`.

    `as_of` is the report's date: an offer has to be open on it. `answers` holds the conditions that were answered, and
    an offer with an open one is listed but not counted. `site` is the platform that was priced, None when unknown:
    offers of a single platform are then not counted. Only offers that are official, live, of a known amount and that
    all answers allow count as money. Raises ValueError for offers of several providers or bills in several currencies.
    """
    offered, wanted = tuple(offers), tuple(demands)
    _refuse_mixtures(offered, wanted)
    needs = parts(wanted)
    cases = [
        case_of(offer, wanted, needs, as_of=as_of, start=start, answers=answers, site=site)
        for offer in offered
    ]
    cases = list(once_each_pool(cases))
    counting = [case for case in cases if case.why_not is None]
    values = _values(counting, wanted, needs)
    results = [_result(case, values.get(case.offer.id), wanted, needs, start) for case in cases]
    results.sort(key=lambda result: (not result.counts, _ORDER.index(result.verdict)))
    return Incentives(
        offers=tuple(results),
        currency=wanted[0].currency if wanted else None,
        without=bill(wanted),
        saved=add(found.sums for found in values.values()),
        at_least=any(demand.cost is None for demand in wanted),
        questions=tuple(dict.fromkeys(_asked(results))),
    )


def _asked(results: Iterable[OfferResult]) -> Iterator[Condition]:
    """The conditions whose answer would change the money: those of official offers."""
    for result in results:
        if result.verdict == OFFICIAL:
            yield from result.questions


def _refuse_mixtures(offers: Sequence[Offer], demands: Sequence[Demand]) -> None:
    if len({offer.provider for offer in offers}) > 1:
        raise ValueError("offers of several providers: evaluate one at a time")
    if len({demand.currency for demand in demands}) > 1:
        raise ValueError("bills in several currencies: evaluate one platform at a time")


def _values(cases: Sequence[Case], demands: Sequence[Demand], needs: Sequence[Part]) -> Mapping[str, Value]:
    """What each offer takes off when all of them are drawn in their order, by the offer's id."""
    order = sorted((stock for case in cases for stock in case.stocks), key=lambda stock: stock.rank)
    sources = [stock.source for stock in order]
    stretches = draw(sources, needs, MARKS)
    own = {
        case.offer.id: [index for index, stock in enumerate(order) if stock.offer is case.offer]
        for case in cases
    }
    return {
        name: value(positions, sources, stretches, demands, needs)
        for name, positions in own.items()
        if positions
    }


def _result(
    case: Case, found: Value | None, demands: Sequence[Demand], needs: Sequence[Part], start: date
) -> OfferResult:
    offer, use = case.offer, case.use
    return OfferResult(
        offer=offer,
        verdict=case.verdict,
        words=verdict_words(case.verdict, offer),
        counts=case.why_not is None,
        why_not=case.why_not,
        questions=case.questions,
        value=found,
        up_to=None if case.why_not is None else _up_to(case, demands, needs),
        currency=demands[0].currency if demands else None,
        claim_on=use.claim_on if use else None,
        claim_until=claim_until(offer),
        use_until=use.until if use else None,
        needs=offer.terms.needs,
        how=offer.terms.claim,
        remarks=tuple(remarks(offer, use, found, start, _even_so(case))),
    )


def _even_so(case: Case) -> str | None:
    """What would be in the way even if an offer that is hearsay were confirmed."""
    return case.supply.why if case.supply is not None and case.verdict != OFFICIAL else None


def _up_to(case: Case, demands: Sequence[Demand], needs: Sequence[Part]) -> Decimal | None:
    """What the offer would take off alone; None when that cannot be known or the offer cannot be had."""
    if case.supply is not None and case.supply.worthless:
        return Decimal(0)
    alone = _values([case], demands, needs).get(case.offer.id)
    return None if alone is None else alone.saved
