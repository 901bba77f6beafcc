"""The token counts of one call, as the many spellings of OpenAI's `usage` object give them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from migrate_cli.costs.usage.fields import count, counted, first, mapping

_INPUT = ("prompt_tokens", "input_tokens", "promptTokens", "inputTokens")
_OUTPUT = ("completion_tokens", "output_tokens", "completionTokens", "outputTokens")
_TOTAL = ("total_tokens", "totalTokens")
_INPUT_DETAILS = (
    "prompt_tokens_details",
    "input_tokens_details",
    "prompt_token_details",
    "input_token_details",
)
_OUTPUT_DETAILS = (
    "completion_tokens_details",
    "output_tokens_details",
    "completion_token_details",
    "output_token_details",
)
_CACHED = ("cached_tokens", "cache_read", "cache_read_tokens")
_WRITTEN = ("cache_write_tokens", "cache_creation", "cache_creation_tokens")
_REASONING = ("reasoning_tokens", "reasoning")
_AUDIO = ("audio_tokens", "audio")


class CachedApart(Exception):
    """More cached than input tokens: this source counts them apart, and the user has to say so."""


class Tokens(NamedTuple):
    """Counts as written by the source; `total` is None where it gives none, `audio` is of input and output.

    `whole`: this source's input is known to include the cached tokens, whatever the user says of others.
    """

    input: int = 0
    output: int = 0
    cached: int = 0
    cache_write: int = 0
    reasoning: int = 0
    audio: int = 0
    total: int | None = None
    whole: bool = False

    @property
    def all(self) -> int:
        """All tokens, as far as the counts tell."""
        return max(self.input + self.output, self.total or 0)

    def with_cached_inside(self, *, excluded: bool) -> Tokens:
        """The same with the cached tokens as a part of the input.

        They are added when the total proves that they are not in it, or when the user says so (`excluded`).
        Raises CachedApart when there are more of them than input and nobody said so.
        """
        apart = self.cached + self.cache_write
        if not apart or self.whole:
            return self
        if excluded or self.total == self.input + self.output + apart:
            return self._replace(input=self.input + apart)
        if apart > self.input:
            raise CachedApart
        return self


def openai_tokens(usage: Mapping[str, Any]) -> Tokens | None:
    """The counts of a `usage` object, as chat completions, responses, embeddings and LangSmith write it.

    None when there is no count in it. Raises Odd.
    """
    written, answered, total = first(usage, *_INPUT), first(usage, *_OUTPUT), first(usage, *_TOTAL)
    if written is None and answered is None and total is None:
        return None
    into = mapping(first(usage, *_INPUT_DETAILS))
    out = mapping(first(usage, *_OUTPUT_DETAILS))
    return Tokens(
        input=count(written),
        output=count(answered),
        cached=counted(into, *_CACHED),
        cache_write=counted(into, *_WRITTEN),
        reasoning=counted(out, *_REASONING),
        audio=counted(into, *_AUDIO) + counted(out, *_AUDIO),
        total=None if total is None else count(total),
    )
