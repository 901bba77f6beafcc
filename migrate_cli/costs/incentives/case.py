"""One offer against a workload, before anything is drawn: whether it counts, and if not, why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from migrate_cli.catalogue.offer_terms import Condition
from migrate_cli.catalogue.types import Offer
from migrate_cli.costs.incentives.clocks import Window, begins_on, window
from migrate_cli.costs.incentives.demand import Demand, Part
from migrate_cli.costs.incentives.grants import Stock, Supply, supply
from migrate_cli.costs.incentives.standing import OFFICIAL, OPEN, verdict_at, verdict_words


@dataclass(frozen=True, slots=True)
class Case:
    """An offer against the workload. `why_not` None: it counts.

    `stocks` are there as well when it does not count but may be asked for. `supply` says what there is at all, None
    when the offer cannot be had.
    """

    offer: Offer
    verdict: str
    use: Window | None
    stocks: tuple[Stock, ...]
    questions: tuple[Condition, ...]
    why_not: str | None
    supply: Supply | None = None


def case_of(
    offer: Offer,
    demands: Sequence[Demand],
    needs: Sequence[Part],
    *,
    as_of: date,
    start: date,
    answers: Mapping[str, bool],
    site: str | None,
) -> Case:
    """The offer for the `demands` and their parts `needs`; the rest is as in `evaluate`."""
    verdict = verdict_at(offer, as_of)
    use = window(offer, start) if verdict in OPEN else None
    barred = (
        next(_barred(offer, use, as_of=as_of, answers=answers, site=site), None) if verdict in OPEN else None
    )
    found = supply(offer, use, demands, needs) if use and barred is None else None
    stocks = found.stocks if found else ()
    unpriced = "what it pays for has no price" if _unpriced(stocks, needs) else None
    questions = tuple(need for need in offer.terms.needs if need.word not in answers) if stocks else ()
    reasons = (
        None if verdict == OFFICIAL else verdict_words(verdict, offer),
        barred,
        found.why if found else None,
        unpriced,
        f"not answered: {', '.join(need.word for need in questions)}" if questions else None,
    )
    return Case(
        offer=offer,
        verdict=verdict,
        use=use,
        stocks=() if unpriced else stocks,
        questions=questions,
        why_not=next((reason for reason in reasons if reason is not None), None),
        supply=found,
    )


def _barred(
    offer: Offer, use: Window | None, *, as_of: date, answers: Mapping[str, bool], site: str | None
) -> Iterator[str]:
    """Why an offer that may exist cannot be had here."""
    first, terms = begins_on(offer), offer.terms
    if first is not None and first > as_of:
        yield f"it begins on {first}"
    if terms.site is not None and terms.site != site:
        yield f"only on the {terms.site} site"
    refused = [need.word for need in terms.needs if answers.get(need.word) is False]
    if refused:
        yield f"not for you: {', '.join(refused)}"
    if use is None:
        yield "it would be over before the first day of use"


def _unpriced(found: Sequence[Stock], needs: Sequence[Part]) -> bool:
    """Whether nothing that the stocks can pay for has a price."""
    reach = [needs[part] for stock in found for part in stock.source.parts]
    return bool(reach) and all(part.cost is None for part in reach)


def once_each_pool(cases: Iterable[Case]) -> Iterator[Case]:
    """The cases, where a pool that several offers speak of counts for the first of them only."""
    owners: dict[str, Offer] = {}
    for case in cases:
        pools = [stock.pool for stock in case.stocks if stock.pool is not None]
        taken = [owners[pool] for pool in pools if pool in owners]
        if case.why_not is None and taken:
            yield Case(case.offer, case.verdict, case.use, (), (), f"the same tokens as {taken[0].title!r}")
            continue
        if case.why_not is None:
            owners |= dict.fromkeys(pools, case.offer)
        yield case
