"""A site of a file that leaves openai<1, as the rules that know nothing of that should see it: in its new form."""

from __future__ import annotations

from dataclasses import replace

from migrate_cli.model import Argument, Hop, HopKind, Site, SiteKind, Use
from migrate_cli.rules.legacy.errors import current
from migrate_cli.rules.legacy.reading import read

# The rules that make the new form; they see what is written.
MAKERS = ("SDK01", "SDK02", "SDK04", "SDK05", "SDK06", "SDK07", "EMB05", "TST")
_RENAMED = {"request_timeout": "timeout", "headers": "extra_headers"}


def as_current(site: Site) -> Site:
    """The site as it will be once it is upgraded."""
    if site.kind is SiteKind.CALL and site.legacy:
        dumped = read(site).dumped
        uses = site.uses if dumped else tuple(_by_attribute(use) for use in site.uses)
        kept = tuple(_renamed(a) for a in site.arguments if a.name not in ("api_key", "api_base"))
        return replace(site, legacy=False, uses=uses, arguments=kept)
    name = current(site.symbol) if site.kind is SiteKind.EXCEPTION else None
    return site if name is None else replace(site, symbol=f"openai.{name}")


def _by_attribute(use: Use) -> Use:
    return replace(use, hops=tuple(_attribute(hop) for hop in use.hops))


def _attribute(hop: Hop) -> Hop:
    known = hop.kind in (HopKind.ITEM, HopKind.GET) and isinstance(hop.key, str)
    return replace(hop, kind=HopKind.ATTRIBUTE) if known else hop


def _renamed(argument: Argument) -> Argument:
    return replace(argument, name=_RENAMED.get(argument.name, argument.name))
