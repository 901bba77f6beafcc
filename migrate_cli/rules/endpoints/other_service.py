"""END11: evals, containers, graders, webhooks, videos, ChatKit and what belongs to an account.

Nothing like them is known elsewhere in OpenAI's shape. OpenAI itself ends evals and stored prompts on 2026-11-30 and
its video models. Checks of answers can be run by the program's own tests; usage is read in the provider's console.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site
from migrate_cli.rules.endpoints.service import absent, asks_for
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "END11",
    "other-services",
    "evals, containers, webhooks, videos and account services",
    60,
    leaves="requests to account pages without the SDK, of which CFG06 speaks",
)

SERVICES = (
    "evals",
    "containers",
    "webhooks",
    "videos",
    "chatkit",
    "admin",
    "skills",
    "agents",
    "decisions",
    "safety",
    "content_provenance_checks",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every call of a service that only OpenAI has."""
    if asks_for(site, SERVICES) and (missing := absent(RULE, site, target)) is not None:
        yield missing


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example.told(CLIENT + 'client.evals.create(name="x")\n', "nothing is known about evals"),
    Example.told(
        CLIENT + "client.webhooks.unwrap(body, headers)\n", "nothing is known about webhooks", "glm"
    ),
    Example.silent(CLIENT + "client.models.list()\n"),
    Example.silent("stripe.webhooks.unwrap(body, headers)\n"),
)
