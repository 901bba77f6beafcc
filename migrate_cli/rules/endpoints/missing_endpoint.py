"""END00: a service of OpenAI's that no other rule speaks of and that the provider does not offer.

Legacy completions, edits, lists of models and the like: the finding says what is known and what to do instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site, SiteKind
from migrate_cli.rules.endpoints.service import absent
from migrate_cli.rules.support import Example, Situation
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "END00",
    "missing-endpoint",
    "service that the provider does not offer",
    30,
    leaves="requests without the SDK, of which CFG06 speaks",
)
# Those that a rule of their own speaks of.
ELSEWHERE = {
    "completions", "responses", "conversations", "assistants", "threads", "vector_stores", "files", "uploads",
    "batches", "fine_tuning", "realtime", "moderations", "evals", "containers", "webhooks", "videos", "chatkit",
    "admin", "skills", "agents", "decisions", "safety", "content_provenance_checks", "images", "audio", "embeddings",
}  # fmt: skip


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every call of an endpoint that is missing, limited or unknown."""
    if site.kind is not SiteKind.CALL or site.endpoint is None:
        return
    if site.endpoint.split(".")[0] not in ELSEWHERE and (missing := absent(RULE, site, target)) is not None:
        yield missing


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example.silent(CLIENT + 'client.completions.create(model=m, prompt="x")\n'),
    Example.told(CLIENT + "client.models.list()\n", "nothing is known about models", "spark"),
    Example.silent(CLIENT + "client.models.list()\n"),
    Example.silent(CLIENT + "client.chat.completions.create(model=m, messages=[])\n", "spark"),
    Example.silent("docker.containers.list()\n"),
)
