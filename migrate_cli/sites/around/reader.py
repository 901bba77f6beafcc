"""All sites of one file around the code, in order and each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from migrate_cli.files.kinds import LOCK, TEXT, form_of
from migrate_cli.files.plain import decode_plain
from migrate_cli.model import Site, SiteKind, Span
from migrate_cli.sites.around.forms import sheet
from migrate_cli.sites.around.hosts import url_sites
from migrate_cli.sites.around.models import EndpointOf, given_models
from migrate_cli.sites.around.requirements import dependency_sites
from migrate_cli.sites.around.restraint import speaks_only
from migrate_cli.sites.around.rows import with_rows
from migrate_cli.sites.around.scripts import script_sites
from migrate_cli.sites.around.settings import setting_sites
from migrate_cli.sites.around.sheet import Sheet
from migrate_cli.sites.around.variables import marked_in_scripts, variable_sites
from migrate_cli.sites.comments import ignored_lines
from migrate_cli.sites.keys import key_sites
from migrate_cli.sites.page import Page

# Of two sites at one place the earlier kind here says it: a variable's value is part of its definition.
_HOLDERS = (
    SiteKind.DEPENDENCY,
    SiteKind.ENVIRONMENT,
    SiteKind.REQUEST,
    SiteKind.SETTING,
    SiteKind.TYPE,
    SiteKind.MODEL,
)


def around_sites(path: str, data: bytes, endpoint_of: EndpointOf) -> tuple[list[Site], str | None]:
    """Sites of a file that is not Python, and why it was read line by line only (None when it was not).

    `endpoint_of` tells OpenAI's models and what they are for. Raises Unreadable for binary data.
    """
    page = Page.of(path, decode_plain(data))
    form = form_of(path) or TEXT
    keys = [replace(s, form=form) for s in key_sites(page)]
    if form == TEXT:
        return _commented(page, keys), None
    read, broken = sheet(page, form)
    if form == LOCK:
        return [*dependency_sites(read), *keys], broken
    sites = _settled(read, endpoint_of)
    return _commented(page, sorted([*sites, *keys], key=lambda s: (s.span, s.kind.value))), broken


def _settled(read: Sheet, endpoint_of: EndpointOf) -> list[Site]:
    sites = [
        *dependency_sites(read),
        *variable_sites(read),
        *script_sites(read),
        *marked_in_scripts(read),
        *setting_sites(read, endpoint_of),
        *given_models(read, endpoint_of),
    ]
    if not speaks_only(read.page.path):
        sites += url_sites(read)
    return list(with_rows(read, _once(sites)))


def _once(sites: Iterable[Site]) -> Iterator[Site]:
    """The sites without those that another one already says: same variable on the line, or inside its span or value."""
    order = {kind: number for number, kind in enumerate(_HOLDERS)}
    taken: list[Span] = []
    lines: set[tuple[int, str]] = set()
    for site in sorted(sites, key=lambda s: (order.get(s.kind, len(order)), s.span.start, -s.span.end)):
        if site.kind is SiteKind.ENVIRONMENT:
            if (site.location.line, site.symbol) in lines:
                continue
            lines.add((site.location.line, site.symbol))
        elif any(_within(site.span, span) for span in taken) or _is_passed_on(site, taken):
            continue
        yield site
        taken += [site.span, *(a.span for a in site.arguments)]


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _is_passed_on(site: Site, taken: Iterable[Span]) -> bool:
    """Whether a setting only hands on a variable, which has its own site."""
    given = [a.span for a in site.arguments] if site.kind is SiteKind.SETTING else []
    return any(_within(span, value) for span in taken for value in given)


def _commented(page: Page, sites: list[Site]) -> list[Site]:
    """Sites with the reason of a `# migrate: ignore` comment on their line."""
    lines = ignored_lines(page.text)
    return [replace(s, ignored=lines.get(s.location.line)) for s in sites] if lines else sites
