"""Text mixes as people type them, and what re-scaling does with them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate_cli.costs.tokens.mix import Rescaled, parse_mix, rescale
from migrate_cli.model import UserError
from tests.costs.tokens.table import ERNIE, GPT_4O, QWEN, TABLE


def test_a_mix_is_read() -> None:
    assert parse_mix("zh=0.8, en=.2", TABLE.kinds) == {"zh": Decimal("0.8"), "en": Decimal("0.2")}


def test_three_thirds_are_written_out() -> None:
    assert sum(parse_mix("zh=0.33,en=0.33,code=0.34", TABLE.kinds).values()) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "wants KIND=SHARE"),
        ("zh", "wants KIND=SHARE"),
        ("zh=0.8", "add up to 1 and make 0.8"),
        ("zh=0.8,en=0.3", "add up to 1 and make 1.1"),
        ("klingon=1", "no kind of text 'klingon'; there are en, "),
        ("zh=0.5,zh=0.5", "names zh twice"),
        ("zh=-1,en=2", "share of zh must be above 0"),
        ("zh=0,en=1", "share of zh must be above 0"),
        ("zh=much,en=1", "share of zh must be above 0"),
        ("zh=NaN", "share of zh must be above 0"),
        ("zh=1e99999", "at most 1"),
        ("zh=80%,en=20%", "share of zh must be above 0"),
    ],
)
def test_a_wrong_mix_is_refused(text: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        parse_mix(text, TABLE.kinds)


def test_chinese_shrinks_on_qwen_by_the_measured_ratio() -> None:
    mix = parse_mix("zh=0.8,en=0.2", TABLE.kinds)
    # 0.8 x 0.915 + 0.2 x 1.008
    assert rescale(1_000_000, mix, GPT_4O, QWEN, TABLE) == Rescaled(
        933_600, Decimal("0.9336"), Decimal("0.15")
    )


def test_the_old_vocabulary_shrinks_more() -> None:
    gpt_4 = TABLE.openai_vocabulary("gpt-4")
    assert gpt_4 is not None
    assert rescale(1000, {"zh-reviews": Decimal(1)}, gpt_4, QWEN, TABLE).tokens == 550  # 0.831 / 1.511


def test_the_same_vocabulary_changes_nothing() -> None:
    assert rescale(12345, {"zh": Decimal(1)}, GPT_4O, GPT_4O, TABLE) == Rescaled(
        12345, Decimal(1), Decimal(0)
    )


def test_an_unmeasured_target_has_the_wider_error() -> None:
    assert rescale(100, {"json": Decimal(1)}, GPT_4O, ERNIE, TABLE).error == Decimal("0.2")


@given(
    st.integers(0, 10**15), st.sampled_from(sorted(TABLE.kinds)), st.sampled_from(["GLM-4", "kimi-k2", "qwq"])
)
def test_no_tokens_stay_none_and_none_become_negative(tokens: int, kind: str, model: str) -> None:
    target = TABLE.vocabulary_of("local", model)
    scaled = rescale(tokens, {kind: Decimal(1)}, GPT_4O, target, TABLE)
    assert scaled.tokens >= 0
    assert (scaled.tokens == 0) == (tokens == 0)
