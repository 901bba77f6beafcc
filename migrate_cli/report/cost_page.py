"""The cost report as a page: verdict, providers, models, offers, work, what is not priced, and what it rests on."""

from __future__ import annotations

from migrate_cli.catalogue.types import Fact
from migrate_cli.costs.lines import CostReport
from migrate_cli.report.cost_cells import sources_of
from migrate_cli.report.cost_models import models_section
from migrate_cli.report.cost_offers import offers_section
from migrate_cli.report.cost_providers import ordered, providers_section
from migrate_cli.report.cost_traffic import traffic_section
from migrate_cli.report.cost_verdict import verdict_section
from migrate_cli.report.cost_words import NOT_QUALITY
from migrate_cli.report.cost_work import work_section
from migrate_cli.report.page.model import (
    Bullets,
    Cell,
    Column,
    Line,
    Page,
    Paragraph,
    Row,
    Section,
    Sources,
    Table,
)

_DERIVED = (
    "Sums, percentages and months follow from the figures beside them. Sites are counted in your code, and the work is "
    "our estimate."
)


def cost_page(report: CostReport) -> Page:
    """The whole report, ready for any of the renderers in `report/page/`."""
    sections = (
        verdict_section(report),
        *traffic_section(report),
        *((providers_section(report), models_section(report)) if report.openai else ()),
        offers_section(report),
        *work_section(report, ordered(report)),
        *_gaps(report),
        _basis(report),
    )
    return Page("What leaving OpenAI costs", f"Costs per month. {NOT_QUALITY}", _dated(report), sections)


def _dated(report: CostReport) -> Line:
    rate = report.exchange
    given = Fact(rate.as_of, rate.source, None)
    day = f" on {rate.as_of}" if rate.as_of else f", {rate.source}"
    return Line(
        f"As of {report.as_of.isoformat()}. 1 US dollar = {rate.cny_per_usd} yuan{day}.",
        sources=sources_of([given]) if rate.as_of else (),
    )


def _gaps(report: CostReport) -> tuple[Section, ...]:
    if not report.unpriced:
        return ()
    rows = tuple(Row((Cell(u.where), Cell(u.model), Cell(u.reason))) for u in report.unpriced)
    table = Table((Column("where"), Column("model"), Column("why")), rows)
    return (Section("Not priced", "not-priced", (table,)),)


def _basis(report: CostReport) -> Section:
    """The assumptions, then the sources of all figures above."""
    lines = tuple(Line(text) for text in report.assumptions)
    blocks = (Bullets(lines, "Assumptions"), Paragraph(Line(_DERIVED)), Sources())
    return Section("Assumptions and sources", "basis", blocks)
