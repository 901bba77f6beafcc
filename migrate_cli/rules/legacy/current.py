"""A site of a file that leaves openai<1, as the rules that know nothing of that should see it: in its new form."""

from __future__ import annotations

from dataclasses import replace

from migrate_cli.model import Argument, Hop, HopKind, Site, SiteKind, Use, Way
from migrate_cli.rules.legacy.errors import current
from migrate_cli.rules.legacy.hops import attributes, keys
from migrate_cli.rules.legacy.reading import asks, read, root_of

# The rules that make the new form; they see what is written.
MAKERS = ("SDK01", "SDK02", "SDK04", "SDK05", "SDK06", "SDK07", "EMB05", "TST")
_RENAMED = {"request_timeout": "timeout", "headers": "extra_headers"}


def as_current(site: Site) -> Site:
    """The site as it will be once it is upgraded."""
    if site.kind is SiteKind.CALL and site.legacy:
        dumped = read(site).dumped
        root = root_of(site)
        uses = tuple(_as_read(use, root, site.endpoint, dumped) for use in site.uses)
        kept = tuple(_renamed(a) for a in site.arguments if a.name not in ("api_key", "api_base"))
        return replace(site, legacy=False, uses=uses, arguments=kept)
    name = current(site.symbol) if site.kind is SiteKind.EXCEPTION else None
    return site if name is None else replace(site, symbol=f"openai.{name}")


def _as_read(use: Use, root: object, endpoint: str | None, dumped: bool) -> Use:
    """A use as it reads in the new form: through attributes, or through keys where the answer becomes a dictionary."""
    if use.through:
        return use if dumped else replace(use, hops=tuple(_attribute(hop) for hop in use.hops))
    written = keys(use, root, endpoint) if dumped else attributes(use, root, endpoint)
    if written is None:
        return use
    read_now = written.use(use)
    return read_now if dumped or not asks(use) else _asked(read_now)


def _asked(use: Use) -> Use:
    """`"content" in delta` as `delta.content is not None`."""
    key = use.literals[0] if len(use.literals) == 1 else None
    if not isinstance(key, str) or use.outer is None:
        return use
    test = "is" if use.detail == "lacks" else "is not"
    end = use.span.start + len(f"{use.code}.{key}".encode())
    return replace(
        use,
        route=(*use.route, key),
        hops=(*use.hops, Hop(key, HopKind.ATTRIBUTE, end)),
        code=f"{use.code}.{key} {test} None",
        span=use.outer,
        way=Way.COMPARE,
        detail=test,
        literals=(None,),
    )


def _attribute(hop: Hop) -> Hop:
    known = hop.kind in (HopKind.ITEM, HopKind.GET) and isinstance(hop.key, str)
    return replace(hop, kind=HopKind.ATTRIBUTE) if known else hop


def _renamed(argument: Argument) -> Argument:
    return replace(argument, name=_RENAMED.get(argument.name, argument.name))
