"""The log of a stand-in in words: one line per request, and a count at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate_cli.files.secrets import mask
from migrate_cli.runtime.exchange import Exchange
from migrate_cli.runtime.hostile.server import BOUND, Hostile


def line(exchange: Exchange) -> str:
    """`STATUS METHOD PATH [in DIALECT] MODEL: verdict`, behind it what has no effect or no source. Keys are masked."""
    verdict = exchange.verdict
    notes = [f"ignored: {name}" for name in verdict.notes.ignored]
    notes += [f"not proven: {name}" for name in verdict.notes.unproven]
    notes += [f"belongs to OpenAI: {name}" for name in exchange.leaks]
    if verdict.refused is not None:
        said = f"refused ({verdict.refused.check}): {verdict.refused.reason}"
        notes += [] if verdict.refused.shape_known else ["not proven: the form of this error"]
    elif verdict.unplayed is not None:
        said = f"not played: {verdict.unplayed}"
    else:
        said = f"hostile ({exchange.hostile})" if exchange.hostile else "answered"
    model = f" {verdict.model}" if verdict.model else ""
    spoken = f" in {exchange.dialect}" if exchange.dialect else ""
    text = "; ".join([f"{exchange.status} {exchange.method} {exchange.path}{spoken}{model}: {said}", *notes])
    return mask("".join(char if char.isprintable() else "?" for char in text))


def summary(exchanges: Sequence[Exchange], hostile: Hostile | None = None) -> Iterator[str]:
    """How many requests met what; in hostile mode also the items met and who tried too often."""
    refused = sum(exchange.verdict.refused is not None for exchange in exchanges)
    unproven = {note for exchange in exchanges for note in exchange.verdict.notes.unproven}
    ignored = {note for exchange in exchanges for note in exchange.verdict.notes.ignored}
    unplayed = sum(exchange.verdict.unplayed is not None for exchange in exchanges)
    accepted = len(exchanges) - refused - unplayed
    beside = f", {unplayed} not played" if unplayed else ""
    yield f"{_count(len(exchanges), 'request')}: {refused} refused, {accepted} accepted{beside}"
    if ignored:
        yield f"ignored there: {', '.join(sorted(ignored))}"
    if unproven:
        yield f"not proven: {', '.join(sorted(unproven))}"
    if hostile is None:
        return
    yield f"hostile answers met: {', '.join(hostile.names) or 'none'}"
    for name in hostile.overtried:
        yield f"tried more than {BOUND} times, though it never passes: {name}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
