"""`# migrate: ignore` comments: which lines they cover and the reason they give."""

from __future__ import annotations

import re
from collections.abc import Mapping

COMMENT = re.compile(r"#\s*migrate:\s*ignore(?:\[(?P<codes>[A-Z0-9, ]+)\])?\s*(?P<reason>.*)$")


def ignored_lines(text: str) -> Mapping[int, str]:
    """1-based line -> the reason given, or a standard one. A comment alone on its line covers the next line too."""
    lines: dict[int, str] = {}
    if "migrate:" not in text:
        return lines
    for number, line in enumerate(text.split("\n"), 1):
        match = COMMENT.search(line.rstrip("\r"))
        if match is None:
            continue
        reason = match["reason"].strip() or "ignored by a comment"
        lines[number] = reason
        if line.lstrip().startswith("#"):
            lines[number + 1] = reason
    return lines
