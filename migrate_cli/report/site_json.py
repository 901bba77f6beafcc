"""One site as JSON: its place, its arguments with the values that flow into them, its evidence; keys masked."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from migrate_cli.files.secrets import mask
from migrate_cli.model import Argument, Location, Site, SiteId, Span, Step, Value
from migrate_cli.report.sources import shown_literal
from migrate_cli.selection import is_test


def site_json(site: Site, numbers: Mapping[SiteId, int], *, in_use: bool) -> dict[str, Any]:
    """A site; the clients that feed it are given by their number in the document's own list of sites."""
    return {
        "kind": site.kind.value,
        "symbol": site.symbol,
        "endpoint": site.endpoint,
        "framework": site.framework,
        "form": site.form,
        "legacy": site.legacy,
        "certainty": site.certainty.value,
        "in_use": in_use,
        "test": is_test(site.path),
        "location": location_json(site.location),
        "span": _span(site.span),
        "code": mask(site.code),
        "arguments": [_argument(argument, site) for argument in site.arguments],
        "positional": site.positional,
        "unfollowed": [mask(code) for code in site.unfollowed],
        "clients": [numbers[client] for client in site.clients if client in numbers],
        "variable": site.variable,
        "elsewhere": site.elsewhere,
        "ignored": site.ignored,
        "evidence": [_step(step) for step in site.evidence],
    }


def location_json(location: Location) -> dict[str, Any]:
    """A place for people: lines and columns from 1, lines of a notebook counted in their cell."""
    return {
        "path": location.path,
        "cell": location.cell,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
    }


def _argument(argument: Argument, site: Site) -> dict[str, Any]:
    return {
        "name": argument.name,
        "path": argument.path,
        "span": _span(argument.span),
        "code": mask(argument.code),
        "in_dictionary": argument.dictionary is not None or argument.statement is not None,
        "values": [_value(argument.name, value, site) for value in argument.values],
    }


def _value(argument: str, value: Value, site: Site) -> dict[str, Any]:
    literal = shown_literal(argument, value, site)
    finite = not isinstance(literal, float) or isfinite(literal)
    return {
        "origin": value.origin.value,
        "literal": literal if finite else str(literal),
        "secret": value.secret or literal != value.literal,
        "variable": value.variable,
        "named": value.named,
        "location": location_json(value.location) if value.path else None,
        "span": _span(value.span) if value.path else None,
        "known": mask(value.known) if value.known is not None else None,
        "because": mask(value.because) if value.because is not None else None,
        "guarded": value.guarded,
        "certainty": value.certainty.value,
        "via": [_step(step) for step in value.via],
    }


def _step(step: Step) -> dict[str, Any]:
    return {"location": location_json(step.location), "text": mask(step.text)}


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
