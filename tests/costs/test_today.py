from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.costs.terms import Terms
from migrate_cli.costs.today import known_model, openai_line, status_at
from tests.costs.facts import openai_model

CATALOGUE = open_catalogue()
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [
        (date(2026, 10, 22), "ending", "shuts down on 2026-10-23, 1 day from now"),
        (date(2026, 10, 23), "gone", "no longer answers since 2026-10-23"),
        (date(2026, 10, 1), "ending", "shuts down on 2026-10-23, 22 days from now"),
    ],
)
def test_status_reads_the_reports_date(day: date, state: str, words: str) -> None:
    assert status_at(openai_model(status="retired", shutdown="2026-10-23"), day) == (state, words)


def test_no_date_is_no_shutdown() -> None:
    assert status_at(openai_model(), TODAY) == ("active", "answers; no shutdown date found")


def test_a_vague_date_is_quoted_as_it_is() -> None:
    model = openai_model(status="retired", shutdown="2024-06-13 or later")
    assert status_at(model, TODAY) == ("gone", "no longer answers since 2024-06-13 or later")


def test_a_retired_model_without_a_date_is_gone() -> None:
    assert status_at(openai_model(status="retired"), TODAY)[0] == "gone"


def test_the_replacement_comes_with_its_date_and_price() -> None:
    line = openai_line("gpt-4o", 3, CATALOGUE, Terms(as_of=TODAY))
    assert line.advice is not None
    assert (line.advice.model, line.advice.as_of) == ("gpt-6-luna", "2026-10-28")
    assert [bill.low for bill in line.staying if bill] == [Decimal("2.59"), Decimal("25.9"), 259]


def test_a_model_that_stays_needs_no_replacement() -> None:
    line = openai_line("gpt-5.2", 1, CATALOGUE, Terms(as_of=TODAY))
    assert line.advice is None
    assert line.staying == line.costs


def test_without_advice_staying_has_no_price() -> None:
    line = openai_line("gpt-4.1-nano", 1, CATALOGUE, Terms(as_of=TODAY))
    assert line.advice is None
    assert line.staying == (None, None, None)


def test_a_replacement_that_is_not_in_the_catalogue_is_not_priced() -> None:
    line = openai_line("gpt-image-1.5", 1, CATALOGUE, Terms(as_of=TODAY))
    assert line.advice is not None
    assert line.advice.unpriced == "unknown to the catalogue"


def test_an_unknown_model_gets_no_figures() -> None:
    line = openai_line("gpt-99-ultra", 2, CATALOGUE, Terms(as_of=TODAY))
    assert (line.state, line.status, line.price) == ("unknown", "unknown to the catalogue", None)
    assert line.costs == line.staying == (None, None, None)


@pytest.mark.parametrize("name", ["whisper-1", "tts-1", "dall-e-3", "gpt-realtime", "gpt-4o-audio-preview"])
def test_what_tokens_do_not_price_is_not_priced(name: str) -> None:
    line = openai_line(name, 1, CATALOGUE, Terms(as_of=TODAY))
    assert line.costs == (None, None, None)
    assert line.unpriced is not None and "not billed by text tokens alone" in line.unpriced


def test_a_fine_tuned_model_has_its_own_price() -> None:
    model = known_model("ft:gpt-4o-2024-08-06:acme::abc123", CATALOGUE)
    assert model is not None and model.id == "ft:gpt-4o-2024-08-06"


def test_an_old_price_is_marked() -> None:
    assert openai_line("gpt-4-32k", 1, CATALOGUE, Terms(as_of=TODAY)).stale
    assert not openai_line("gpt-4o", 1, CATALOGUE, Terms(as_of=TODAY)).stale
