from __future__ import annotations

from datetime import date

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.costs.retired import named_models, retired_models
from migrate_cli.model import Origin, Site, SiteKind
from tests.report import samples

CATALOGUE = open_catalogue()
LATER = date(2030, 1, 1)


def call(model: str, **changes: object) -> Site:
    return samples.modelled(samples.value(literal=model), **changes)


def found(model: str, day: date = LATER) -> list[tuple[str, str]]:
    rows = retired_models([call(model)], CATALOGUE, day)
    return [(row.model, row.state) for row in rows]


@pytest.mark.parametrize("model", ["gpt-4-0613", "ft:gpt-4-0613:org::id"])
def test_a_retired_model_is_known_by_any_of_its_names(model: str) -> None:
    assert found(model) == [(model, "gone")]


@pytest.mark.parametrize("model", ["openai/gpt-4-0613", "openai:gpt-4-0613"])
def test_a_framework_s_word_for_openai_is_no_part_of_the_name(model: str) -> None:
    assert found(model) == [("gpt-4-0613", "gone")]


def test_another_provider_s_model_of_that_name_is_not_openai_s() -> None:
    assert found("groq/gpt-4-0613") == []


def test_the_day_decides() -> None:
    shutdown = date.fromisoformat(CATALOGUE.openai_models()["gpt-4-0613"].shutdown or "")
    assert found("gpt-4-0613", shutdown) == [("gpt-4-0613", "gone")]
    assert found("gpt-4-0613", date(2026, 1, 1)) == [("gpt-4-0613", "ending")]


def test_the_replacement_is_the_one_of_the_catalogue() -> None:
    [row] = retired_models([call("gpt-4-0613")], CATALOGUE, LATER)
    assert row.replacement == CATALOGUE.openai_models()["gpt-4-0613"].replacement


@pytest.mark.parametrize("model", ["gpt-5.6-sol", "my-own-model", "", "claude-3-opus"])
def test_a_model_that_answers_or_is_not_known_is_left_out(model: str) -> None:
    assert found(model) == []


def test_all_sites_of_a_model_are_counted() -> None:
    sites = [call("gpt-4-0613", line=3), call("gpt-4-0613", line=4)]
    [row] = retired_models(sites, CATALOGUE, LATER)
    assert row.sites == tuple(sites)


def test_the_default_of_a_variable_counts() -> None:
    value = samples.value(Origin.ENVIRONMENT, literal="gpt-4-0613", variable="MODEL")
    assert named_models(samples.modelled(value)) == ("gpt-4-0613",)


def test_only_what_sends_a_request_or_configures_one_counts() -> None:
    assert named_models(call("gpt-4-0613", kind=SiteKind.TYPE)) == ()


def variable(name: str, form: str | None) -> Site:
    given = samples.argument("value", samples.value(Origin.FILE, literal="gpt-4-0613"))
    return samples.site(3, kind=SiteKind.ENVIRONMENT, variable=name, form=form, arguments=(given,))


def test_a_variable_that_a_file_gives_a_model_counts() -> None:
    assert named_models(variable("OPENAI_MODEL", "dotenv")) == ("gpt-4-0613",)


def test_another_variable_and_a_read_in_code_name_no_model_of_their_own() -> None:
    assert named_models(variable("OPENAI_API_KEY", "dotenv")) == ()
    assert named_models(variable("OPENAI_MODEL", None)) == ()
