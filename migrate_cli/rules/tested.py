"""What tests pass into the program says little of it: a fixture's key, and models to try.

Where tests name several models, the one that the program itself names is no choice from a menu: it moves, and what the
tests pass is left to them. That rests on what tests hold, which nothing edits then: a second run comes to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from migrate_cli.model import Argument, Origin, Site, SiteKind, Value
from migrate_cli.model.sites import MODEL_ARGUMENTS
from migrate_cli.selection import is_test

# from so many names on, tests try models out
TRIED = 3


def program_only(site: Site) -> Site:
    """The site, without what only tests bring there where the program brings something itself."""
    if is_test(site.path) or site.form is not None:
        return site
    if site.kind is SiteKind.CALL and len(tried(site)) >= TRIED:
        return _without(site, MODEL_ARGUMENTS, is_name)
    if site.kind is SiteKind.CLIENT:
        return _without(site, ("api_key",), is_placeholder)
    return site


def tried(site: Site) -> set[object]:
    """The models that tests pass to a call."""
    return {v.literal for a in site.model_arguments for v in a.values if is_name(v)}


def is_name(value: Value) -> bool:
    """Whether a value is a name that a test holds."""
    return value.origin is Origin.LITERAL and isinstance(value.literal, str) and is_test(value.path)


def is_placeholder(value: Value) -> bool:
    """Whether a value is what a test writes in place of a key."""
    return value.origin is Origin.LITERAL and not value.secret and is_test(value.path)


def _without(site: Site, names: Collection[str], unwanted: Callable[[Value], bool]) -> Site:
    def own(argument: Argument) -> Argument:
        values = tuple(v for v in argument.values if not unwanted(v))
        return replace(argument, values=values) if values and argument.name in names else argument

    return replace(site, arguments=tuple(map(own, site.arguments)))
