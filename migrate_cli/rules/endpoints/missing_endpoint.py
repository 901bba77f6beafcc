"""END00: an OpenAI service that the provider does not offer.

Assistants, threads, files, batches, fine-tuning, moderation, realtime, and at some providers embeddings, images or
speech: the finding says what to do instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.catalogue.types import Support
from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule("END00", "missing-endpoint", "service that the provider does not offer", 120)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every call of an endpoint that is missing, limited or unknown."""
    if site.kind is not SiteKind.CALL or site.endpoint is None:
        return
    entry = target.endpoint(site.endpoint)
    provider = target.provider.name
    if entry is None or entry.support is Support.UNKNOWN:
        instead = entry.instead if entry else None
        words = f"nothing is known about {site.endpoint} on {provider}"
        yield manual(RULE, site, target, words, advice=instead, source=entry.fact.source if entry else None)
    elif entry.support is Support.REJECTED:
        yield manual(
            RULE,
            site,
            target,
            f"{provider} does not offer {site.endpoint}",
            compatibility=Compatibility.UNSUPPORTED,
            advice=entry.instead,
            source=entry.fact.source,
        )
    elif entry.support is Support.RESTRICTED:
        words = f"{site.endpoint} on {provider}: {entry.note or 'with restrictions'}"
        yield manual(
            RULE,
            site,
            target,
            words,
            compatibility=Compatibility.DIFFERS,
            advice=entry.instead,
            source=entry.fact.source,
        )


EXAMPLES = (
    Example.untouched(
        "from openai import OpenAI\n\nclient = OpenAI()\nclient.beta.assistants.create(model=m)\n"
    ),
    Example.untouched("docker.containers.list()\n"),
)
