from __future__ import annotations

from decimal import Decimal

import pytest

from migrate_cli.costs.volume import Volume

ONE, HALF, NONE = Decimal(1), Decimal("0.5"), Decimal(0)


def test_volumes_add_up() -> None:
    assert Volume(1, 10, 4, 3, 2, 1) + Volume(2, 20, 0, 5) == Volume(3, 30, 4, 8, 2, 1)


def test_the_same_tokenizer_changes_no_count() -> None:
    moved = Volume(2, 10, 0, 7).moved(input_factor=ONE, output_factor=ONE, cached=NONE)
    assert moved == Volume(2, 10, 0, 7)


def test_a_cache_does_not_move_along() -> None:
    assert Volume(2, 10, 6, 7, 2).moved(input_factor=ONE, output_factor=ONE, cached=NONE) == Volume(
        2, 10, 0, 7
    )


def test_tokens_are_whole_and_half_goes_up() -> None:
    assert Volume(1, 5, 0, 3).moved(input_factor=HALF, output_factor=HALF, cached=NONE) == Volume(1, 3, 0, 2)


def test_a_share_is_read_from_the_new_cache() -> None:
    assert Volume(1, 10, 0, 3).moved(input_factor=ONE, output_factor=ONE, cached=HALF).cached == 5


def test_more_cached_than_input_is_refused() -> None:
    with pytest.raises(ValueError, match="more cached than input"):
        Volume(1, 10, 6, 0, 5)
