"""Sampling parameters that stand in the dictionaries of a configuration, beside the model or around the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrate_cli.catalogue.frameworks import Move
from migrate_cli.model import Argument, Finding, Level, Rule, Site, Span
from migrate_cli.rules.frameworks.configured import Pointed, parts, pointed
from migrate_cli.rules.frameworks.requests import parameters
from migrate_cli.targets.endpoint import Target

Place = tuple[str, Span]


def sampled(rule: Rule, site: Site, target: Target, move: Move) -> Iterator[Finding]:
    """Findings for the parameters of each entry, and for those that all entries share.

    What is shared waits for a look where an entry stays with another vendor. Nothing is said before the entries move.
    """
    if site.elsewhere is not None:
        return
    moved = {(p.path, p.dictionary): pointed(site, target, move, p) for p in parts(site)}
    moved = {place: became for place, became in moved.items() if became.obstacle is None and became.edits}
    stay = len(moved) < len(site.model_arguments)
    for place, arguments in grouped(site).items():
        inside = moved.get(place)
        if inside is None and any(a in site.model_arguments for a in arguments):
            continue
        wait = stay if inside is None else inside.model.doubt is not None
        here = [inside] if inside is not None else list(moved.values())
        seen = replace(site, arguments=arguments)
        for finding in parameters(rule, seen, target, models(here), taken=()) if here else ():
            level = Level.REVIEW if wait and finding.level is Level.EDIT else finding.level
            yield replace(finding, site=site, level=level)


def grouped(site: Site) -> dict[Place, tuple[Argument, ...]]:
    """The arguments that are entries of a dictionary, by the dictionary."""
    found: dict[Place, tuple[Argument, ...]] = {}
    for argument in site.arguments:
        if argument.dictionary is not None:
            place = (argument.path, argument.dictionary)
            found[place] = (*found.get(place, ()), argument)
    return found


def models(entries: list[Pointed]) -> tuple[str, ...]:
    """The models that entries ask for after the move."""
    return tuple(dict.fromkeys(new for entry in entries for _, new in entry.model.names))
