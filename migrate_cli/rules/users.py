"""Who uses a value that stands outside of the code, and whether all of them move: what an edit of it hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import Enum

from migrate_cli.model import Certainty, Level, Origin, Site, SiteId, SiteKind, Span, Value
from migrate_cli.rules.support import Situation

MOVING = (Level.EDIT, Level.MIGRATED)


class Standing(str, Enum):
    """How much of what uses a value moves."""

    ALL = "all"
    SOME = "some"
    NONE = "none"  # it is known, and stays
    UNKNOWN = "unknown"  # nothing in reach uses it


def of_variables(sites: Iterable[Site]) -> Mapping[str, tuple[Site, ...]]:
    """The sites in Python that read each environment variable, or that its value reaches."""
    found: dict[str, dict[SiteId, Site]] = {}
    for site, value in _values(sites):
        name = site.variable if value is None else value.variable
        if name is not None:
            found.setdefault(name, {})[site.id] = site
    return {name: tuple(group.values()) for name, group in found.items()}


def of_files(sites: Iterable[Site]) -> Mapping[tuple[str, Span], tuple[Site, ...]]:
    """The sites in Python that each value of a configuration file reaches."""
    found: dict[tuple[str, Span], dict[SiteId, Site]] = {}
    for site, value in _values(sites):
        if value is not None and value.origin is Origin.FILE:
            found.setdefault((value.path, value.span), {})[site.id] = site
    return {place: tuple(group.values()) for place, group in found.items()}


def _values(sites: Iterable[Site]) -> Iterator[tuple[Site, Value | None]]:
    for site in sites:
        if site.form is None:
            yield site, None
            yield from ((site, value) for argument in site.arguments for value in argument.values)


def project(situation: Situation) -> Standing:
    """How much of the project moves: its clients, and the frameworks that read OpenAI's variables by themselves."""
    levels = set(situation.levels.values())
    if not levels & set(MOVING):
        return Standing.NONE if levels else Standing.UNKNOWN
    return Standing.ALL if levels <= set(MOVING) and not situation.frameworks else Standing.SOME


def readers(variable: str, situation: Situation) -> Standing:
    """How much moves of what may read a variable: one of Azure's is read by Azure's clients, where there are any."""
    azure = {i: level for i, level in situation.levels.items() if "azure" in i[2].lower()}
    if not variable.startswith("AZURE_") or not azure:
        return project(situation)
    return project(replace(situation, levels=azure))


def key(variable: str, situation: Situation) -> Standing:
    """How much of what reads the variable of a key moves; a read that no rule renames counts as staying."""
    known = project(situation)
    fixed = any(_fixed(s, situation) for s in situation.reads.get(variable, ()))
    return Standing.SOME if known is Standing.ALL and fixed else known


def fed(variable: str, situation: Situation) -> Standing:
    """How many of the reads of a variable feed a client that moves."""
    reads = [s for s in situation.reads.get(variable, ()) if s.kind is SiteKind.ENVIRONMENT]
    moving = [_feeds_moving(site, situation) for site in reads]
    if not any(moving):
        return Standing.NONE
    return Standing.ALL if all(moving) else Standing.SOME


def _feeds_moving(site: Site, situation: Situation) -> bool:
    client = situation.feeds.get((site.path, site.span))
    return client is not None and situation.levels.get(client) in MOVING


def declared(variable: str, situation: Situation) -> bool:
    """Whether a field of a settings class reads a variable, and goes on to: such a class may take no other names."""
    return any(
        site.kind is SiteKind.ENVIRONMENT and _fixed(site, situation)
        for site in situation.reads.get(variable, ())
    )


def _fixed(site: Site, situation: Situation) -> bool:
    """Whether a reader keeps reading OpenAI's variable: a settings class's field, a request without the SDK."""
    if site.kind in (SiteKind.FRAMEWORK, SiteKind.REQUEST):
        return situation.levels.get(site.id) not in MOVING
    declared = site.kind is SiteKind.ENVIRONMENT and site.symbol != site.variable
    return declared and (site.field is None or not _feeds_moving(site, situation))


def sends(site: Site, situation: Situation) -> bool:
    """Whether a read of a key's variable goes into the header of a request without the SDK."""
    return any(
        (v.path, v.span) == (site.path, site.span)
        for reader in situation.reads.get(str(site.variable), ())
        if reader.kind is SiteKind.REQUEST
        for argument in reader.named("api_key")
        for v in argument.values
    )


def surely(readers: Iterable[Site], place: tuple[str, Span]) -> bool:
    """Whether it is certain that the value at `place` is what these sites get."""
    return all(
        v.certainty is Certainty.PROVED
        for reader in readers
        for argument in reader.arguments
        for v in argument.values
        if (v.path, v.span) == place
    )


def value(readers: Iterable[Site], situation: Situation) -> Standing:
    """How much of what a value reaches moves. A bare read of a variable says nothing of where it goes."""
    levels = {level for site in readers for level in _levels(site, situation)}
    if not levels:
        return Standing.UNKNOWN
    if levels <= set(MOVING):
        return Standing.ALL
    return Standing.SOME if levels & set(MOVING) else Standing.NONE


def _levels(site: Site, situation: Situation) -> Iterator[Level]:
    if site.id in situation.levels:
        yield situation.levels[site.id]
    elif site.kind is SiteKind.CALL:
        known = [situation.levels[client] for client in site.clients if client in situation.levels]
        yield from known or [Level.SKIP]
    elif site.kind in (SiteKind.REQUEST, SiteKind.FRAMEWORK):
        yield Level.SKIP
