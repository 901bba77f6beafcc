"""POL01: a key of OpenAI is written out: in code, a comment, a notebook's output or a configuration file.

Whoever can read the file can spend its owner's money, and its history keeps the key after the line is gone. The key
is never shown: its first three and last two characters say which one it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate_cli.model import Finding, Rule, Site, SiteKind
from migrate_cli.rules.support import Example, Situation, manual
from migrate_cli.targets.endpoint import Target

RULE = Rule(
    "POL01", "literal-key", "key that is written out", 10, leaves="keys in the history of the repository"
)


def check(site: Site, target: Target, situation: Situation) -> Iterator[Finding]:
    """A finding for every literal key."""
    if site.kind is SiteKind.KEY:
        words = f"a key of OpenAI is written here ({site.symbol})"
        advice = "revoke it at OpenAI; keep its successor in an environment variable or a secret store"
        yield manual(RULE, site, target, words, advice=advice)


EXAMPLES = (
    Example.untouched('KEY = "sk-proj-Zq4Wm9Lx2Vn7Bt5Ky8Rd3Hf6Jc1Ps0GaTe"\n'),
    Example.untouched('KEY = "sk-your-key-here"  # see platform.openai.com\n'),
)
