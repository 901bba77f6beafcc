"""The cost report: OpenAI today, what OpenAI names instead, and each provider."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from migrate_cli.catalogue.loader import Catalogue
from migrate_cli.catalogue.types import OpenAIModel, Provider
from migrate_cli.costs.assumptions import assumptions, later
from migrate_cli.costs.breakeven import break_even
from migrate_cli.costs.effort import Effort
from migrate_cli.costs.lines import CostReport, OpenAILine, ProviderReport, Total, Unpriced
from migrate_cli.costs.money import exchange
from migrate_cli.costs.moves import provider_report
from migrate_cli.costs.offers import offer_lines
from migrate_cli.costs.outside import outside
from migrate_cli.costs.pricing import Cost
from migrate_cli.costs.ranking import ranking
from migrate_cli.costs.savings import incentives
from migrate_cli.costs.sources import sources
from migrate_cli.costs.terms import Terms
from migrate_cli.costs.today import known_model, openai_line
from migrate_cli.costs.totals import total
from migrate_cli.costs.usage.models import other_provider

_DATED = re.compile(r"-(\d{4}-\d\d-\d\d|\d{4})$")
NO_EFFORT: Mapping[str, Effort] = {}


def compare(
    models: Mapping[str, int],
    providers: Sequence[Provider],
    catalogue: Catalogue,
    terms: Terms,
    efforts: Mapping[str, Effort] = NO_EFFORT,
) -> CostReport:
    """Compare the OpenAI `models` found (id to number of call sites) with `providers`, as `terms` ask.

    `efforts` gives the work of each provider's plan by provider id; without, no break-even is told.
    Raises UserError for an exchange rate that is not positive.
    """
    rate = exchange(catalogue.rate(), terms.fx, terms.as_of)
    yuan = rate.cny_per_usd
    profiles = len(terms.scenarios)
    missed = tuple(outside(terms.traffic, lambda name: known_model(name, catalogue) is not None))
    names = sorted(in_use(models, catalogue, terms).items())
    found = tuple(openai_line(name, count, catalogue, terms) for name, count in names)
    reports = tuple(
        _completed(
            provider_report(provider, found, catalogue, terms, yuan, efforts.get(provider.id)),
            provider,
            found,
            missed,
            catalogue,
            terms,
            yuan,
        )
        for provider in providers
    )
    offers = offer_lines(catalogue.offers(), [provider.id for provider in providers], terms.as_of)
    return CostReport(
        as_of=terms.as_of,
        exchange=rate,
        profiles=tuple(scenario.label for scenario in terms.scenarios),
        openai=found,
        today=_at_least(missed, total([line.costs for line in found], yuan, profiles)),
        staying=_at_least(missed, total([line.staying for line in found], yuan, profiles)),
        providers=reports,
        offers=offers,
        unpriced=(*missed, *_unpriced_openai(found), *_unpriced_targets(reports)),
        assumptions=(*assumptions(terms, rate, providers), *_later(found, reports, terms)),
        sources=sources(found, reports, offers, rate),
        origin=terms.scenarios[0].origin,
        main=terms.main,
        traffic=terms.traffic,
        billed=_billed(terms),
        ranking=ranking(reports, providers, found, terms, yuan),
        wage=terms.wage,
    )


def _later(found: Sequence[OpenAILine], reports: Sequence[ProviderReport], terms: Terms) -> Iterator[str]:
    targets = [line.price for report in reports for line in report.lines if not line.yours]
    advices = [line.advice for line in found if line.advice is not None]
    return later(targets, (advice.as_of for advice in advices), terms)


def _at_least(missed: Sequence[Unpriced], totals: tuple[Total, ...]) -> tuple[Total, ...]:
    """The sums, marked where usage is missing from all of them."""
    return tuple(replace(one, at_least=True) for one in totals) if missed else totals


def in_use(models: Mapping[str, int], catalogue: Catalogue, terms: Terms) -> dict[str, int]:
    """The models to report, with their call sites: those of the code, and those of the usage.

    Names that the catalogue takes for one model become one where traffic was counted, as it is counted once.
    """
    counted = terms.scenarios[0].models
    if not counted:
        return dict(models)
    merged = dict.fromkeys(counted, 0)
    for name, count in models.items():
        key = canonical(name, catalogue)
        merged[key] = merged.get(key, 0) + count
    return merged


def canonical(name: str, catalogue: Catalogue) -> str:
    """The id to count a model under, whatever a program, a log or a bill calls it; the name itself if unknown.

    A dated snapshot counts as its model where both cost the same and end on the same day: logs name the snapshot,
    programs the model.
    """
    known = known_model(name, catalogue)
    if known is None:
        return name
    base = catalogue.openai_models().get(_DATED.sub("", known.id))
    return base.id if base is not None and _alike(base, known) else known.id


def _alike(one: OpenAIModel, other: OpenAIModel) -> bool:
    return (one.status, one.shutdown, one.replacement, _rates(one)) == (
        other.status,
        other.shutdown,
        other.replacement,
        _rates(other),
    )


def _rates(model: OpenAIModel) -> tuple[object, ...]:
    price = model.price
    return () if price is None else (price.input, price.cached_input, price.output, price.tiers, price.unit)


def _billed(terms: Terms) -> tuple[Cost, ...]:
    """All that the bills say was paid to OpenAI, one sum per currency; a model of another maker was paid elsewhere."""
    sums: dict[str, Decimal] = {}
    for bill in terms.traffic.bills if terms.traffic else ():
        if other_provider(None, bill.model) is not None:
            continue
        sums[bill.currency] = sums.get(bill.currency, Decimal(0)) + bill.amount
    return tuple(Cost(amount, amount, currency) for currency, amount in sorted(sums.items()))


def _completed(
    report: ProviderReport,
    provider: Provider,
    found: Sequence[OpenAILine],
    missed: Sequence[Unpriced],
    catalogue: Catalogue,
    terms: Terms,
    yuan: Decimal,
) -> ProviderReport:
    """The report with what its sums miss, with its offers, and with when the work has paid for itself."""
    report = replace(
        report,
        totals=_at_least(missed, report.totals),
        incentives=incentives(report, provider, catalogue.offers(), terms, yuan),
    )
    if report.effort is None or terms.wage is None:
        return report
    wage, main = terms.wage, terms.main
    work = wage.amount * report.effort.minutes / 60
    bills = [line.costs[main] for line in report.lines]
    today = [line.paid[main] for line in found]
    staying = [line.staying[main] for line in found]
    return replace(
        report,
        break_even_today=break_even(work, wage.currency, today, bills, yuan),
        break_even_staying=break_even(work, wage.currency, staying, bills, yuan),
    )


def _unpriced_openai(found: Iterable[OpenAILine]) -> Iterable[Unpriced]:
    for line in found:
        if line.unpriced:
            yield Unpriced("OpenAI today", line.model, line.unpriced)
        if line.advice is not None and line.advice.unpriced:
            yield Unpriced("OpenAI's replacement", line.advice.model, line.advice.unpriced)
        if line.advice is None and line.state in ("ending", "gone"):
            yield Unpriced("OpenAI's replacement", line.model, "no replacement that OpenAI names was found")


def _unpriced_targets(reports: Iterable[ProviderReport]) -> Iterable[Unpriced]:
    for report in reports:
        for line in report.lines:
            if line.unpriced:
                label = f"{line.openai_model} → {line.model}" if line.model else line.openai_model
                yield Unpriced(report.provider, label, line.unpriced)
