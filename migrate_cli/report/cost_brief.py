"""The cost report that follows a rewrite: one row per model, the totals, and what to bear in mind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from migrate_cli.catalogue.types import Price
from migrate_cli.costs.lines import CostReport, OfferLine, OpenAILine, ProviderReport, TargetLine
from migrate_cli.costs.money import Exchange
from migrate_cli.costs.workload import CHAT_PROFILES
from migrate_cli.report.cost_layout import add_row, bullets, open_narrow_table
from migrate_cli.report.cost_words import (
    MIDDLE,
    NOT_QUALITY,
    NOTHING_FOUND,
    UNPRICED,
    difference_text,
    price_brief,
    shared_text,
    stacked,
    total_text,
    who,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_AGAINST = "mid cost against\nlist / replacement"


def render_costs_brief(report: CostReport, console: Console) -> None:
    """Print the brief report on `console`; made for 100 columns, and for the models of one program."""
    console.print(
        f"Costs per month at list prices, as of {report.as_of.isoformat()}", style="bold", highlight=False
    )
    console.print(
        f"{NOT_QUALITY} Per 1M tokens, in / out; (old): over 90 days or undated.\n", highlight=False
    )
    if report.openai:
        _compared(report, console)
    else:
        console.print(NOTHING_FOUND, highlight=False)
    _list("Offers (not deducted; ask about any that is not official)", _offers(report), console)
    _list("Not priced", [f"{u.where}: {u.model}: {u.reason}" for u in report.unpriced], console)
    _list("Behind the figures", _notes(report), console)
    names = " ".join(f"--to {provider.provider}" for provider in report.providers)
    console.print(
        # a rewrite leaves no OpenAI model in the code for a report to find
        f"Full report: migrate report PATHS {names} (before the move; or --verbose here)",
        highlight=False,
        markup=False,
    )


def _compared(report: CostReport, console: Console) -> None:
    for provider in report.providers:
        console.print(_models(report, provider), "")
    console.print(_totals(report), "")
    for provider in report.providers:
        bullets(_dearer(report, provider), console)


def _models(report: CostReport, provider: ProviderReport) -> Table:
    table = open_narrow_table(
        ("OpenAI model", "list price", "OpenAI's own\nreplacement", who(provider), _AGAINST)
    )
    for line, target in zip(report.openai, provider.lines, strict=True):
        add_row(
            table,
            f"{line.model}\n{_state(line)}",
            price_brief(line.price, stale=line.stale),
            _replacement(line),
            _target(target),
            _against(target),
        )
    return table


def _state(line: OpenAILine) -> str:
    if line.state == "gone":
        return f"gone since {line.shutdown}" if line.shutdown else "gone, date unknown"
    if line.state == "ending":
        return f"ends {line.shutdown}"
    return "no end date known" if line.state == "active" else line.status


def _replacement(line: OpenAILine) -> str:
    advice = line.advice
    if advice is None:
        return "not needed yet" if line.state == "active" else "none known"
    note = f" ({advice.note})" if advice.note else ""
    return f"{advice.model}{note}\n{price_brief(advice.price, stale=advice.stale)}"


def _target(line: TargetLine) -> str:
    """The target and its price; for the user's own choice also what the catalogue holds against it."""
    if line.model is None:
        return "no target"
    price = price_brief(line.price, stale=line.stale)
    if line.chosen_by != "you":
        return f"{line.model}\n{price}"
    return "\n".join(part for part in (f"{line.model} (your choice)", price, line.note) if part)


def _against(line: TargetLine) -> str:
    today, staying = line.vs_today[MIDDLE], line.vs_staying[MIDDLE]
    if today is None and staying is None:
        return UNPRICED if line.unpriced else "–"
    return f"{difference_text(today)} /\n{difference_text(staying)}"


def _totals(report: CostReport) -> Table:
    """OpenAI's sums in dollars as published, the providers' in both currencies."""
    table = open_narrow_table(("All models together", *report.profiles, _AGAINST))
    yuan, count = report.exchange.cny_per_usd, len(report.openai)
    for name, totals in (("OpenAI, list price", report.today), ("OpenAI's replacements", report.staying)):
        add_row(table, name, *(total_text(total, yuan).partition(" (")[0] for total in totals), "")
    for provider in report.providers:
        sums = (stacked(total_text(total, yuan)) for total in provider.totals)
        add_row(table, who(provider), *sums, _all_against(provider, count))
    return table


def _all_against(provider: ProviderReport, count: int) -> str:
    """Both differences; how many models they cover is said once where it is the same for both."""
    today = shared_text(provider.vs_today, provider.shared_today, count)
    staying = shared_text(provider.vs_staying, provider.shared_staying, count)
    if provider.shared_today == provider.shared_staying:
        today = difference_text(provider.vs_today[MIDDLE])
    return f"{today} /\n{stacked(staying)}"


def _dearer(report: CostReport, provider: ProviderReport) -> Iterator[str]:
    """Sentences where the move is, or may be, dearer than staying with OpenAI: as a whole, and in part."""
    name, against = provider.provider, provider.vs_staying[MIDDLE]
    if against is not None and against.high > 0:
        costs = "costs" if against.low > 0 else "can cost"
        words = shared_text(provider.vs_staying, provider.shared_staying, len(report.openai))
        yield f"Moving to {name} {costs} more than OpenAI's own replacements: {words} at mid volume."
    each = [(line.openai_model, line.vs_staying[MIDDLE]) for line in provider.lines]
    dearer = [model for model, change in each if change is not None and change.low > 0]
    if 0 < len(dearer) < provider.shared_staying:
        yield f"Taken alone, dearer than staying with OpenAI: {', '.join(dearer)}."


def _offers(report: CostReport) -> Iterator[str]:
    for line in report.offers:
        day = line.offer.fact.as_of
        yield f"{line.offer.provider}: {line.offer.title}: {_standing(line)} ({day or 'undated'})"
    if not report.offers:
        yield "none known for this provider"


def _standing(line: OfferLine) -> str:
    ends, starts = line.offer.ends, line.offer.starts
    until = f" until {ends}" if ends else ""
    if line.verdict == "expired":
        return f"expired{f' on {ends}' if ends else ''}"
    if line.verdict == "active_reported":
        return f"reported active{until}"
    if line.verdict == "unverified":
        return "unverified"
    return f"active{until}, official" if line.counts else f"official, from {starts}{until}"


def _notes(report: CostReport) -> Iterator[str]:
    yield from _dates(report)
    low, *_ = CHAT_PROFILES
    volumes = ", ".join(f"{p.label.removesuffix(' (assumed)')} {p.volume.requests:,}" for p in CHAT_PROFILES)
    each = low.volume.requests
    yield (
        f"Assumed: {volumes} requests per model, "
        f"{low.volume.input // each:,} tokens in, {low.volume.output // each:,} out."
    )
    free = {
        line.model: line.price.reason
        for provider in report.providers
        for line in provider.lines
        if line.price
    }
    for model, reason in free.items():
        if reason:
            yield f"{model}: {reason}; whether the volume fits its limits is not checked."
    yield _rate(report.exchange)


def _dates(report: CostReport) -> Iterator[str]:
    advised = [line.advice for line in report.openai if line.advice is not None]
    ours = [*(line.price for line in report.openai), *(advice.price for advice in advised)]
    parts = [f"{_span(_days(ours))} (OpenAI)"]
    parts += [f"{_span(_days(line.price for line in p.lines))} ({p.provider})" for p in report.providers]
    advice = f"; OpenAI's advice of {_span(a.as_of or 'unknown date' for a in advised)}" if advised else ""
    yield f"Prices of {', '.join(parts)}{advice}."


def _days(prices: Iterable[Price | None]) -> Iterator[str]:
    return (price.fact.as_of or "unknown date" for price in prices if price is not None)


def _span(days: Iterable[str]) -> str:
    """The first and the last of the dates as written, or that there is none."""
    ordered = sorted(set(days))
    if not ordered:
        return "no date"
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]} to {ordered[-1]}"


def _rate(exchange: Exchange) -> str:
    old = (
        ". That is more than 45 days old: give migrate report a current one with --fx" if exchange.old else ""
    )
    return f"1 US dollar = {exchange.cny_per_usd} yuan ({exchange.as_of or exchange.source}){old}."


def _list(title: str, lines: Iterable[str], console: Console) -> None:
    """The lines below their title; nothing without lines."""
    shown = list(lines)
    if shown:
        console.print(title, style="bold", highlight=False, markup=False)
    bullets(shown, console)
