"""Facts that do not hold what their types say are named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.catalogue.typed import wrong
from migrate_cli.catalogue.types import Embedding, Restriction, Tier

CATALOGUE = open_catalogue()
FREE = Tier(0, Decimal(0), None, None)


@pytest.mark.parametrize("name", CATALOGUE.provider_ids())
def test_every_provider_of_ours_is_sound(name: str) -> None:
    assert list(wrong(CATALOGUE.provider(name), name)) == []


def test_the_other_facts_of_ours_are_sound() -> None:
    facts = (*CATALOGUE.openai_models().values(), *CATALOGUE.offers(), CATALOGUE.rate())
    assert [problem for fact in facts for problem in wrong(fact, "it")] == []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (replace(FREE, input="four"), "it.input must not be 'four'"),
        (replace(FREE, input=0.1), "it.input must not be 0.1"),
        (replace(FREE, output=Decimal("Infinity")), "it.output must not be Decimal('Infinity')"),
        (replace(FREE, output=Decimal(-1)), "it.output must not be below 0"),
        (replace(FREE, above_input_tokens=True), "it.above_input_tokens must not be True"),
        (replace(FREE, above_input_tokens=None), "it.above_input_tokens must not be None"),
        (Embedding((1, "2"), None, None), "it.dimensions must not be (1, '2')"),
        (Embedding([1], None, None), "it.dimensions must not be [1]"),
    ],
)
def test_what_does_not_fit_is_named(value: Any, problem: str) -> None:
    assert list(wrong(value, "it")) == [problem]


@pytest.mark.parametrize("value", [FREE, Restriction(min=Decimal(-2)), Embedding(None, None, None)])
def test_what_fits_is_left_alone(value: Any) -> None:
    assert list(wrong(value, "it")) == []


def test_what_is_wrong_far_below_has_its_place() -> None:
    glm = CATALOGUE.provider("glm")
    bad = replace(glm, sites=(glm.sites[0], replace(glm.sites[1], base_url=7)))  # type: ignore[arg-type]
    assert list(wrong(bad, "glm")) == ["glm.sites[1].base_url must not be 7"]
