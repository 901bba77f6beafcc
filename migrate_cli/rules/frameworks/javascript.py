"""FRM20: OpenAI used from JavaScript or TypeScript beside the Python code.

`openai`, `@ai-sdk/openai` and `@langchain/openai` are told by their import lines. Nothing is rewritten: this tool
reads Python. The AI SDK's `openai(...)` asks the Responses API since its version 5, which few providers have: there
`.chat()`, `@ai-sdk/openai-compatible` or the provider's own package is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Safety, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.sites.hints.javascript import SCRIPT
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "FRM20",
    "javascript",
    "OpenAI used from JavaScript or TypeScript",
    30,
    Safety.ADVICE,
    leaves="everything behind the import lines, which is work for a person; projects without Python that uses OpenAI",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every file that imports OpenAI's package or a framework's part for it."""
    if site.kind is not SiteKind.HINT or site.symbol != SCRIPT:
        return
    words = f"{site.code} is used here; JavaScript and TypeScript are not rewritten"
    advice = f"set baseURL {target.base_url}, the key in {target.key_variable or 'any word'} and the model"
    if site.code.startswith("@ai-sdk/"):
        advice += "; use openai.chat(...) or @ai-sdk/openai-compatible: openai(...) asks the Responses API"
    yield manual(RULE, site, target, words, compatibility=Compatibility.DIFFERS, advice=advice)


EXAMPLES = (
    Example.silent("// openai\nimport fs from 'fs'\n", path="app.ts"),
    Example.silent("package main\n", path="app.go"),
)
