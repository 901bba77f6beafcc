"""What an error means: the SDK's classes by status, and the tables of the catalogue that the rules read."""

import pytest

from migrate_cli.catalogue.loader import open_catalogue
from migrate_cli.rules.errors.meanings import PHRASES, WORDS, Answer, catches, class_of, conditions

TOPICS = ("context_overflow", "quota", "rate_limit", "unknown_model", "wrong_key", "content_filter")


@pytest.mark.parametrize(
    ("status", "legacy", "name"),
    [
        (400, False, "BadRequestError"),
        (402, False, "APIStatusError"),
        (422, False, "UnprocessableEntityError"),
        (451, False, "APIStatusError"),
        (503, False, "InternalServerError"),
        (400, True, "InvalidRequestError"),
        (422, True, "APIError"),
    ],
)
def test_a_status_becomes_the_class_that_the_sdk_raises(status: int, legacy: bool, name: str) -> None:
    assert class_of(status, legacy=legacy) == name


@pytest.mark.parametrize(
    "classes", [("APIStatusError",), ("OpenAIError",), ("Exception",), ("KeyError", "APIError")]
)
def test_a_base_class_catches_it(classes: tuple[str, ...]) -> None:
    assert catches(classes, "RateLimitError", legacy=False)


@pytest.mark.parametrize("classes", [("BadRequestError",), ("APIConnectionError", "OSError"), ()])
def test_another_class_does_not(classes: tuple[str, ...]) -> None:
    assert not catches(classes, "RateLimitError", legacy=False)


def test_the_api_error_of_the_old_sdk_is_no_base_class() -> None:
    assert not catches(("APIError",), "RateLimitError", legacy=True)


def test_a_code_for_every_bad_request_is_no_test() -> None:
    generic = Answer("context_overflow", 400, (), (), (), True, None)
    assert conditions(generic, "e", legacy=False) == []


def test_types_are_not_asked_of_the_old_sdk() -> None:
    typed = Answer("quota", 429, (), ("no_money",), (), False, None)
    assert conditions(typed, "e", legacy=True) == []


def test_every_phrase_has_a_topic_with_words() -> None:
    assert set(PHRASES.values()) <= set(WORDS) == set(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_the_catalogue_says_of_each_topic_all_that_a_rule_asks(topic: str) -> None:
    catalogue = open_catalogue()
    known = [catalogue.behaviour(p, f"errors.{topic}") for p in catalogue.provider_ids()]
    told = [b.data for b in known if b is not None and b.holds]
    assert told
    assert all({"status", "codes", "types", "texts"} <= set(data) for data in told)
