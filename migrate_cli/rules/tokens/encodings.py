"""Which of tiktoken's encodings OpenAI's models have."""

from __future__ import annotations

import re

USUAL = "o200k_base"
# As tiktoken 0.14.0 tells, the first that fits.
_ENCODINGS = (
    (re.compile(r"(gpt-4o|gpt-4\.[15]|gpt-5|chatgpt-4o|o[134](-|$))"), USUAL),
    (
        re.compile(r"(gpt-4|gpt-3\.5|gpt-35|text-embedding-(ada-002|3-)|davinci-002|babbage-002)"),
        "cl100k_base",
    ),
    (re.compile(r"(text-davinci-00[23]|code-|davinci-codex|cushman-codex)"), "p50k_base"),
    (re.compile(r"(text-(davinci|curie|babbage|ada)-001|(davinci|curie|babbage|ada)$)"), "r50k_base"),
)


def encoding_of(model: str) -> str | None:
    """The encoding of a model, None when it is none of OpenAI's."""
    return next((name for pattern, name in _ENCODINGS if pattern.match(model)), None)
