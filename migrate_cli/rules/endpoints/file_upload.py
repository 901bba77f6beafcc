"""END06: files and uploads.

Where a provider has `/files`, it is for purposes of its own: `batch` means the same where batches are offered, and
`assistants`, `user_data`, `vision` or `fine-tune` mean nothing there. What files.content gives differs too.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site
from migrate_cli.rules.endpoints.service import absent, asks_for, method
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "END06", "file-upload", "files and uploads", 30, leaves="purposes that are only known at run time"
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding where there are no files, and for every purpose that is not known there."""
    if not asks_for(site, ("files", "uploads")):
        return
    missing = absent(RULE, site, target)
    if missing is not None:
        yield missing
        return
    purpose = site.argument("purpose")
    known = target.behaviour("services.file_purposes")
    if purpose is None or method(site) != "create" or known is None or not known.holds:
        return
    for value in (v for v in purpose.values if isinstance(v.literal, str) and v.literal not in known.data):
        those = f"it knows {', '.join(known.data)}" if known.data else "it has purposes of its own"
        yield manual(
            RULE,
            site,
            target,
            f'purpose="{value.literal}" is not known on {target.provider.name}: {those}',
            compatibility=Compatibility.DIFFERS,
            advice="put the text of the file into the messages, or use what the platform has for it",
            source=known.fact.source,
        )


CLIENT = "from openai import OpenAI\n\nclient = OpenAI()\n"
EXAMPLES = (
    Example.told(CLIENT + 'client.files.create(file=f, purpose="assistants")\n', "is not known on", "qwen"),
    Example.told(CLIENT + 'client.files.create(file=f, purpose="batch")\n', "nothing is known about files"),
    Example.silent(CLIENT + 'client.files.create(file=f, purpose="batch")\n', "qwen"),
    Example.silent(CLIENT + 'client.files.retrieve("id")\n', "kimi"),
    Example.silent('drive.files.create(file=f, purpose="assistants")\n', "qwen"),
)
