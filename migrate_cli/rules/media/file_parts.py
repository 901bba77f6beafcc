"""MED09: files in a chat.

Qwen and Spark refuse parts of type `file`, Kimi wants the text of a file in a system message; Doubao and Baichuan
take them. Elsewhere nothing is known, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site
from migrate_cli.rules.conversation import at, parts
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule("MED09", "file-parts", "files in a chat", 30, leaves="parts that are built in other files")


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for each file that the provider does not take in a chat."""
    known = target.behaviour("media.file_parts")
    if known is None or not known.holds:
        return
    for part in parts(site):
        if part.text("type") == "file":
            words = f"a file in the chat: {target.provider.name} does not take it there"
            kind, source = Compatibility.UNSUPPORTED, known.fact.source
            yield at(
                manual(RULE, site, target, words, compatibility=kind, advice=known.data, source=source), part
            )


HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n"
FILE = (
    HEAD + 'client.chat.completions.create(model=m, messages=[{"role": "user", "content": '
    '[{"type": "file", "file": {"file_id": i}}]}])\n'
)
EXAMPLES = (
    Example.told(FILE, "a file in the chat", "qwen"),
    Example.silent(FILE, "doubao"),
    Example.silent(FILE.replace('"file", "file": {"file_id": i}', '"text", "text": t'), "qwen"),
)
