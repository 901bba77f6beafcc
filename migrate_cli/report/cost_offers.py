"""The offers of the providers: which count for this program, what they take off its bill, and how to get them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from migrate_cli.catalogue.types import Offer
from migrate_cli.costs.incentives.results import OfferResult
from migrate_cli.costs.lines import CostReport, ProviderReport
from migrate_cli.costs.money import up_to
from migrate_cli.costs.pricing import Cost
from migrate_cli.report.cost_cells import NOTHING, bill_cell, sources_of
from migrate_cli.report.page.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Kind,
    Line,
    Paragraph,
    Row,
    Section,
    Source,
    Table,
    Tone,
)

_NONE = Section("Offers", "offers", (Paragraph(Line("None is known for these providers.", Tone.QUIET)),))
_COLUMNS = (
    Column("provider"),
    Column("offer"),
    Column("state"),
    Column("takes off in a year", Kind.MONEY),
    Column("lasts", Kind.NUMBER, 3),
    Column("claim", rank=1),
    Column("use until", Kind.DATE, 2),
)


def offers_section(report: CostReport) -> Section:
    """One row per offer, those that count first within each provider, and what has to be answered for the others."""
    rows = tuple(_row(result, provider, report) for provider, result in _offers(report))
    if not rows:
        return _NONE
    lead = "Only offers on a provider's own page, still open and of a known amount are taken off a bill."
    blocks: tuple[Block, ...] = (Paragraph(Line(lead)), *_questions(report), Table(_COLUMNS, rows))
    return Section("Offers", "offers", blocks)


def _offers(report: CostReport) -> Iterator[tuple[ProviderReport, OfferResult]]:
    for provider in report.providers:
        for result in provider.incentives.offers if provider.incentives else ():
            yield provider, result


def _questions(report: CostReport) -> Iterator[Bullets]:
    """The open conditions, each once, by the word that answers it."""
    asked = {need.word: need.question for _, result in _offers(report) for need in result.questions}
    if asked:
        lines = tuple(Line(f"{word}: {question}") for word, question in sorted(asked.items()))
        yield Bullets(lines, "Not counted until answered, with --eligible WORD or --not-eligible WORD")


def _row(result: OfferResult, provider: ProviderReport, report: CostReport) -> Row:
    offer = result.offer
    note = " ".join(
        [*([offer.note] if offer.note else []), *(f"Note: {remark}." for remark in result.remarks)]
    )
    name = Cell(offer.title, offer.amount or "", note, sources=_said_by(offer))
    cells = (_state(result), _worth(result, report), _lasts(result), _claim(result), _day(result.use_until))
    return Row((Cell(provider.provider), name, *cells))


def _sentence(remark: str) -> str:
    return f"{remark[:1].upper()}{remark[1:]}."


def _said_by(offer: Offer) -> tuple[Source, ...]:
    """The reports with what each of them says, and the offer's own source where none of them is it."""
    told = any((report.source or "").startswith(offer.fact.source or "-") for report in offer.reports)
    return sources_of(offer.reports if told else [offer.fact, *offer.reports])


def _state(result: OfferResult) -> Cell:
    if result.counts:
        return Cell("counted", result.words, tone=Tone.GOOD)
    why = "" if result.why_not in (None, result.words) else f"not counted: {result.why_not}"
    return Cell(result.words, why, tone=Tone.PLAIN if result.questions else Tone.QUIET)


def _worth(result: OfferResult, report: CostReport) -> Cell:
    """What it takes off in the first year; of one that does not count, what it would at most."""
    yuan, currency = report.exchange.cny_per_usd, result.currency
    if currency is None:
        return NOTHING
    if result.value is not None:
        amount = result.value.sums.year
        return bill_cell(Cost(amount, amount, currency), yuan, at_least=result.value.at_least)
    if not result.up_to:
        return NOTHING
    cell = bill_cell(Cost(result.up_to, result.up_to, currency), yuan)
    return Cell(up_to(cell.text), cell.second, tone=Tone.QUIET, figures=cell.figures, sort=cell.sort)


def _lasts(result: OfferResult) -> Cell:
    """Days, or hours, at this program's rate, until the first of its models has to be paid for."""
    if result.value is None:
        return NOTHING
    if result.value.days is None:
        return Cell("no end known")
    days, unit = (result.value.days, "days") if result.value.days >= 1 else (result.value.days * 24, "hours")
    time = days.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    figure = Figure(time, time, unit)
    return Cell(f"{time:,} {unit}" if time else "minutes", figures=(figure,), sort=result.value.days)


def _claim(result: OfferResult) -> Cell:
    by = f"by {result.claim_until}" if result.claim_until else ""
    if result.verdict == "expired" or not (by or result.how):
        return NOTHING
    return Cell(by or result.how or "", note=(result.how or "") if by else "")


def _day(day: date | None) -> Cell:
    return NOTHING if day is None else Cell(day.isoformat(), sort=Decimal(day.toordinal()))
