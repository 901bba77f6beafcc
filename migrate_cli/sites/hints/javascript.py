"""Import lines of JavaScript and TypeScript that bring OpenAI, in projects whose Python uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.model import Site, SiteKind
from migrate_cli.sites.page import Page

SCRIPT = "javascript"
SEED = b"openai"
SUFFIXES = (".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".mts", ".vue", ".svelte")

_IMPORT = re.compile(
    r"^\s*(?:import\b|export\b|(?:const|let|var)\b|\}\s*from)[^\n;]*?(?:from\s*|require\(\s*|import\(\s*|import\s+)"
    r"[\"'](?P<package>openai|@ai-sdk/(?:openai|azure)|@langchain/openai|@azure/openai)[\"']",
    re.MULTILINE,
)


def script_hints(page: Page) -> Iterator[Site]:
    """The first import of OpenAI's package, or of a framework's part for it, in a file."""
    match = _IMPORT.search(page.text)
    if match is not None:
        yield page.site(SiteKind.HINT, SCRIPT, match.start("package"), match.end("package"))
