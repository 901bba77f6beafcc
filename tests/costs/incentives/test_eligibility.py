from __future__ import annotations

import pytest

from migrate_cli.costs.incentives.eligibility import answers, questions
from migrate_cli.model import UserError
from tests.costs.incentives.made import COMPANY, NEW, offer

OFFERS = (offer(needs=(NEW,)), offer(needs=(NEW, COMPANY)))


def test_each_question_is_asked_once() -> None:
    assert questions(OFFERS) == {"new_account": "Is it new?", "enterprise": "Is it a company?"}


def test_answers_in_any_writing() -> None:
    assert answers(["New-Account"], [" enterprise "], OFFERS) == {"new_account": True, "enterprise": False}


def test_what_is_not_answered_stays_out() -> None:
    assert answers(["new_account"], [], OFFERS) == {"new_account": True}
    assert answers([], [], OFFERS) == {}


def test_a_wrong_word_gets_the_nearest_and_its_question() -> None:
    with pytest.raises(
        UserError,
        match=r"--eligible: no offer asks for 'new_acount'; did you mean new_account\? It asks: Is it new",
    ):
        answers(["new_acount"], [], OFFERS)


def test_a_strange_word_gets_the_list() -> None:
    with pytest.raises(UserError, match=r"--not-eligible: .*'xyz'; known are new_account, enterprise"):
        answers([], ["xyz"], OFFERS)


def test_without_conditions_there_is_nothing_to_answer() -> None:
    with pytest.raises(UserError, match="known are none"):
        answers(["new_account"], [], [offer()])


def test_yes_and_no_at_once_is_refused() -> None:
    with pytest.raises(UserError, match="enterprise is given with --eligible and with --not-eligible"):
        answers(["enterprise"], ["enterprise"], OFFERS)
