"""The nine kinds of pieces that a text is taken apart into; each vocabulary has a weight for each."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
# CJK symbols, full-width forms that are neither digit nor letter, and the quotes, dashes and dots used with them
_HAN_PUNCTUATION = re.compile(
    r"[\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffef"
    r"\u2018\u2019\u201c\u201d\u2026\u2014\u00b7]"
)
_WORD = re.compile(r"[A-Za-z]+")
_LONG_WORD = re.compile(r"[A-Za-z]{6}([A-Za-z]+)")
_DIGITS = re.compile(r"[0-9]+")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]+")
_SPACES = re.compile(r" {2,}|\t+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def features(text: str) -> tuple[int, int, int, int, int, int, int, int, int]:
    """How many there are in `text` of: Han characters, Chinese punctuation marks, Latin words, letters beyond the sixth
    of a word, ASCII digits, ASCII punctuation marks, newlines, runs of spaces, and other characters beyond ASCII.

    Any string will do, lone surrogates included; nothing in it is kept.
    """
    han = _letters(_HAN, text)
    marks = len(_HAN_PUNCTUATION.findall(text))
    return (
        han,
        marks,
        len(_WORD.findall(text)),
        _letters(_LONG_WORD, text),
        _letters(_DIGITS, text),
        _letters(_PUNCTUATION, text),
        text.count("\n"),
        len(_SPACES.findall(text)),
        _letters(_BEYOND_ASCII, text) - han - marks,
    )


def _letters(pattern: re.Pattern[str], text: str) -> int:
    """The characters in all matches (in their first group, if there is one)."""
    return sum(map(len, pattern.findall(text)))
