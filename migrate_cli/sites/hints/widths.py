"""Vector widths of OpenAI's embedding models, written out where vectors are stored: code, SQL, YAML, Terraform.

Read as text, in any file of a project that makes embeddings: a width often stands far from the call, in a migration
or in the definition of an index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate_cli.model import Site, SiteKind
from migrate_cli.sites.hints.topics import WIDTH
from migrate_cli.sites.page import Page

SEEDS = (b"1536", b"3072")
SUFFIXES = (".py", ".sql", ".tf", ".yaml", ".yml", ".json", ".toml", ".prisma")

_WIDTH = r"(?P<width>1536|3072)(?![\w.])"
_PATTERNS = (
    re.compile(rf"(?i)\b(?:half)?vec(?:tor)?\s*\(\s*{_WIDTH}\s*\)"),
    re.compile(
        rf"(?i)\b\w*(?:dim|dims|ndim|dimension|dimensions|dimensionality|vector_?size|embed(?:ding)?s?_?size"
        rf"|vector_?len(?:gth)?)[\"']?\s*(?::[^=\n]{{1,40}}=|[:=])\s*(?:\w*Field\(\s*(?:default=)?)?{_WIDTH}"
    ),
    re.compile(rf"\b(?:zeros|ones|empty|full|IndexFlat(?:L2|IP))\(\(?[^()\n#]*?\b{_WIDTH}"),
)
_COMMENTS = ("#", "--", "//")


def width_hints(page: Page) -> Iterator[Site]:
    """Every width of 1536 or 3072 that is given to something that stores or makes vectors."""
    seen: set[int] = set()
    for pattern in _PATTERNS:
        for match in pattern.finditer(page.text):
            line = page.text.rfind("\n", 0, match.start()) + 1
            if match.start("width") in seen or page.text[line:].lstrip().startswith(_COMMENTS):
                continue
            seen.add(match.start("width"))
            yield page.site(SiteKind.HINT, WIDTH, match.start("width"), match.end("width"))
