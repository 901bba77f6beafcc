"""CFG06: HTTP and websocket calls to OpenAI without its SDK, and OpenAI's URLs in code.

The address, the header with the key and the model change, and nobody retries or checks the answer as the SDK does.
Nothing is edited; the finding says which URL to call (a provider's base URL is used as published: many do not end in
`/v1`), which variable holds the key, which model answers, and where there is no counterpart.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Support
from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, literals, manual
from migrate_cli.sites.hosts import path_of
from migrate_cli.targets.endpoint import Target

RULE = Rule("CFG06", "raw-request", "request or URL that goes to OpenAI without the SDK", 20)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every raw request and every URL in Python."""
    if site.form is not None or target.id == "azure":
        return
    if site.kind is SiteKind.REQUEST:
        yield request(site, target)
    elif site.kind is SiteKind.URL:
        words = f"URL of OpenAI's API ({site.symbol})"
        yield missing(site, target, words) or manual(
            RULE, site, target, words, advice=f"use {address(site, target)}"
        )


def request(site: Site, target: Target) -> Finding:
    """What to do about one request."""
    words = f"{site.symbol} calls OpenAI's {site.endpoint or 'API'} without the SDK"
    absent = missing(site, target, words)
    if absent is not None:
        return absent
    advice = [f"call {address(site, target)}"]
    if target.key_variable:
        advice.append(f"send `Authorization: Bearer` with the key in {target.key_variable}")
    advice += models(site, target)
    return manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice="; ".join(advice))


def missing(site: Site, target: Target, words: str) -> Finding | None:
    """The finding for an endpoint that the provider is known not to have, else None."""
    entry = target.endpoint(site.endpoint) if site.endpoint is not None else None
    if entry is None or entry.support is not Support.REJECTED:
        return None
    return manual(
        RULE,
        site,
        target,
        f"{words}; {target.provider.name} does not offer {site.endpoint}",
        compatibility=Compatibility.UNSUPPORTED,
        advice=entry.instead,
        source=entry.fact.source,
    )


def address(site: Site, target: Target) -> str:
    """The provider's URL for the same purpose, as far as it is known to be served there."""
    entry = target.endpoint(site.endpoint) if site.endpoint is not None else None
    path = path_of(site.endpoint) if site.endpoint is not None else None
    if path is None:
        return target.base_url
    if entry is None or entry.support is Support.UNKNOWN:
        return f"{target.base_url} (nothing is known about {site.endpoint} on {target.provider.name})"
    return f"{target.base_url.rstrip('/')}/{path}"


def models(site: Site, target: Target) -> list[str]:
    """The models of the body with what replaces each."""
    names = [v.literal for a in site.model_arguments for v in literals(a) if isinstance(v.literal, str)]
    choices = [(name, target.choose(name)) for name in dict.fromkeys(names) if not target.serves(name)]
    return [
        f"model {name} → {choice.to}"
        for name, choice in choices
        if choice is not None and choice.to is not None
    ]


EXAMPLES = (
    Example.untouched(
        'import requests\n\nrequests.post("https://api.openai.com/v1/chat/completions", json={"model": "gpt-4o"})\n'
    ),
    Example.untouched('BASE_URL = "https://api.openai.com/v1"\n'),
    Example.untouched('import requests\n\nrequests.get("https://platform.openai.com/docs")\n'),
)
