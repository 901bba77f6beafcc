from __future__ import annotations

import pytest

from migrate_cli.costs.scenario import Origin, assumed, given, measured
from migrate_cli.costs.volume import Cell, Volume
from migrate_cli.costs.workload import CHAT_PROFILES, Workload

SEEN = Workload("measured", ((Cell(), Volume(3, 30, 0, 3)),))


def test_the_assumed_volumes_are_the_profiles() -> None:
    assert [scenario.workload("gpt-4o", "chat") for scenario in assumed()] == list(CHAT_PROFILES)


def test_embeddings_get_no_output() -> None:
    workload = given(10, 100, 20).workload("text-embedding-3-small", "embedding")
    assert workload is not None and workload.volume == Volume(10, 1_000, 0, 0)


def test_your_numbers_are_for_every_model() -> None:
    workload = given(10, 100, 20, 50).workload("gpt-4o", "chat")
    assert workload is not None and workload.volume == Volume(10, 1_000, 500, 200)


def test_a_counted_model_keeps_its_own_traffic() -> None:
    assert measured({"gpt-4o": SEEN}).workload("gpt-4o", "chat") == SEEN


def test_a_model_that_was_not_asked_for_costs_nothing() -> None:
    workload = measured({"gpt-4o": SEEN}).workload("o3", "chat")
    assert workload is not None and workload.volume == Volume()


@pytest.mark.parametrize("scenario", [*assumed(), given(1, 1, 1), measured({})])
def test_tokens_say_nothing_about_pictures(scenario: object) -> None:
    assert scenario.workload("dall-e-3", "image") is None  # type: ignore[attr-defined]


def test_every_scenario_says_where_it_comes_from() -> None:
    found = {scenario.origin for scenario in (*assumed(), given(1, 1, 1), measured({}))}
    assert found == set(Origin)


def test_an_impossible_month_is_refused() -> None:
    with pytest.raises(ValueError, match="more cached than input"):
        given(1, 10, 1, 11)
