"""The nine pieces of a text, and what the estimate makes of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate_cli.costs.tokens.estimate import ESTIMATE, Count, estimate
from migrate_cli.costs.tokens.features import features
from tests.costs.tokens.table import ERNIE, GPT_4O, TABLE

ANY_TEXT = st.text(st.characters(codec=None))  # lone surrogates too


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", (0, 0, 0, 0, 0, 0, 0, 0, 0)),
        ("好的", (2, 0, 0, 0, 0, 0, 0, 0, 0)),
        ("，。", (0, 2, 0, 0, 0, 0, 0, 0, 0)),
        ("ten words", (0, 0, 2, 0, 0, 0, 0, 0, 0)),
        ("wonderful", (0, 0, 1, 3, 0, 0, 0, 0, 0)),
        ("2026", (0, 0, 0, 0, 4, 0, 0, 0, 0)),
        ('{"}', (0, 0, 0, 0, 0, 3, 0, 0, 0)),
        ("\n\n", (0, 0, 0, 0, 0, 0, 2, 0, 0)),
        (" ", (0, 0, 0, 0, 0, 0, 0, 0, 0)),
        ("    ", (0, 0, 0, 0, 0, 0, 0, 1, 0)),
        ("éß", (0, 0, 0, 0, 0, 0, 0, 0, 2)),
        ("\ud800", (0, 0, 0, 0, 0, 0, 0, 0, 1)),
        ("好, a1", (1, 0, 1, 0, 1, 1, 0, 0, 0)),
    ],
)
def test_each_piece_is_counted_as_one_kind(text: str, pieces: tuple[int, ...]) -> None:
    assert features(text) == pieces


def test_no_text_is_no_token() -> None:
    assert estimate("", GPT_4O) == Count(0, Decimal("0.15"), ESTIMATE)


def test_an_unmeasured_vocabulary_says_so_by_its_error() -> None:
    assert estimate("hello", ERNIE).error == Decimal("0.2")


@given(ANY_TEXT, st.sampled_from(sorted(TABLE.vocabularies)))
def test_any_text_has_some_count_never_below_zero(text: str, vocabulary: str) -> None:
    fit = replace(GPT_4O, vocabulary=TABLE.vocabularies[vocabulary])
    assert estimate(text, fit).tokens >= 0
    assert min(features(text)) >= 0


@given(ANY_TEXT, ANY_TEXT)
def test_texts_on_lines_of_their_own_add_up(one: str, two: str) -> None:
    apart = estimate(one, GPT_4O).tokens + estimate(two, GPT_4O).tokens + estimate("\n", GPT_4O).tokens
    assert abs(estimate(f"{one}\n{two}", GPT_4O).tokens - apart) <= 2  # each figure is rounded


@given(ANY_TEXT)
def test_every_character_that_is_not_white_is_in_one_piece_at_most(text: str) -> None:
    han, marks, words, _, digits, punctuation, newlines, spaces, others = features(text)
    assert han + marks + words + digits + punctuation + newlines + spaces + others <= len(text)
