"""Where a value comes from, in words: `gpt-4o from config.py:12 DEFAULT_MODEL`, `$OPENAI_MODEL (default gpt-4o)`."""

from __future__ import annotations

from migrate_cli.files.secrets import mask
from migrate_cli.model import Argument, Location, Origin, Site, SiteKind, Value
from migrate_cli.summary import deciding, is_empty, unknown_because

_MOST_SOURCES, _MOST_VALUES = 2, 4  # of one argument, before places are left out, before the rest is counted
_ONE_VALUE = frozenset(
    {SiteKind.SETTING, SiteKind.ENVIRONMENT, SiteKind.MODEL}
)  # what it is of says the symbol
_NAMELESS = ("value", "default")


def shown_literal(argument: str, value: Value, site: Site | None = None) -> str | int | float | bool | None:
    """The literal of a value, a key masked; one may be known as a key only by what it is given to.

    `site` is the one that the argument belongs to, when its name says more than `value` or `default`.
    """
    if not isinstance(value.literal, str) or value.secret:
        return value.literal
    name = (site.variable or site.symbol) if site is not None and argument in _NAMELESS else argument
    return mask(f'{name}="{value.literal}"')[len(name) + 2 : -1]


def site_words(site: Site) -> str:
    """The models, addresses and keys that flow into a site with their sources; empty when it names none."""
    if site.kind is SiteKind.MODEL:  # its symbol is the name
        names = (value.named for argument in site.model_arguments for value in argument.values)
        return ", ".join(f"`{name}`" for name in names if name)
    named = (*deciding(site), *(argument for name in _NAMELESS for argument in site.named(name)))
    return "; ".join(dict.fromkeys(words for a in named if (words := _labelled(a, site))))


def _labelled(argument: Argument, site: Site) -> str:
    words = argument_words(argument, site)
    if argument in site.model_arguments or not words:
        return words
    return words if site.kind in _ONE_VALUE and argument.name != "default" else f"{argument.name} {words}"


def argument_words(argument: Argument, site: Site) -> str:
    """All values of an argument, the known ones first, with places when they are few; empty when it is None."""
    reason = unknown_because(argument)
    if reason is not None and is_empty(argument):
        return f"dynamic: {mask(reason)}"
    said = [value for value in argument.values if value.origin is not Origin.NONE]
    said.sort(key=lambda value: value.origin is Origin.DYNAMIC)
    words = list(dict.fromkeys(value_words(argument.name, value, site) for value in said))
    if len(words) > _MOST_SOURCES:
        words = list(dict.fromkeys(_short(argument.name, value, site) for value in said))
    more = [f"… and {len(words) - _MOST_VALUES} more"] if len(words) > _MOST_VALUES else []
    return " or ".join(words[:_MOST_VALUES] + more)


def _short(argument: str, value: Value, site: Site) -> str:
    """A value without its place."""
    literal = shown_literal(argument, value, site)
    if value.origin is Origin.ENVIRONMENT:
        default = f" (default {_written(literal)})" if literal is not None else ""
        return f"${value.variable}{default}"
    return "dynamic" if value.origin is Origin.DYNAMIC else str(_written(literal))


def _written(literal: str | int | float | bool | None) -> str | int | float | bool | None:
    return {"": "empty", "…": "not shown"}.get(literal, literal) if isinstance(literal, str) else literal


def value_words(argument: str, value: Value, site: Site | None = None) -> str:
    """One value and its source; places in the site's own file are given as a line, none where it stands itself."""
    literal = _written(shown_literal(argument, value, site))
    if value.origin is Origin.DYNAMIC:
        start = f"{mask(value.known)}… " if value.known else ""
        return f"{start}dynamic: {mask(value.because or 'not known')}"
    if value.origin is Origin.NONE:
        return "None"
    place = (
        "" if site is not None and _is_here(value.location, site.location) else _place(value.location, site)
    )
    if value.origin is Origin.ENVIRONMENT:
        default = f"default {literal}" if literal is not None else ""
        details = ", ".join(part for part in (default, place) if part)
        return f"from ${value.variable}" + (f" ({details})" if details else "")
    if not place:
        return str(literal)
    return f"{literal} from {place}" + (f" `{value.named}`" if value.named is not None else "")


def _place(where: Location, site: Site | None) -> str:
    if site is None or where.path != site.path:
        cell = f"cell {where.cell}:" if where.cell is not None else ""
        return f"{where.path}:{cell}{where.line}"
    if where.cell != site.location.cell:
        return f"cell {where.cell} line {where.line}"
    return f"line {where.line}"


def _is_here(where: Location, site: Location) -> bool:
    """Whether a value stands on the lines of the site itself."""
    same = (where.path, where.cell) == (site.path, site.cell)
    return same and site.line <= where.line and where.end_line <= site.end_line
