from __future__ import annotations

import pytest

from migrate_cli.costs.volume import Volume
from migrate_cli.costs.workload import CHAT_PROFILES, EMBEDDING_PROFILES, PROFILES, Workload, describe


def test_the_middle_profile_is_the_worked_example() -> None:
    mid = CHAT_PROFILES[1]
    assert mid.volume == Volume(100_000, 120_000_000, 40_000_000, 35_000_000)


def test_low_and_high_are_a_tenth_and_ten_times() -> None:
    assert [profile.volume.requests for profile in CHAT_PROFILES] == [10_000, 100_000, 1_000_000]
    assert {cell.least for profile in CHAT_PROFILES for cell, _ in profile.parts} == {1_200}


def test_embeddings_have_neither_output_nor_cache() -> None:
    assert {(profile.volume.output, profile.volume.cached) for profile in EMBEDDING_PROFILES} == {(0, 0)}


def test_every_label_says_that_it_is_assumed() -> None:
    assert all("assumed" in profile.label for profile in (*CHAT_PROFILES, *EMBEDDING_PROFILES))


def test_there_is_no_profile_for_what_tokens_do_not_price() -> None:
    assert not PROFILES.keys() & {"image", "speech", "transcription", "realtime", "video", "other"}


def test_description_names_volume_and_size() -> None:
    assert describe(CHAT_PROFILES[1]) == (
        "mid (assumed): 100,000 requests a month of 1,200 input (400 cached) and 350 output tokens"
    )


def test_an_empty_month_is_allowed() -> None:
    assert Workload("none", ()).volume == Volume()


@pytest.mark.parametrize("counts", [(-1, 0, 0, 0), (1, 1, 0, -1), (1, 10, 11, 0)])
def test_impossible_counts_are_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"below 0|more cached"):
        Volume(*counts)
