"""What keeps sites from moving by themselves: per provider the reasons, and how to get the places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate_cli.costs.effort import Effort, Hold, Reason
from migrate_cli.costs.lines import CostReport, ProviderReport
from migrate_cli.report.cost_cells import NOTHING, number_cell
from migrate_cli.report.cost_words import who
from migrate_cli.report.handover_text import duration
from migrate_cli.report.page.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Kind,
    Line,
    Paragraph,
    Row,
    Section,
    Table,
    Tone,
)
from migrate_cli.report.words import plural

_ROWS, _LEAST, _MOST = 24, 2, 8  # of the whole table, and of each provider
_COLUMNS = (
    Column("provider"),
    Column("how"),
    Column("places", Kind.NUMBER),
    Column("work", Kind.NUMBER, 1),
    Column("rule", rank=2),
    Column("why"),
)
_TONES = {Hold.NOT_AT_ALL: Tone.BAD, Hold.BY_HAND: Tone.PLAIN, Hold.REVIEW: Tone.QUIET}
_LEAD = (
    "Sites that do not move by themselves, with our estimate of the time. A place is a line that asks for a look or "
    "for work; a site may have several."
)


def work_section(report: CostReport, providers: Sequence[ProviderReport]) -> tuple[Section, ...]:
    """The sites of each of the `providers` by what becomes of them, and why; nothing without a plan that has sites."""
    planned = [(p, p.effort) for p in providers if p.effort is not None and p.effort.sites]
    if not planned:
        return ()
    shown = max(_LEAST, min(_MOST, _ROWS // len(planned)))
    rows = tuple(_row(p, reason) for p, effort in planned for reason in effort.reasons[:shown])
    blocks: tuple[Block, ...] = (
        Paragraph(Line(_LEAD)),
        Bullets(tuple(Line(_sum(p, effort, shown)) for p, effort in planned)),
        *([Table(_COLUMNS, rows, "Why: the hardest first, then the most frequent")] if rows else []),
        *([Paragraph(Line(_places(planned[0][0], len(planned))))] if rows else []),
    )
    return (Section("Not portable by itself", "not-portable", blocks),)


def _sum(provider: ProviderReport, effort: Effort, shown: int) -> str:
    """`glm (china): 16 of 21 sites by themselves, 5 to review, about 40 min.`"""
    counts = {
        Hold.REVIEW: effort.review,
        Hold.BY_HAND: effort.by_hand,
        Hold.NOT_AT_ALL: effort.impossible,
    }
    parts = [f"{effort.automatic:,} of {plural(effort.sites, 'site')} by themselves"]
    parts += [f"{count:,} {hold.value}" for hold, count in counts.items() if count]
    parts += [f"about {duration(effort.minutes)}"] if effort.minutes else []
    more = len(effort.reasons) - shown
    rest = f" {plural(more, 'more reason')} not shown here." if more > 0 else ""
    return f"{who(provider)}: {', '.join(parts)}.{rest}"


def _row(provider: ProviderReport, reason: Reason) -> Row:
    return Row((*_cells(provider, reason),))


def _cells(provider: ProviderReport, reason: Reason) -> Iterator[Cell]:
    yield Cell(who(provider))
    yield Cell(reason.hold.value, tone=_TONES[reason.hold])
    yield number_cell(reason.places, "places")
    minutes = number_cell(reason.minutes, "minutes")
    yield Cell(duration(reason.minutes), figures=minutes.figures) if reason.minutes else NOTHING
    yield Cell(reason.code) if reason.code else NOTHING
    yield Cell(reason.message, f"and {plural(reason.others, 'place')} alike" if reason.others else "")


def _places(first: ProviderReport, count: int) -> str:
    name = first.provider if count == 1 else "PROVIDER"
    return (
        f"Every place with its line: migrate scan PATHS --to {name}, and with --format sarif for code scanning. "
        "One rule: migrate explain RULE."
    )
