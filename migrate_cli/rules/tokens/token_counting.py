"""TOK02: tokens counted with OpenAI's tokenizer.

The counts go on working, but they are OpenAI's: English and code agree within a few percent, while Chinese text counts
about twice the tokens that DeepSeek, Kimi and GLM count with cl100k_base. tiktoken also downloads its tables at first
use, which fails in closed networks: set TIKTOKEN_CACHE_DIR to a copy.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Compatibility, Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, note
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "TOK02",
    "token-counting",
    "tokens counted with OpenAI's tokenizer",
    5,
    leaves="what the counts are compared with, and counters that are not tiktoken",
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A remark for every encoding that is chosen by its own name."""
    if site.kind is not SiteKind.FRAMEWORK or site.framework != "tiktoken":
        return
    if site.symbol.rsplit(".", 1)[-1] == "get_encoding":
        words = f"counts are estimates on {target.provider.name}, and about double for Chinese text"
        yield note(RULE, site, target, words, compatibility=Compatibility.DIFFERS, source="measured")


EXAMPLES = (
    Example.untouched(
        'import tiktoken\n\nencoding = tiktoken.get_encoding("cl100k_base")\nprint(len(encoding.encode("text")))\n'
    ),
    Example.told(
        'import tiktoken\n\nencoding = tiktoken.get_encoding("cl100k_base")\n', "counts are estimates", "glm"
    ),
    Example.untouched("def get_encoding(name):\n    return name\n\n\nget_encoding('gpt-2')\n"),
)
