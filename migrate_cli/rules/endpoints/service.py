"""What the rules about services share: whether the provider has one, and what to do where it has not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.catalogue.types import Endpoint, Support
from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import manual, review
from migrate_cli.targets.endpoint import Target

# Capabilities that can go to a provider of their own, each with its option.
OPTIONS = {"embeddings": "--embeddings-to", "images": "--images-to", "audio": "--audio-to"}
# The rules that say, where they ask for work by hand, that a call has to be replaced by something else.
REPLACING = frozenset(
    {"END00", "ENV07", "SDK07", *(f"END{n:02}" for n in range(1, 12)), "MED05", "MED06", "MED07", "MED08"}
)
# Not offered to new users, or not by themselves: nothing to send anyone to.
NOT_ADVISED = {"azure", "local"}


def asks_for(site: Site, endpoints: tuple[str, ...]) -> bool:
    """Whether a site is a call of one of the endpoints; `audio` means all that begins so."""
    if site.kind is not SiteKind.CALL or site.endpoint is None:
        return False
    return site.endpoint in endpoints or site.endpoint.split(".")[0] in endpoints


def method(site: Site) -> str:
    """The last name of what is called: `create`, `retrieve`, `create_variation`."""
    return site.symbol.rsplit(".", 1)[-1]


def absent(rule: Rule, site: Site, target: Target) -> Finding | None:
    """The finding for an endpoint that is missing, limited or unknown; None when it is there."""
    entry = target.endpoint(site.endpoint or "")
    provider, name = target.provider.name, site.endpoint
    source = entry.fact.source if entry is not None else None
    advice = instead(site, target, entry)
    if entry is None or entry.support is Support.UNKNOWN:
        return manual(
            rule, site, target, f"nothing is known about {name} on {provider}", advice=advice, source=source
        )
    remark = f": {entry.note}" if entry.note else ""
    if entry.support is Support.REJECTED:
        return manual(
            rule,
            site,
            target,
            f"{provider} does not offer {name}{remark}",
            compatibility=Compatibility.UNSUPPORTED,
            advice=advice,
            source=source,
        )
    if entry.support is Support.RESTRICTED:
        return manual(
            rule,
            site,
            target,
            f"{name} on {provider}{remark or ': with restrictions'}",
            compatibility=Compatibility.DIFFERS,
            advice=advice,
            source=source,
        )
    return None


def instead(site: Site, target: Target, entry: Endpoint | None) -> str | None:
    """What to do where a provider lacks a service: its own advice, and the option that sends it elsewhere."""
    own = entry.advice if entry is not None else None
    capability = (site.endpoint or "").partition(".")[0]
    option = OPTIONS.get(capability)
    others = offering(target, site.endpoint or "") if option is not None else ()
    if not others:
        return own
    rest = f" (or {', '.join(others[1:])})" if others[1:] else ""
    return f"{option} {others[0]}{rest} sends these calls there; {own or 'else keep them on a second client'}"


def offering(target: Target, endpoint: str) -> tuple[str, ...]:
    """The other providers of the catalogue that have an endpoint in OpenAI's shape, by id."""
    known = (target.catalogue.provider(name) for name in target.catalogue.provider_ids())
    return tuple(
        p.id
        for p in known
        if p.id not in NOT_ADVISED | {target.id}
        and p.sites
        and (entry := p.endpoints.get(endpoint) or p.endpoints.get(endpoint.split(".")[0])) is not None
        and entry.support is Support.SUPPORTED
    )


def receiver(site: Site) -> str | None:
    """The client that a call is made on, as it is written: `self.client` of `self.client.embeddings.create(…)`."""
    if site.anchor.start != site.span.start or site.endpoint is None:
        return None
    called = site.code.encode("utf-8")[: site.anchor.end - site.anchor.start].decode("utf-8", "replace")
    found = re.match(rf"(.+?)\s*\.\s*(?:beta\s*\.\s*)?{site.endpoint.split('.')[0]}\b", called, re.DOTALL)
    return found[1] if found is not None else None


def told(
    rule: Rule, site: Site, target: Target, behaviour: str, words: str, advice: str
) -> Iterator[Finding]:
    """A review of something that the catalogue knows not to hold here."""
    known = target.behaviour(behaviour)
    if known is not None and known.holds is False:
        yield review(rule, site, target, words, advice=advice, source=known.fact.source)
