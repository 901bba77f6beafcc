"""The web addresses within a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A comma, full stop or bracket at the end belongs to the sentence.
_ADDRESS = re.compile(r"(https?://[^\s<>\"'`\\^{|}]*[^\s<>\"'`\\^{|}.,;:!?()\[\]])")


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of `text` in order, each with whether it is an address; only http and https count."""
    for index, piece in enumerate(_ADDRESS.split(text)):
        if piece:
            yield piece, index % 2 == 1
