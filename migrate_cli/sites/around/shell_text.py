"""Shell text by line, without its comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"^\s*(?:#|//|::|rem\s).*|(?<=\s)#\s.*", re.IGNORECASE)


def code_lines(text: str) -> Iterator[tuple[int, str]]:
    """(start, line) of every line that is not a comment, a comment at its end cut off."""
    start = 0
    for line in text.splitlines(keepends=True):
        code = _COMMENT.sub("", line.rstrip("\r\n"))
        if code.strip():
            yield start, code
        start += len(line)
