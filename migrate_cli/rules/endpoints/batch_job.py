"""END07: batch jobs.

The body of a batch is a JSONL file that carries model names and fields, often made elsewhere: it has to be written for
the new provider too. Not every endpoint of OpenAI's batches is taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site
from migrate_cli.rules.endpoints.service import absent, asks_for, method
from migrate_cli.rules.support import Example, Situation, manual, review
from migrate_cli.targets.endpoint import Target

RULE = Rule("END07", "batch-job", "batch jobs", 60, leaves="the JSONL files themselves, and what writes them")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every job that is started."""
    if not asks_for(site, ("batches",)):
        return
    missing = absent(RULE, site, target)
    if missing is not None:
        yield missing
        return
    if method(site) != "create":
        return
    known = target.behaviour("services.batch_endpoints")
    wanted = site.argument("endpoint")
    literals = [v.literal for v in wanted.values if isinstance(v.literal, str)] if wanted is not None else []
    refused = [e for e in literals if known is not None and known.data and e not in known.data]
    for endpoint in refused:
        words = f"batches on {target.provider.name} are not for {endpoint}"
        yield manual(
            RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice="send ordinary requests"
        )
    if not refused:
        yield review(
            RULE,
            site,
            target,
            "the lines of the batch file name OpenAI's models and fields",
            advice=f"write the file with models of {target.provider.name}, and without fields that it refuses",
            source=known.fact.source if known is not None else None,
        )


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
JOB = 'client.batches.create(input_file_id="i", endpoint="/v1/chat/completions", completion_window="24h")\n'
EXAMPLES = (
    Example.told(CLIENT + JOB, "does not offer batches"),
    Example.told(CLIENT + JOB, "the lines of the batch file", "qwen"),
    Example.told(CLIENT + JOB.replace("chat/completions", "responses"), "are not for /v1/responses", "qwen"),
    Example.silent(CLIENT + 'client.batches.retrieve("id")\n', "qwen"),
    Example.silent(JOB, "qwen"),
    Example.silent(CLIENT + "client.models.list()\n"),
)
