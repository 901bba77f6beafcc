"""`migrate catalog check` as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from migrate_cli.costs.agreement.check import Check
from migrate_cli.costs.agreement.compare import Agreement, Difference
from migrate_cli.costs.agreement.stale import STALE_DAYS, Stale
from migrate_cli.costs.money import rate_text, sign
from migrate_cli.report.words import plural, visible

if TYPE_CHECKING:
    from rich.console import Console

_SCHEMA = 1


def render_check(check: Check, console: Console) -> None:
    """Old facts by owner, then per data set the rates that differ."""
    _print(console, *_stale_lines(check.stale))
    for agreement in check.agreements:
        _print(console, "", _head(agreement))
        for _, group in groupby(agreement.differences, lambda d: (d.provider, d.site, d.model)):
            _print(console, *_model_lines(tuple(group)))
    if check.agreements:
        rate, day = check.rate.cny_per_usd, check.rate.as_of
        _print(
            console,
            "",
            f"Converted at {rate} yuan per dollar, {check.rate.source}{f' ({day})' if day else ''}.",
        )
        _print(
            console,
            "A difference is a reason to read the provider's own page; the catalogue is never changed.",
        )


def check_json(check: Check) -> dict[str, Any]:
    """The same as data; amounts are strings, in the currency named, per million tokens."""
    return {
        "schema": _SCHEMA,
        "as_of": check.as_of.isoformat(),
        "cny_per_usd": {
            "rate": str(check.rate.cny_per_usd),
            "as_of": check.rate.as_of,
            "source": check.rate.source,
        },
        "stale": [
            {"owner": s.owner, "kind": s.kind, "name": s.name, "as_of": s.as_of, "days": s.days}
            for s in check.stale
        ],
        "against": [_agreement(agreement) for agreement in check.agreements],
    }


def _agreement(agreement: Agreement) -> Mapping[str, Any]:
    return {
        "dataset": agreement.dataset,
        "compared": agreement.compared,
        "without_price_here": agreement.unknown,
        "other_places": agreement.others,
        "differences": [_difference(difference) for difference in agreement.differences],
    }


def _difference(difference: Difference) -> Mapping[str, Any]:
    return {
        "provider": difference.provider,
        "site": difference.site,
        "model": difference.model,
        "rate": difference.rate,
        "ours": rate_text(difference.ours),
        "currency": difference.currency,
        "theirs_usd": rate_text(difference.theirs),
        "change_percent": None if difference.change is None else f"{difference.change * 100:.1f}",
        "implied_cny_per_usd": None if difference.implied is None else f"{difference.implied:.2f}",
        "as_of": difference.as_of,
        "note": difference.note,
    }


def _stale_lines(stale: Iterable[Stale]) -> list[str]:
    """One line per owner and kind: how many, and the oldest."""
    found: dict[tuple[str, str], list[Stale]] = {}
    for fact in stale:
        found.setdefault((fact.owner, fact.kind), []).append(fact)
    if not found:
        return [f"No fact is older than {STALE_DAYS} days."]
    total = sum(map(len, found.values()))
    lines = [f"{plural(total, 'fact')} older than {STALE_DAYS} days, or without a date:"]
    for (owner, kind), facts in found.items():
        oldest = max(facts, key=lambda fact: float("inf") if fact.days is None else fact.days)
        lines.append(f"  {owner}: {plural(len(facts), kind)}, the oldest {oldest.name} ({_age(oldest)})")
    return lines


def _age(fact: Stale) -> str:
    return "no date" if fact.days is None else f"{fact.as_of}, {plural(fact.days, 'day')}"


def _head(agreement: Agreement) -> str:
    differing = len(agreement.differences)
    said = "none differs" if not differing else f"{differing} {'differs' if differing == 1 else 'differ'}"
    return (
        f"{agreement.dataset}: {plural(agreement.compared, 'rate')} compared, {said} by more than 5%; "
        f"{plural(agreement.unknown, 'row')} without a price here, {agreement.others:,} of other places"
    )


def _model_lines(rates: tuple[Difference, ...]) -> list[str]:
    first = rates[0]
    place = f"{first.provider} {first.site}" if first.site else first.provider
    note = f"; {first.note}" if first.note else ""
    lines = [f"  {place} {first.model} (ours of {first.as_of or 'unknown date'}{note})"]
    for rate in rates:
        change = "ours is free" if rate.change is None else f"{rate.change * 100:+.1f}%"
        implied = f", equal at {rate.implied:.2f} yuan per dollar" if rate.implied is not None else ""
        ours = f"{sign(rate.currency)}{rate_text(rate.ours)}"
        lines.append(
            f"    {rate.rate.replace('_', ' ')}: {ours} here, ${rate_text(rate.theirs)} there: {change}{implied}"
        )
    return lines


def _print(console: Console, *lines: str) -> None:
    for line in lines:
        console.print(visible(line), soft_wrap=True)
