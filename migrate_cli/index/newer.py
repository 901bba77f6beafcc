"""Syntax of a newer Python than the one that reads the file: only that one can parse it."""

from __future__ import annotations

import re

FORMS = (
    ((3, 11), re.compile(r"except\s*\*")),
    ((3, 12), re.compile(r"type\s+\w+\s*(\[.*\]\s*)?=[^=]|(async\s+def|def|class)\s+\w+\s*\[")),
)


def needed(line: str, running: tuple[int, int]) -> str:
    """What to say of a line that `running` cannot parse: the Python that can, empty when none is known to."""
    text = line.strip()
    version = next((v for v, form in FORMS if v > running and form.match(text)), None)
    if version is None:
        return ""
    return f" (Python {version[0]}.{version[1]} can read it, this is {running[0]}.{running[1]})"
